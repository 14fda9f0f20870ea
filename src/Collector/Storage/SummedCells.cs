using Collector.Feedback;

namespace Collector.Storage;

/// <summary>The SQL for cells with what their totals keep besides: whoever writes totals and whoever reads cells in their place mean the same by it.</summary>
public static class SummedCells
{
    /// <summary>How many effort scores there are, their sum, and the sum of their squares.</summary>
    public static readonly string Sums =
        $"""
        {SumOf(score => "")} as efforts, {SumOf(score => $"{score} * ")} as effort_sum, {SumOf(score => $"{score * score} * ")} as effort_squares
        """;

    /// <summary>The cells, by the name <c>cells</c>; <c>told</c> is how many said whether it worked out, <c>worked</c> for how many it did.</summary>
    public static readonly string Table =
        $"""
        (select cells.*, case when success in ('', 'busy') then 0 else answered end as told, case when success = 'yes' then answered else 0 end as worked, {Sums} from cells) as cells
        """;

    private static string SumOf(Func<int, string> weight) =>
        string.Join(" + ", Enumerable.Range(Scale.Lowest, Scale.Highest - Scale.Lowest + 1).Select(score => $"{weight(score)}effort_{score}"));
}
