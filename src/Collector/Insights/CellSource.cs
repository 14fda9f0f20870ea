using Collector.Feedback;
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
    // What only totals without intents keep.
    private static readonly string Sums =
        $"""
        {SumOf(score => "")} as efforts, {SumOf(score => $"{score} * ")} as effort_sum, {SumOf(score => $"{score * score} * ")} as effort_squares
        """;

    private static readonly string Cells =
        $"""
        (select cells.*, case when success in ('', 'busy') then 0 else answered end as told, case when success = 'yes' then answered else 0 end as worked, {Sums} from cells) as cells
        """;

    /// <summary>The counts of responses and of effort scores.</summary>
    public static CellSource Of(Selection selection, Detail detail)
    {
        if (selection.Tags.Cells is { } marked)
        {
            return new CellSource($"(select marked.*, {Sums} from {marked} as marked) as cells", selection.Where, selection.Parameters);
        }

        if (selection.NeedsCells || detail.HasFlag(Detail.Other))
        {
            return new CellSource(Cells, selection.Where, selection.Parameters);
        }

        return selection.Intent is null && !detail.HasFlag(Detail.Intent)
            ? OfTotals("totals", "totals.*", selection, detail)
            : OfTotals("intent_totals", $"intent_totals.*, {Sums}", selection, detail);
    }

    /// <summary>The counts of the scores of a question, nps or csat.</summary>
    public static CellSource OfScores(string question, Selection selection, Detail detail)
    {
        var source = selection.Tags.ScoreCells(question) is { } marked ? new CellSource($"{marked} as cells", selection.Where, selection.Parameters)
            : selection.NeedsCells || selection.Intent is not null || (detail & (Detail.Other | Detail.Intent)) != Detail.None ? new CellSource("score_cells as cells", selection.Where, selection.Parameters)
            : OfTotals("score_totals", "score_totals.*", selection, detail);
        source.Parameters.Add("Question", question);
        return source with { Where = $"{source.Where} and cells.question = @Question" };
    }

    private static CellSource OfTotals(string table, string columns, Selection selection, Detail detail)
    {
        var periods = detail.HasFlag(Detail.Day)
            ? Enumerable.Range(selection.FromDay, selection.ToDay - selection.FromDay + 1)
            : Spans.Covering(selection.FromDay, selection.ToDay, selection.Settled);
        var here = selection with { Periods = $"[{string.Join(',', periods)}]" };
        var touchpoints = here.HasTouchpoints ? ""
            : detail.HasFlag(Detail.Touchpoint) ? $" and cells.touchpoint > {Touchpoint.AllNumber}"
            : $" and cells.touchpoint = {Touchpoint.AllNumber}";
        return new CellSource($"(select {columns}, period as day from {table}) as cells", here.Where + touchpoints, here.Parameters);
    }

    private static string SumOf(Func<int, string> weight) =>
        string.Join(" + ", Enumerable.Range(Scale.Lowest, Scale.Highest - Scale.Lowest + 1).Select(score => $"{weight(score)}effort_{score}"));
}
