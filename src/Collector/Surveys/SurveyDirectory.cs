using System.Text.Json;
using Collector.Feedback;
using Collector.Storage;
using Dapper;
using Microsoft.Extensions.Caching.Memory;

namespace Collector.Surveys;

/// <summary>Finds surveys, with a small memory: what is shown may lag five seconds behind; a version itself never changes.</summary>
public sealed class SurveyDirectory(Database database, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { Clock = new SteadyClock(time), SizeLimit = 20_000 });

    /// <summary>The survey of this name: the version asked for, or else the one that is live.</summary>
    public async Task<Survey?> FindAsync(string site, string id, int? version, CancellationToken cancellation)
    {
        var cacheKey = (site, id, version);
        if (cache.TryGetValue(cacheKey, out Survey? survey))
        {
            return survey;
        }

        await using var connection = await database.ReadAsync(cancellation);
        var definition = await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
            """
            select definition from surveys
            where site = @site and id = @id and (version = @version or (cast(@version as integer) is null and live = 1))
            """,
            new { site, id, version },
            cancellationToken: cancellation));
        return definition is null
            ? null
            : cache.Set(
                cacheKey,
                JsonSerializer.Deserialize(definition, SurveysJson.Default.Survey)!,
                new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Remembered });
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();
}
