using System.Data.Common;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Dapper;
using Microsoft.Extensions.Caching.Memory;

namespace Collector.Insights;

/// <summary>A group with the numbers of its touchpoints.</summary>
internal sealed record GroupMembers(string Id, Journey? Journey, string? Stage, IReadOnlyList<long> Touchpoints);

/// <summary>
/// Which touchpoints belong to which groups of a site. Groups are read each time; what their patterns cover is remembered, since a touchpoint's number never changes
/// and is never taken back: only those that came since are looked at.
/// </summary>
internal sealed class Memberships(TimeProvider time) : IDisposable
{
    // Numbers: some 16 MB at most.
    private const int MostRemembered = 2_000_000;

    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    private static readonly Covered Nothing = new(0, []);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { Clock = new SteadyClock(time), SizeLimit = MostRemembered });

    /// <summary>The groups of a site that are asked for, by id.</summary>
    public async Task<IReadOnlyList<GroupMembers>> OfAsync(DbConnection connection, string site, Func<GroupRow, bool> areWanted, CancellationToken cancellation)
    {
        var groups = (await GroupRows.ReadAsync(connection, site, transaction: null, cancellation)).Where(areWanted).ToList();
        var known = groups.ConvertAll(group => cache.Get<Covered>((site, group.Patterns)) ?? Nothing);
        if (groups.Count == 0)
        {
            return [];
        }

        // Number 0, {other}, belongs to none.
        var touchpoints = (await connection.QueryAsync<(long Number, string Name)>(new CommandDefinition(
            "select number, name from touchpoints where site = @site and number > @Highest order by number",
            new { site, Highest = known.Min(covered => covered.Highest) },
            cancellationToken: cancellation))).AsList();
        return [.. groups.Zip(known, (group, covered) => new GroupMembers(group.Id, group.ToJourney(), group.Stage, Follow(site, group, covered, touchpoints).Touchpoints))];
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    private Covered Follow(string site, GroupRow row, Covered covered, List<(long Number, string Name)> touchpoints)
    {
        if (touchpoints.Count == 0 || touchpoints[^1].Number <= covered.Highest)
        {
            return covered;
        }

        var group = row.ToGroup();
        var added = touchpoints.Where(touchpoint => touchpoint.Number > covered.Highest && Touchpoint.TryParse(touchpoint.Name, out var named) && group.Holds(named));
        var after = new Covered(touchpoints[^1].Number, [.. covered.Touchpoints, .. added.Select(touchpoint => touchpoint.Number)]);
        return cache.Set((site, row.Patterns), after, new MemoryCacheEntryOptions { Size = 10 + after.Touchpoints.Count, SlidingExpiration = Kept });
    }

    /// <summary>The touchpoints that are covered, of all up to the highest number.</summary>
    private sealed record Covered(long Highest, IReadOnlyList<long> Touchpoints);
}
