using System.Data.Common;
using Collector.Feedback;
using Collector.Statistics;
using Dapper;

namespace Collector.Insights;

/// <summary>What a ranking needs of a touchpoint.</summary>
/// <param name="Number">Its number.</param>
internal sealed record TouchpointSums(long Number)
{
    /// <summary>How often a survey was shown.</summary>
    public long Shown { get; private set; }

    /// <summary>How many of these got at least one answer.</summary>
    public long Responses { get; private set; }

    /// <summary>The effort scores as indexes, 0 (hardest) to 100 (easiest), added up.</summary>
    public GroupSums Index { get; private set; }

    /// <summary>Reads those of all touchpoints of a selection.</summary>
    public static async Task<IReadOnlyList<TouchpointSums>> ReadAsync(DbConnection connection, Selection selection, CancellationToken cancellation)
    {
        var source = CellSource.Of(selection, Detail.Touchpoint);
        var sql =
            $"""
            select cells.touchpoint, cells.scale, cast(sum(cells.shown) as bigint) as shown, cast(sum(cells.answered) as bigint) as answered,
              cast(sum(cells.efforts) as bigint) as efforts, cast(sum(cells.effort_sum) as bigint) as effort_sum, cast(sum(cells.effort_squares) as bigint) as effort_squares
            from {source.Table}
            where {source.Where}
            group by cells.touchpoint, cells.scale
            """;
        await using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(sql, source.Parameters, cancellationToken: cancellation));
        var touchpoints = new List<TouchpointSums>();
        while (await rows.ReadAsync(cancellation))
        {
            if (touchpoints.Count == 0 || touchpoints[^1].Number != rows.GetInt64(0))
            {
                touchpoints.Add(new TouchpointSums(rows.GetInt64(0)));
            }

            touchpoints[^1].Add(rows.GetString(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetInt64(5), rows.GetInt64(6));
        }

        return touchpoints;
    }

    private void Add(string scale, long shown, long answered, long efforts, long sum, long squares)
    {
        Shown += shown;
        Responses += answered;
        if (scale.Length > 0)
        {
            var added = Indexes(Scale.Parse(scale), efforts, sum, squares);
            Index = new GroupSums(Index.Answers + added.Answers, Index.Sum + added.Sum, Index.SumOfSquares + added.SumOfSquares);
        }
    }

    // An index is the distance from the hard end of the scale, as a share of its length.
    private static GroupSums Indexes(Scale scale, long efforts, long sum, long squares)
    {
        var (hard, unit) = (scale.Easy == EasyEnd.High ? scale.Min : scale.Max, 100.0 / (scale.Max - scale.Min));
        return new GroupSums(efforts, Math.Abs(sum - (hard * efforts)) * unit, (squares - (2 * hard * sum) + (hard * hard * efforts)) * unit * unit);
    }
}
