using System.Data.Common;
using System.Text.Json;
using System.Threading.Channels;
using Collector.Feedback;
using Collector.Storage;
using Dapper;
using Microsoft.Extensions.Caching.Memory;

namespace Collector.Sites;

/// <summary>Finds sites, with a small memory: what this process changed is known at once, and what another did when that tells, or else after five seconds.</summary>
public sealed class SiteDirectory(Database database, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { Clock = new SteadyClock(time), SizeLimit = 20_000 });

    private readonly Channel<bool> changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

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
        changed.Writer.TryWrite(true);
    }

    /// <summary>Forgets all: some site was changed by another process.</summary>
    public void ForgetAll()
    {
        cache.Clear();
        changed.Writer.TryWrite(true);
    }

    /// <summary>Waits until some site is changed, or the time is over. For one who waits alone.</summary>
    public async Task WaitForChangeAsync(TimeSpan longest, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        over.CancelAfter(longest);
        try
        {
            await changed.Reader.ReadAsync(over.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The time is over.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    internal static async Task<IReadOnlyList<Site>> ListAsync(DbConnection connection, string after, int limit, CancellationToken cancellation)
    {
        var rows = (await connection.QueryAsync<SiteRow>(new CommandDefinition(
            "select * from sites where id > @after order by id limit @limit", new { after, limit }, cancellationToken: cancellation))).ToList();
        if (rows.Count == 0)
        {
            return [];
        }

        var rules = await TouchpointRuleRows.ReadAsync(connection, rows[0].Id, rows[^1].Id, cancellation);
        return [.. rows.Select(row => row.ToSite(rules[row.Id]))];
    }

    internal static async Task<Site?> ReadAsync(DbTransaction transaction, string id, CancellationToken cancellation) =>
        await ReadAsync(transaction.Connection!, "select * from sites where id = @Name", id, transaction, cancellation);

    private async Task<Site?> FindAsync(object cacheKey, string sql, string name, CancellationToken cancellation)
    {
        if (cache.TryGetValue(cacheKey, out Site? site))
        {
            return site;
        }

        await using var connection = await database.LookUpAsync(cancellation);
        site = await ReadAsync(connection, sql, name, transaction: null, cancellation);

        // Names that nobody has are not remembered: they would push out those that somebody has.
        return site is null
            ? null
            : cache.Set(cacheKey, site, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Remembered });
    }

    // The version before the rules: should they change in between, what is placed by them counts as placed by older ones, and is placed again.
    private static async Task<Site?> ReadAsync(DbConnection connection, string sql, string name, DbTransaction? transaction, CancellationToken cancellation)
    {
        var row = await connection.QuerySingleOrDefaultAsync<SiteRow>(new CommandDefinition(sql, new { Name = name }, transaction, cancellationToken: cancellation));
        return row?.ToSite(await TouchpointRuleRows.ReadAsync(connection, row.Id, transaction, cancellation));
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
        public required bool Informal { get; init; }
        public required int QuietDays { get; init; }
        public required bool RespectPrivacySignals { get; init; }
        public required string Appearance { get; init; }
        public required long CreatedAt { get; init; }
        public required int RulesVersion { get; init; }
        public required string ReportsTo { get; init; }

        public Site ToSite(IEnumerable<TouchpointRuleRow> rules)
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
                Informal = Informal,
                QuietDays = QuietDays,
                RespectPrivacySignals = RespectPrivacySignals,
                Appearance = JsonSerializer.Deserialize(Appearance, SitesJson.Default.Appearance)!,
                CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
                TouchpointRules = [.. rules.Select(rule => rule.ToRule())],
                RulesVersion = RulesVersion,
                ReportsTo = ReportsTo.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            };
        }
    }
}
