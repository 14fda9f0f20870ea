using System.Text.Json.Nodes;
using Collector.Statistics;
using Collector.Tests.Support;

namespace Collector.Tests.Insights;

/// <summary>How many of those who were asked answered; the test of a change is held against SciPy in RateChangeTests.</summary>
public sealed class FunnelTests(RunningCollector collector)
{
    [Fact]
    public async Task ATouchpointAndTheWholeSayHowManySawClosedBeganAndFinished()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(
            Shown(site), Shown(site), Shown(site).With("state", "dismissed"), site.Response(effort: 2).With("state", "dismissed"),
            site.Response(effort: 2), site.Response(effort: 6, intent: "buy").With("state", "complete"), site.Response(effort: 6).With("state", "complete"),
            Shown(site).With("website", "of a bot"), Shown(site).On("https://shop.example/b"), site.Response(intent: "help").On("https://shop.example/b"));

        var body = (await site.GetAsync("touchpoints?sort=-responses")).Body!;

        AssertFunnel(body["items"]![0]!["funnel"]!, shown: 7, dismissed: 2, started: 4, completed: 2);
        AssertFunnel(body["items"]![1]!["funnel"]!, shown: 2, dismissed: 0, started: 1, completed: 0);
        AssertFunnel(body["funnel"]!, shown: 9, dismissed: 2, started: 5, completed: 2);
        AssertFunnel((await site.GetAsync("touchpoints?limit=1&touchpoint=shop.example/b")).Body!["funnel"]!, shown: 2, dismissed: 0, started: 1, completed: 0);
        Assert.Equal((double)body["items"]![0]!["responseRate"]!, (double)body["items"]![0]!["funnel"]!["responseRate"]!["share"]!);

        static void AssertFunnel(JsonNode funnel, int shown, int dismissed, int started, int completed)
        {
            Assert.Equal(
                (shown, dismissed, started, completed), ((int)funnel["shown"]!, (int)funnel["dismissed"]!, (int)funnel["started"]!, (int)funnel["completed"]!));
            foreach (var (rate, count) in ((string, int)[])[("dismissalRate", dismissed), ("responseRate", started), ("completionRate", completed)])
            {
                var wilson = new Proportion(count, shown).WilsonInterval();
                Assert.Equal((double)count / shown, (double)funnel[rate]!["share"]!);
                Assert.Equal((wilson.Low, wilson.High), ((double)funnel[rate]!["low"]!, (double)funnel[rate]!["high"]!));
            }

            Assert.Null(funnel["change"]); // Nothing was shown before.
            Assert.Empty(funnel["doubts"]!.AsArray());
            Assert.Equal("funnel-1", (string?)funnel["formula"]);
        }
    }

    [Fact]
    public async Task ARateThatChangedAgainstAsManyDaysBeforeMakesAFigureDoubtful()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreManyAsync([
            .. Asked(site, "fell", "2026-11-19", shown: 60, answered: 40), .. Asked(site, "fell", "2026-11-21", shown: 60, answered: 15),
            .. Asked(site, "stayed", "2026-11-20", shown: 60, answered: 30), .. Asked(site, "stayed", "2026-11-22", shown: 60, answered: 28),
            .. Asked(site, "fell", "2026-11-18", shown: 50, answered: 0), // Before both periods.
            .. Asked(site, "new", "2026-11-21", shown: 5, answered: 3)]);

        var body = (await site.GetAsync("touchpoints?from=2026-11-21&to=2026-11-22")).Body!;

        var fell = FunnelOf(body, "fell");
        var expected = new RateChange(new Proportion(40, 60), new Proportion(15, 60));
        Assert.Equal(["response rate changed"], DoubtsOf(fell));
        Assert.Equal(40 / 60.0, (double)fell["change"]!["before"]!["share"]!);
        Assert.Equal((expected.Difference, expected.P()), ((double)fell["change"]!["difference"]!, (double)fell["change"]!["p"]!));
        Assert.Equal((expected.Interval().Low, expected.Interval().High), ((double)fell["change"]!["interval"]!["low"]!, (double)fell["change"]!["interval"]!["high"]!));
        Assert.Empty(DoubtsOf(FunnelOf(body, "stayed")));
        Assert.Equal(-2 / 60.0, (double)FunnelOf(body, "stayed")["change"]!["difference"]!, 12);
        Assert.Null(FunnelOf(body, "new")["change"]);

        // 70 of 120 before, 46 of 125 now.
        Assert.Equal(((46 / 125.0) - (70 / 120.0), "response rate changed"), ((double)body["funnel"]!["change"]!["difference"]!, string.Join(' ', DoubtsOf(body["funnel"]!))));
        Assert.Empty(DoubtsOf((await site.GetAsync("touchpoints?from=2026-11-21&to=2026-11-22&page=https://shop.example/stayed")).Body!["funnel"]!));
    }

    [Theory]
    [InlineData(400, 1, true)] // At most 1.4 % answer.
    [InlineData(400, 4, false)] // 1 %, but it may be 2.5.
    [InlineData(100, 0, false)] // It may be 3.7 %.
    [InlineData(200, 0, true)]
    public async Task WhereSurelyFewerThanOneInFiftyAnswersFiguresAreDoubtful(int shown, int answered, bool isDoubtful)
    {
        var site = await collector.NewSiteAsync();
        await site.StoreManyAsync(Asked(site, "a", "2026-11-21", shown, answered));

        var body = (await site.GetAsync("touchpoints")).Body!;

        Assert.Equal(isDoubtful ? ["few respond"] : [], DoubtsOf(FunnelOf(body, "a")));
    }

    [Fact]
    public async Task TheFirstDaysOfTheCalendarHaveNoneBefore() =>
        Assert.Null((await (await collector.NewSiteAsync()).GetAsync("touchpoints?from=0001-01-01&to=0001-01-05")).Body!["funnel"]!["change"]);

    private static IEnumerable<SomeResponse> Asked(TestSite site, string page, string day, int shown, int answered) => Enumerable.Range(0, shown)
        .Select(i => (i < answered ? site.Response(effort: 4) : Shown(site)).On($"https://shop.example/{page}").With("answeredAt", $"{day}T08:00:00Z"));

    private static SomeResponse Shown(TestSite site) => site.Response().With("state", "shown");

    private static JsonNode FunnelOf(JsonNode body, string page) => body["items"]!.AsArray().Single(item => (string?)item!["touchpoint"] == $"shop.example/{page}")!["funnel"]!;

    private static IEnumerable<string?> DoubtsOf(JsonNode funnel) => funnel["doubts"]!.AsArray().Select(doubt => (string?)doubt);
}
