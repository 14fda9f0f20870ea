using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Ingest;

/// <summary>The clock stands at 2026-11-22 09:30 UTC.</summary>
public sealed class DayTests(RunningCollector collector)
{
    [Theory]
    [InlineData("Europe/Amsterdam", "2026-11-21T22:59:59Z", "2026-11-21")]
    [InlineData("Europe/Amsterdam", "2026-11-21T23:00:00Z", "2026-11-22")]
    [InlineData("America/New_York", "2026-11-22T04:30:00Z", "2026-11-21")]
    [InlineData("Pacific/Kiritimati", "2026-11-21T10:00:00Z", "2026-11-22")]
    [InlineData("Asia/Kolkata", "2026-11-22T00:00:00+05:30", "2026-11-22")]
    public async Task AnAnswerCountsOnTheSitesDay(string timeZone, string answeredAt, string day)
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["timeZone"] = timeZone });
        await site.StoreAsync(site.Response(effort: 6).With("answeredAt", answeredAt));

        Assert.Equal([day], (await site.GetAsync("ces?by=day&to=2026-11-23")).Body!["breakdown"]!.AsArray().Select(part => (string?)part!["key"]));
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("2026-11-15T09:29:59Z")]
    [InlineData("2026-11-22T09:30:01Z")]
    [InlineData("2500-01-01T00:00:00Z")]
    public async Task AClockThatIsWrongDoesNotMoveTheAnswer(string answeredAt)
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 6).With("answeredAt", answeredAt));

        Assert.Equal(["2026-11-22"], (await site.GetAsync("ces?by=day")).Body!["breakdown"]!.AsArray().Select(part => (string?)part!["key"]));
    }
}
