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

    /// <summary>
    /// The survey of this name: the version asked for, or else the latest. A draft is not found, for nobody was asked yet; one that is
    /// paused or retired is, for answers may still be on their way.
    /// </summary>
    public Task<Survey?> FindAsync(string site, string id, int? version, CancellationToken cancellation) => FindAsync(
        (site, id, version),
        """
        select survey_versions.definition
        from surveys join survey_versions on survey_versions.site = surveys.site and survey_versions.id = surveys.id
        where surveys.site = @site and surveys.id = @id and surveys.state <> 'draft'
          and survey_versions.version = coalesce(cast(@version as integer), surveys.version)
        """,
        new { site, id, version },
        cancellation);

    /// <summary>The survey of this name as it is asked now; null unless it is live.</summary>
    public Task<Survey?> FindLiveAsync(string site, string id, CancellationToken cancellation) => FindAsync(
        (site, id),
        """
        select survey_versions.definition
        from surveys join survey_versions
          on survey_versions.site = surveys.site and survey_versions.id = surveys.id and survey_versions.version = surveys.version
        where surveys.site = @site and surveys.id = @id and surveys.state = 'live'
        """,
        new { site, id },
        cancellation);

    /// <summary>Forgets a survey that was changed.</summary>
    public void Forget(string site, string id, int? version)
    {
        cache.Remove((site, id));
        cache.Remove((site, id, (int?)null));
        cache.Remove((site, id, version));
    }

    /// <summary>Forgets all: some survey was changed by another process.</summary>
    public void ForgetAll() => cache.Clear();

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    private async Task<Survey?> FindAsync(object cacheKey, string sql, object parameters, CancellationToken cancellation)
    {
        if (cache.TryGetValue(cacheKey, out Survey? survey))
        {
            return survey;
        }

        await using var connection = await database.LookUpAsync(cancellation);
        var definition = await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(sql, parameters, cancellationToken: cancellation));
        return definition is null
            ? null
            : cache.Set(
                cacheKey,
                SurveyWrites.Read(definition),
                new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Remembered });
    }
}
