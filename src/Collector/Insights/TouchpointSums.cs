using System.Data.Common;
using System.Runtime.InteropServices;
using Collector.Feedback;
using Collector.Statistics;
using Dapper;

namespace Collector.Insights;

/// <summary>What a ranking needs of a touchpoint.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Shown">How often a survey was shown.</param>
/// <param name="Responses">How many of these got at least one answer.</param>
/// <param name="Index">The effort scores as indexes, 0 (hardest) to 100 (easiest), added up.</param>
internal sealed record TouchpointSums(long Number, long Shown, long Responses, GroupSums Index)
{
    /// <summary>
    /// Reads those of all touchpoints of a selection. There are some ten rows for each, which are added up here: they come in the order of their periods, and SQLite would
    /// sort them all first, which takes it several times as long as to read them.
    /// </summary>
    /// <param name="withScores">Only of those that have effort scores, and of these nothing but the responses that have one: half as many rows.</param>
    public static async Task<IReadOnlyList<TouchpointSums>> ReadAsync(
        DbConnection connection, SettledTotals settled, Selection selection, bool withScores, CancellationToken cancellation)
    {
        var sums = new Dictionary<string, Sums?[]>(StringComparer.Ordinal);
        if (!selection.IsOfAllTouchpoints)
        {
            await AddAsync(sums, connection, selection, withScores, cancellation);
        }
        else
        {
            var (periods, open) = await settled.OfAsync(connection, selection, cancellation);
            foreach (var period in periods)
            {
                foreach (ref readonly var total in period.AsSpan())
                {
                    if (!withScores || total.Scale.Length > 0)
                    {
                        Of(sums, total.Touchpoint, total.Scale).Add(total.Shown, total.Responses, total.Efforts, total.Sum, total.Squares);
                    }
                }
            }

            if (open is not null)
            {
                await AddAsync(sums, connection, open, withScores, cancellation);
            }
        }

        var touchpoints = new List<TouchpointSums>();
        var end = sums.Values.Select(numbers => numbers.Length).DefaultIfEmpty().Max();
        for (var number = 0; number < end; number++)
        {
            var touchpoint = new TouchpointSums(number, 0, 0, default);
            var isThere = false;
            foreach (var (scale, numbers) in sums)
            {
                if (number < numbers.Length && numbers[number] is { } added)
                {
                    (touchpoint, isThere) = (touchpoint.And(scale, added), true);
                }
            }

            if (isThere)
            {
                touchpoints.Add(touchpoint);
            }
        }

        return touchpoints;
    }

    private static async Task AddAsync(
        Dictionary<string, Sums?[]> sums, DbConnection connection, Selection selection, bool withScores, CancellationToken cancellation)
    {
        var source = CellSource.Of(selection, Detail.Touchpoint);
        var sql =
            $"""
            select cells.touchpoint, cells.scale, cells.shown, cells.answered, cells.efforts, cells.effort_sum, cells.effort_squares
            from {source.Table}
            where {source.Where} {(withScores ? "and cells.scale <> ''" : "")}
            """;
        using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(sql, source.Parameters, cancellationToken: cancellation));
        while (await rows.ReadAsync(cancellation))
        {
            Of(sums, rows.GetInt64(0), rows.GetString(1)).Add(rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetInt64(5), rows.GetInt64(6));
        }
    }

    // Those of a scale lie in the order of touchpoints, whose numbers leave no gap: what is added up by the tens of thousands is found without a search.
    private static Sums Of(Dictionary<string, Sums?[]> sums, long touchpoint, string scale)
    {
        ref var numbers = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, scale, out _);
        if (numbers is null || numbers.Length <= touchpoint)
        {
            Array.Resize(ref numbers, (int)touchpoint + 1_000);
        }

        return numbers[touchpoint] ??= new Sums();
    }

    private TouchpointSums And(string scale, Sums added)
    {
        var index = added.Efforts == 0 ? default : added.AsIndexes(Scale.Parse(scale));
        return new TouchpointSums(
            Number,
            Shown + added.Shown,
            Responses + added.Responses,
            new GroupSums(Index.Answers + index.Answers, Index.Sum + index.Sum, Index.SumOfSquares + index.SumOfSquares));
    }

    /// <summary>The rows of one touchpoint and scale, added up: in whole numbers, so that equal touchpoints come out equal.</summary>
    private sealed class Sums
    {
        private long sum, squares;

        public long Shown { get; private set; }

        public long Responses { get; private set; }

        public long Efforts { get; private set; }

        public void Add(long shown, long responses, long efforts, long addedSum, long addedSquares) =>
            (Shown, Responses, Efforts, sum, squares) = (Shown + shown, Responses + responses, Efforts + efforts, sum + addedSum, squares + addedSquares);

        // An index is the distance from the hard end of the scale, in hundredths of its length.
        public GroupSums AsIndexes(Scale scale)
        {
            var (hard, unit) = (scale.Easy == EasyEnd.High ? scale.Min : scale.Max, 100.0 / (scale.Max - scale.Min));
            return new GroupSums(Efforts, Math.Abs(sum - (hard * Efforts)) * unit, (squares - (2 * hard * sum) + (hard * hard * Efforts)) * unit * unit);
        }
    }
}
