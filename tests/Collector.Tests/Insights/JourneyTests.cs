using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Insights;

public sealed class JourneyTests(RunningCollector collector)
{
    [Fact]
    public async Task AJourneyHasItsPeakAndItsLowWithTheirIntervals()
    {
        var site = await SiteAsync();

        var journeys = await JourneysAsync(site, "stage");

        Assert.Equal(["buyer", "service"], journeys.Select(journey => (string?)journey["journey"]));
        Assert.Equal((3, "journey-1"), ((int)journeys[0]["parts"]!, (string?)journeys[0]["formula"]));
        AssertPoint(journeys[0]["peak"]!, "awareness", answers: 4, mean: 6.5);
        AssertPoint(journeys[0]["low"]!, "decision", answers: 5, mean: 1.6); // Of two groups: one of them alone is lower.
        AssertPoint(journeys[1]["peak"]!, "our-own", answers: 3, mean: 5);
        AssertPoint(journeys[1]["low"]!, "discovery", answers: 3, mean: 3);

        // SciPy: stats.f_oneway of the scores of the three stages.
        Assert.Equal(1.3380442e-05, (double)journeys[0]["p"]!, 11);
        Assert.InRange((double)journeys[0]["deviation"]!, 35, 45);
        var ces = await site.CesAsync("stage=awareness");
        Assert.Equal(100 * ((double)ces["meanInterval"]!["low"]! - 1) / 6, (double)journeys[0]["peak"]!["interval"]!["low"]!, 9);
        Assert.Equal(100 * ((double)ces["meanInterval"]!["high"]! - 1) / 6, (double)journeys[0]["peak"]!["interval"]!["high"]!, 9);
    }

    [Fact]
    public async Task ByGroupItIsTheGroupsThatAreHighestAndLowest()
    {
        var journeys = await JourneysAsync(await SiteAsync(), "group");

        AssertPoint(journeys[0]["peak"]!, "hear", answers: 4, mean: 6.5);
        AssertPoint(journeys[0]["low"]!, "pay", answers: 2, mean: 1);
    }

    [Fact]
    public async Task APartWithTooFewAnswersIsNeitherPeakNorLowAndOneAloneMakesNoJourney()
    {
        var site = await SiteAsync(minimumAnswers: 4);

        var journey = (await JourneysAsync(site, "stage")).Single();
        Assert.Equal(("buyer", 2, "awareness", "decision"), ((string?)journey["journey"], (int)journey["parts"]!, (string?)journey["peak"]!["key"], (string?)journey["low"]!["key"]));
        Assert.Empty(await JourneysAsync(site, "stage&stage=decision"));
        Assert.Null((await site.GetAsync("ces?by=day")).Body!["journeys"]);
    }

    private static void AssertPoint(JsonNode point, string key, int answers, double mean)
    {
        Assert.Equal((key, answers), ((string?)point["key"], (int)point["answers"]!));
        Assert.Equal(100 * (mean - 1) / 6, (double)point["index"]!, 9);
    }

    /// <summary>Three stages of a buyer, one of them with two groups that share a page, and two of a service, one of them the site's own; a group that is in no journey.</summary>
    private async Task<TestSite> SiteAsync(int minimumAnswers = 2)
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["minimumAnswers"] = minimumAnswers });
        var groups = new TestGroups(site);
        await groups.AddAsync("hear", ["/about"], "awareness", "buyer");
        await groups.AddAsync("look", ["/products"], "interest", "buyer");
        await groups.AddAsync("buy", ["/cart", "/pay"], "decision", "buyer");
        await groups.AddAsync("pay", ["/pay"], "decision", "buyer");
        await groups.AddAsync("find", ["/help"], "discovery", "service");
        await groups.AddAsync("ours", ["/ours"], "our-own", "service");
        await groups.AddAsync("elsewhere", ["/elsewhere"], "use");
        foreach (var (page, scores) in ((string, int[])[])[
            ("about", [6, 7, 6, 7]), ("products", [4, 4, 5]), ("cart", [2, 3, 1]), ("pay", [1, 1]), ("help", [2, 3, 4]), ("ours", [5, 4, 6]), ("elsewhere", [1, 1, 1, 1, 1])])
        {
            await site.StoreAsync([.. scores.Select(score => site.Response(effort: score).On($"https://shop.example/{page}"))]);
        }

        return site;
    }

    private static async Task<List<JsonNode>> JourneysAsync(TestSite site, string by) => [.. (await site.GetAsync($"ces?by={by}")).Body!["journeys"]!.AsArray().Select(journey => journey!)];
}
