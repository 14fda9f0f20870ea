using Collector.Feedback;
using Collector.Storage;
using Dapper;

namespace Collector.Insights;

/// <summary>What a query tells apart, beside the scale.</summary>
[Flags]
internal enum Detail
{
    /// <summary>Nothing: the whole selection.</summary>
    None = 0,

    /// <summary>Days.</summary>
    Day = 1,

    /// <summary>Touchpoints.</summary>
    Touchpoint = 2,

    /// <summary>Intents.</summary>
    Intent = 4,

    /// <summary>What only the cells themselves hold.</summary>
    Other = 8,
}

/// <summary>
/// Where a query reads the counts of a selection: from the totals that hold what it asks for and tells apart, so that the cost follows what is asked and hardly the
/// number of days or answers; otherwise from the cells; or, where marks are asked for, from the responses.
/// </summary>
/// <param name="Table">What it selects from, by the name <c>cells</c>. Beside the counters it has the columns of <see cref="Detail"/> that were asked for.</param>
/// <param name="Where">The condition.</param>
/// <param name="Parameters">The values of what both name.</param>
internal sealed record CellSource(string Table, string Where, DynamicParameters Parameters)
{
    private static readonly string Scores = string.Join(", ", Enumerable.Range(Scale.Lowest, Scale.Highest - Scale.Lowest + 1).Select(score => $"score_{score}"));

    private static readonly string Counters =
        $"shown, dismissed, answered, completed, suspect, told, worked, efforts, effort_sum, effort_squares, {Scores.Replace("score", "effort", StringComparison.Ordinal)}";

    /// <summary>The counts of responses and of effort scores.</summary>
    public static CellSource Of(Selection selection, Detail detail)
    {
        if (selection.Tags.Cells is { } marked)
        {
            return new CellSource($"(select marked.*, {SummedCells.Sums} from {marked} as marked) as cells", selection.Where, selection.Parameters);
        }

        if (selection.NeedsCells || detail.HasFlag(Detail.Other))
        {
            return OfCells(SummedCells.Table, selection);
        }

        return selection.Intent is null && !detail.HasFlag(Detail.Intent)
            ? OfTotals("totals", SummedCells.Table, $"scale, {Counters}", selection, detail)
            : OfTotals($"(select intent_totals.*, {SummedCells.Sums} from intent_totals)", SummedCells.Table, $"scale, intent, {Counters}", selection, detail);
    }

    /// <summary>The counts of the scores of a question, nps or csat.</summary>
    public static CellSource OfScores(string question, Selection selection, Detail detail)
    {
        var source = selection.Tags.ScoreCells(question) is { } marked ? new CellSource($"{marked} as cells", selection.Where, selection.Parameters)
            : selection.NeedsCells || selection.Intent is not null || (detail & (Detail.Other | Detail.Intent)) != Detail.None ? OfCells("score_cells as cells", selection)
            : OfTotals("score_totals", "score_cells as cells", $"question, {Scores}", selection, detail);
        source.Parameters.Add("Question", question);
        return source with { Where = $"{source.Where} and cells.question = @Question" };
    }

    private static CellSource OfCells(string cells, Selection selection)
    {
        var here = selection.FromOpenDay(selection.FromDay);
        return new CellSource(cells, here.WhereIn(here.InCellDays), here.Parameters);
    }

    // The site as a whole has totals of each day. Touchpoints have them of settled days; of those that are not, the cells are read, which lie side by side.
    private static CellSource OfTotals(string totals, string cells, string columns, Selection selection, Detail detail)
    {
        var isWhole = !selection.HasTouchpoints && !detail.HasFlag(Detail.Touchpoint);
        var last = isWhole ? selection.ToDay : Math.Min(selection.ToDay, selection.Settled - 1);
        var periods = detail.HasFlag(Detail.Day)
            ? Enumerable.Range(selection.FromDay, Math.Max(0, last - selection.FromDay + 1))
            : Spans.Covering(selection.FromDay, last, selection.Settled);
        var here = selection.FromOpenDay(Math.Max(selection.FromDay, last + 1)) with { Periods = $"[{string.Join(',', periods)}]" };
        var settled =
            $"""
            select cells.site, cells.touchpoint, cells.period as day, {columns}
            from {totals} as cells
            where {here.WhereIn($"cells.period in {here.NumbersIn("@Periods")}")} and cells.touchpoint {(isWhole ? "=" : ">")} {Touchpoint.AllNumber}
            """;
        var open =
            $"""
            select cells.site, cells.touchpoint, cells.day, {columns}
            from {cells}
            where {here.WhereIn(here.InCellDays)}
            """;
        return new CellSource($"({(here.OpenDay > here.ToDay ? settled : $"{settled} union all {open}")}) as cells", "1 = 1", here.Parameters);
    }
}
