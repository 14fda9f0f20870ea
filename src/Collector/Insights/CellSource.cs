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

    /// <summary>Times, as coarsely as a small trend needs them: <c>day</c> is the number of a period, see <see cref="Spans"/>.</summary>
    Span = 16,
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
    /// <summary>How many times at least <see cref="Detail.Span"/> tells apart in a period that has as many days.</summary>
    public const int FewestSpans = 14;

    // Of more it is quicker to pass by all cells of a day than to look for each.
    private const int FewTouchpoints = 200;

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
        var parameters = selection.Parameters;
        return new CellSource(cells, InCells(selection, parameters), parameters);
    }

    // In the key of cells the touchpoint follows the day: of days that are named one by one, those of a few touchpoints are found without passing by the cells of all others, which
    // grow with the site.
    private static string InCells(Selection selection, DynamicParameters parameters)
    {
        if (selection.Touchpoint is null && !(selection.Numbers?.Count <= FewTouchpoints))
        {
            return selection.Where;
        }

        parameters.Add("Days", $"[{string.Join(',', Enumerable.Range(selection.FromDay, selection.ToDay - selection.FromDay + 1))}]");
        return selection.WhereIn($"cells.day {selection.InNumbers("@Days")}");
    }

    // The site as a whole has totals of each day. Touchpoints have them of settled days; of those that are not, the cells are read, which lie side by side.
    private static CellSource OfTotals(string totals, string cells, string columns, Selection selection, Detail detail)
    {
        var isWhole = !selection.HasTouchpoints && !detail.HasFlag(Detail.Touchpoint);
        var last = isWhole ? selection.ToDay : Math.Min(selection.ToDay, selection.Settled - 1);
        var periods = detail.HasFlag(Detail.Day)
            ? Enumerable.Range(selection.FromDay, Math.Max(0, last - selection.FromDay + 1))
            : Spans.Covering(selection.FromDay, last, selection.Settled, detail.HasFlag(Detail.Span) ? Math.Max(1, (selection.ToDay - selection.FromDay + 1) / FewestSpans) : int.MaxValue);
        var open = last >= selection.ToDay ? null : selection.NotBefore(last + 1);
        var parameters = (open ?? selection).Parameters;
        parameters.Add("Periods", $"[{string.Join(',', periods)}]");
        var settled =
            $"""
            select cells.site, cells.touchpoint, cells.period as day, {columns}
            from {totals} as cells
            where {selection.WhereIn($"cells.period {selection.InNumbers("@Periods")}")} and cells.touchpoint {(isWhole ? "=" : ">")} {Touchpoint.AllNumber}
            """;
        var both = open is null ? settled :
            $"""
            {settled}
            union all
            select cells.site, cells.touchpoint, cells.day, {columns}
            from {cells}
            where {InCells(open, parameters)}
            """;
        return new CellSource($"({both}) as cells", "1 = 1", parameters);
    }
}
