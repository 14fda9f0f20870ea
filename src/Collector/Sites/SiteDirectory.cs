using System.Data.Common;
using System.Text.Json;
using Collector.Feedback;
using Collector.Storage;
using Dapper;
using Microsoft.Extensions.Caching.Memory;

namespace Collector.Sites;

/// <summary>Finds sites, with a small memory: what another process changed is known within five seconds, what this one changed at once.</summary>
public sealed class SiteDirectory(Database database, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { Clock = new SteadyClock(time), SizeLimit = 20_000 });

    /// <summary>The site with this public key.</summary>
    public Task<Site?> FindAsync(SiteKey key, CancellationToken cancellation) =>
        FindAsync(key, "select * from sites where site_key = @Name", key.Value, cancellation);

    /// <summary>The site with this id.</summary>
    public Task<Site?> FindAsync(string id, CancellationToken cancellation) =>
        FindAsync(id, "select * from sites where id = @Name", id, cancellation);

    /// <summary>Forgets a site that was changed.</summary>
    public void Forget(Site site)
    {
        cache.Remove(site.Id);
        cache.Remove(site.Key);
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    internal static async Task<IReadOnlyList<Site>> ListAsync(DbConnection connection, string after, int limit, CancellationToken cancellation)
    {
        var rows = await connection.QueryAsync<SiteRow>(new CommandDefinition(
            "select * from sites where id > @after order by id limit @limit", new { after, limit }, cancellationToken: cancellation));
        return [.. rows.Select(row => row.ToSite())];
    }

    internal static async Task<Site> ReadAsync(DbTransaction transaction, string id) =>
        (await transaction.Connection!.QuerySingleAsync<SiteRow>("select * from sites where id = @id", new { id }, transaction)).ToSite();

    private async Task<Site?> FindAsync(object cacheKey, string sql, string name, CancellationToken cancellation)
    {
        if (cache.TryGetValue(cacheKey, out Site? site))
        {
            return site;
        }

        await using var connection = await database.ReadAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<SiteRow>(new CommandDefinition(sql, new { Name = name }, cancellationToken: cancellation));

        // Names that nobody has are not remembered: they would push out those that somebody has.
        return row is null
            ? null
            : cache.Set(cacheKey, row.ToSite(), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Remembered });
    }

    private sealed record SiteRow
    {
        public required string Id { get; init; }
        public required string SiteKey { get; init; }
        public required string Name { get; init; }
        public required string TimeZone { get; init; }
        public required string AllowedOrigins { get; init; }
        public required string Languages { get; init; }
        public required int MinimumAnswers { get; init; }
        public required int RetentionDays { get; init; }
        public required int MaximumTouchpoints { get; init; }
        public required bool CollapseIdentifiers { get; init; }
        public required bool ScrubText { get; init; }
        public required long CreatedAt { get; init; }

        public Site ToSite()
        {
            var origins = JsonSerializer.Deserialize(AllowedOrigins, SitesJson.Default.StringArray)!;
            return new Site
            {
                Id = Id,
                Key = Feedback.SiteKey.Parse(SiteKey),
                Name = Name,
                TimeZone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone),
                AllowedOrigins = origins,
                AllowedHosts = origins.Select(origin => Page.TryParse(origin, out var page) ? page.Host : origin).ToHashSet(StringComparer.Ordinal),
                Languages = JsonSerializer.Deserialize(Languages, SitesJson.Default.StringArray)!,
                MinimumAnswers = MinimumAnswers,
                RetentionDays = RetentionDays,
                MaximumTouchpoints = MaximumTouchpoints,
                CollapseIdentifiers = CollapseIdentifiers,
                ScrubText = ScrubText,
                CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            };
        }
    }
}
