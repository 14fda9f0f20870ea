using System.Globalization;

namespace Collector.Benchmarks.Figures;

/// <summary>A row of the table: a figure that is asked for.</summary>
/// <param name="Title">What the table calls it.</param>
/// <param name="Path">What follows the site's route.</param>
/// <param name="IsUnchanged">Whether it is asked with the tag that came with it.</param>
internal sealed record Figure(string Title, string Path, bool IsUnchanged = false)
{
    public const string Group = "busiest";

    public static IReadOnlyList<Figure> All(DateOnly lastDay)
    {
        // Neither end is one of a longer span.
        var (year, month) = (Days(lastDay.AddDays(-366), lastDay.AddDays(-2)), Days(lastDay.AddDays(-27), lastDay));
        var page = $"page=https://{Population.PageOf(1)}";
        return
        [
            new("busiest page, 365 days", $"ces?{page}&{year}"),
            new("page of rank 1,000, 365 days", $"ces?page=https://{Population.PageOf(1_000)}&{year}"),
            new("busiest page, daily trend of 365 days", $"ces?{page}&{year}&by=day"),
            new("busiest page, daily trend of 28 days", $"ces?{page}&{month}&by=day"),
            new("effort × intent, 20 busiest pages, 365 days", $"ces?group={Group}&{year}&by=intent"),
            new("patterns, 20 busiest pages, 365 days", $"patterns?group={Group}&{year}"),
            new("50 worst of 5,000 pages, 365 days", $"touchpoints?{year}"),
            new("50 priorities of 5,000 pages, 365 days", $"priorities?{year}"),
            new("whole site, 28 days", $"ces?{month}"),
            new("whole site, 365 days", $"ces?{year}"),
            new("whole site, daily trend of 365 days", $"ces?{year}&by=day"),
            new("whole site by intent, 365 days", $"intents?{year}"),
            new("whole site, NPS, 365 days", $"nps?{year}"),
            new("by device (from cells), busiest page, 28 days", $"ces?{page}&{month}&by=device"),
            new("by mark (from responses), busiest page, 28 days", $"ces?{page}&{month}&tag.segment=business"),
            new("asked again unchanged: 50 worst (304)", $"touchpoints?{year}", IsUnchanged: true),
        ];
    }

    private static string Days(DateOnly from, DateOnly to) => string.Create(CultureInfo.InvariantCulture, $"from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}");
}
