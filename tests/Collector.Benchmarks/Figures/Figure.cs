using System.Globalization;

namespace Collector.Benchmarks.Figures;

/// <summary>A row of the table: a figure that is asked for, or a page of the dashboard.</summary>
/// <param name="Title">What the table calls it.</param>
/// <param name="Path">Where it is.</param>
/// <param name="IsUnchanged">Whether it is asked with the tag that came with it.</param>
internal sealed record Figure(string Title, string Path, bool IsUnchanged = false)
{
    public const string Group = "busiest";

    /// <summary>Answers of the API.</summary>
    public static IEnumerable<Figure> OfTheApi(string site, DateOnly lastDay)
    {
        var (year, month) = Periods(lastDay);
        var page = $"page=https://{Population.PageOf(1)}";
        return from figure in (Figure[])
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
               ]
               select figure with { Path = $"/v1/sites/{site}/{figure.Path}" };
    }

    /// <summary>Pages of the dashboard: each in the 28 days that it opens with, and in a year where it has a period.</summary>
    public static IEnumerable<Figure> OfTheDashboard(string site, DateOnly lastDay)
    {
        var year = Periods(lastDay).Year;
        return
        [
            .. from page in (Figure[])
               [
                   new("overview", ""), new("touchpoints", "/touchpoints"), new("touchpoint, the busiest", $"/touchpoint?name={Population.PageOf(1)}"), new("journey", "/journey"), new("patterns", "/patterns"),
                   new("priorities", "/priorities"), new("comments, the latest", "/comments"), new("comments with a common word", $"/comments?search={Population.CommonWord}"),
                   new("comments with a rare word", $"/comments?search={Population.RareWord}"),
               ]
               from period in ((string Title, string Query)[])[("28 days", ""), ("365 days", year)]
               select new Figure($"{page.Title}, {period.Title}", $"/sites/{site}{page.Path}{(period.Query.Length == 0 ? "" : page.Path.Contains('?', StringComparison.Ordinal) ? "&" : "?")}{period.Query}"),
            .. from page in (string[])["goals", "changes", "surveys", "surveys/effort-and-intention", "settings", "settings/groups", "settings/audit"]
               select new Figure(page, $"/sites/{site}/{page}"),
        ];
    }

    // Neither end of the year is one of a longer span.
    private static (string Year, string Month) Periods(DateOnly lastDay) => (Days(lastDay.AddDays(-366), lastDay.AddDays(-2)), Days(lastDay.AddDays(-27), lastDay));

    private static string Days(DateOnly from, DateOnly to) => string.Create(CultureInfo.InvariantCulture, $"from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}");
}
