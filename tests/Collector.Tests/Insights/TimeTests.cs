using System.Globalization;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Insights;

/// <summary>Days, weeks and months are the site's, whatever the clocks do.</summary>
public sealed class TimeTests : IDisposable
{
    private readonly RunningCollector collector = new();

    public void Dispose() => collector.Dispose();

    [Fact]
    public async Task AWeekBelongsToTheYearInWhichMostOfItsDaysAre()
    {
        // 2026 has 53 weeks; the last holds the first three days of 2027.
        var site = await SiteAsync("2027-01-04T12:00:00Z", "2026-12-28T12:00:00Z", "2026-12-31T12:00:00Z", "2027-01-03T22:59:59Z", "2027-01-03T23:00:00Z");
        Assert.Equal(["2026-W53 3", "2027-W01 1"], await PartsAsync(site, "week"));
        Assert.Equal(["2026-12 2", "2027-01 2"], await PartsAsync(site, "month"));
    }

    [Fact]
    public async Task TheFirstWeekOfAYearMayBeginInTheYearBefore()
    {
        var site = await SiteAsync("2025-01-02T12:00:00Z", "2024-12-29T22:59:59Z", "2024-12-29T23:00:00Z", "2024-12-31T12:00:00Z", "2025-01-01T12:00:00Z");
        Assert.Equal(["2024-W52 1", "2025-W01 3"], await PartsAsync(site, "week"));
    }

    [Fact]
    public async Task ALeapDayIsADay()
    {
        var site = await SiteAsync("2028-03-02T12:00:00Z", "2028-02-28T12:00:00Z", "2028-02-28T23:00:00Z", "2028-02-29T22:59:59Z", "2028-02-29T23:00:00Z");
        Assert.Equal(["2028-02-28 1", "2028-02-29 2", "2028-03-01 1"], await PartsAsync(site, "day"));
        Assert.Equal(["2028-02 3", "2028-03 1"], await PartsAsync(site, "month"));
        Assert.Equal(["2028-W09 4"], await PartsAsync(site, "week"));
        Assert.Equal(2, (int)(await site.CesAsync("from=2028-02-29&to=2028-02-29"))["answers"]!);
    }

    [Theory]
    [InlineData("2026-10-26T12:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T22:59:59Z", "2026-10-25")] // 25 hours
    [InlineData("2027-03-29T12:00:00Z", "2027-03-27T23:00:00Z", "2027-03-28T21:59:59Z", "2027-03-28")] // 23 hours
    public async Task TheDayOnWhichTheClocksChangeHasAllItsHours(string now, string first, string last, string day)
    {
        var site = await SiteAsync(now, first, last, Text(At(first).AddSeconds(-1)), Text(At(last).AddSeconds(1)));
        Assert.Contains($"{day} 2", await PartsAsync(site, "day"));
        Assert.Equal(3, (await PartsAsync(site, "day")).Count());

        static string Text(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task ASiteThatMovesKeepsItsPastDaysAndCountsOnInItsNewZone()
    {
        var site = await SiteAsync("2026-11-22T09:30:00Z", "2026-11-21T22:30:00Z");
        var changed = await new TestSurveys(site).SendToSiteAsync(HttpMethod.Patch, "", """{ "timeZone": "Pacific/Auckland" }""");
        Assert.Equal("Pacific/Auckland", (string?)changed.Body!["timeZone"]);
        await site.StoreAsync(site.Response(effort: 4).With("answeredAt", "2026-11-21T22:30:00Z"), site.Response(effort: 4).With("answeredAt", "2026-11-22T09:00:00Z"));

        Assert.Equal(["2026-11-21 1", "2026-11-22 2"], await PartsAsync(site, "day"));
        Assert.Equal(("2026-10-26", "2026-11-22"), await PeriodAsync());

        // It was half past ten in the evening there; now it is midnight, and the figures end a day later.
        collector.Time.Now = At("2026-11-22T11:00:00Z");
        Assert.Equal(("2026-10-27", "2026-11-23"), await PeriodAsync());

        async Task<(string?, string?)> PeriodAsync()
        {
            var body = (await site.GetAsync("ces")).Body!;
            return ((string?)body["from"], (string?)body["to"]);
        }
    }

    /// <summary>A site in Amsterdam with an effort score at each of these moments.</summary>
    private async Task<TestSite> SiteAsync(string now, params string[] moments)
    {
        collector.Time.Now = At(now);
        var site = await collector.NewSiteAsync(new JsonObject { ["timeZone"] = "Europe/Amsterdam" });
        await site.StoreAsync([.. moments.Select(moment => site.Response(effort: 4).With("answeredAt", moment))]);
        return site;
    }

    private static DateTimeOffset At(string moment) => DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);

    private static async Task<IEnumerable<string>> PartsAsync(TestSite site, string by) =>
        [.. (await site.GetAsync($"ces?by={by}")).Body!["breakdown"]!.AsArray().Select(part => $"{(string?)part!["key"]} {(int)part["ces"]!["answers"]!}")];
}
