using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using Collector.Feedback;
using Collector.Storage;
using Dapper;
using Microsoft.Extensions.Caching.Memory;

namespace Collector.Insights;

/// <summary>What one settled period holds of a touchpoint and a scale.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TouchpointTotal(long Touchpoint, string Scale, long Shown, long Responses, long Efforts, long Sum, long Squares);

/// <summary>
/// The totals of all touchpoints of a site in its settled periods, remembered: a ranking adds up tens of thousands of them, and to have SQLite hand them over takes ten times as long.
/// They hardly ever change, and where they do, the number of changes tells.
/// </summary>
internal sealed class SettledTotals(TimeProvider time) : IDisposable
{
    // Totals: some 28 MB at most.
    private const int MostRemembered = 500_000;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { Clock = new SteadyClock(time), SizeLimit = MostRemembered });

    /// <summary>Reads those of the days of a selection that are settled, whatever else it asks for; and says which days are left.</summary>
    public async Task<(IReadOnlyList<TouchpointTotal[]> Totals, Selection? Open)> OfAsync(DbConnection connection, Selection selection, CancellationToken cancellation)
    {
        var last = Math.Min(selection.ToDay, selection.Settled - 1);
        var periods = Spans.Covering(selection.FromDay, last, selection.Settled).ToList();

        // Read before the totals: if they are altered in between, what is remembered as older is newer, and is read again the next time.
        var parameters = selection.Parameters;
        parameters.Add("Periods", $"[{string.Join(',', periods)}]");
        var changes = (await connection.QueryAsync<(long Period, long Changes)>(new CommandDefinition(
            $"select period, changes from altered_periods where site = @Site and period {selection.InNumbers("@Periods")}", parameters, cancellationToken: cancellation)))
            .ToDictionary(altered => altered.Period, altered => altered.Changes);
        var totals = new List<TouchpointTotal[]>();
        foreach (var period in periods)
        {
            var key = (selection.Site, period, changes.GetValueOrDefault(period));
            totals.Add(cache.Get<TouchpointTotal[]>(key) ?? Remember(key, await ReadAsync(connection, selection.Site, period, cancellation)));
        }

        return (totals, last == selection.ToDay ? null : selection.NotBefore(last + 1));
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    private TouchpointTotal[] Remember(object key, TouchpointTotal[] totals) =>
        cache.Set(key, totals, new MemoryCacheEntryOptions { Size = 10 + totals.Length, SlidingExpiration = Kept });

    private static async Task<TouchpointTotal[]> ReadAsync(DbConnection connection, string site, int period, CancellationToken cancellation)
    {
        var sql = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            select touchpoint, scale, shown, answered, efforts, effort_sum, effort_squares
            from totals
            where site = @site and period = @period and touchpoint > {Touchpoint.AllNumber}
            """);
        using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(sql, new { site, period }, cancellationToken: cancellation));
        var totals = new List<TouchpointTotal>();
        while (await rows.ReadAsync(cancellation))
        {
            // Of scales there are a few, of rows thousands.
            var scale = string.Intern(rows.GetString(1));
            totals.Add(new TouchpointTotal(rows.GetInt64(0), scale, rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetInt64(5), rows.GetInt64(6)));
        }

        return [.. totals];
    }
}
