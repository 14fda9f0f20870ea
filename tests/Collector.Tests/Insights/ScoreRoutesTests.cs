using System.Net;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Insights;

/// <summary>The routes of NPS and satisfaction; the formulas themselves are held against SciPy in NpsTests and CsatTests.</summary>
public sealed class ScoreRoutesTests(RunningCollector collector)
{
    [Fact]
    public async Task NpsComesWithItsNumberItsIntervalAndItsFormula()
    {
        var site = await SiteAsync();
        await site.StoreAsync([.. ((int[])[10, 9, 9, 8, 7, 6, 0, 10]).Select(score => Response(site, nps: score))]);

        var nps = (await site.GetAsync("nps")).Body!["nps"]!;

        Assert.Equal((8, 25.0, "nps-1", false), ((int)nps["answers"]!, (double)nps["score"]!, (string?)nps["formula"], (bool)nps["enough"]!));

        // Adjusted Wald by hand: 4.75 promoters and 2.75 critics of 11.
        Assert.Equal(18.1818 - 47.5986, (double)nps["interval"]!["low"]!, 3);
        Assert.Equal(18.1818 + 47.5986, (double)nps["interval"]!["high"]!, 3);
        Assert.Equal((0.5, 0.25, 0.25), ((double)nps["promoters"]!["share"]!, (double)nps["passives"]!["share"]!, (double)nps["critics"]!["share"]!));
        Assert.Equal("""{"0":1,"1":0,"2":0,"3":0,"4":0,"5":0,"6":1,"7":1,"8":1,"9":2,"10":2}""", nps["distribution"]!.ToJsonString());
    }

    [Fact]
    public async Task SatisfactionComesAsIndexAndAsTheShareOfTheTwoHighestScores()
    {
        var site = await SiteAsync();
        await site.StoreAsync([.. ((int[])[5, 5, 4, 2, 1]).Select(score => Response(site, csat: score))]);

        var csat = (await site.GetAsync("csat")).Body!["csat"]!;

        Assert.Equal((5, "csat-1", 0.6), ((int)csat["answers"]!, (string?)csat["formula"], (double)csat["topTwo"]!["share"]!));
        Assert.Equal(60, (double)csat["index"]!, 12);

        // SciPy: stats.t.interval(.95, 4, mean(x), sem(x)) of (x - 1) * 25
        Assert.Equal(3.61013, (double)csat["indexInterval"]!["low"]!, 3);
        Assert.Equal(116.38987, (double)csat["indexInterval"]!["high"]!, 3);
        Assert.Equal("""{"1":1,"2":1,"3":0,"4":1,"5":2}""", csat["distribution"]!.ToJsonString());
    }

    [Fact]
    public async Task WithoutAnswersThereIsNoFigureAndNotEnough()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 7));
        foreach (var figure in (string[])["nps", "csat"])
        {
            var reply = await site.GetAsync(figure);
            Assert.Equal((HttpStatusCode.OK, "2026-10-26", "2026-11-22"), (reply.Status, (string?)reply.Body!["from"], (string?)reply.Body["to"]));
            Assert.Equal((0, false), ((int)reply.Body[figure]!["answers"]!, (bool)reply.Body[figure]!["enough"]!));
            Assert.All(reply.Body[figure]!.AsObject().Where(member => member.Key is not ("answers" or "enough" or "formula")), member => Assert.Null(member.Value));
            Assert.Null(reply.Body["breakdown"]);
        }
    }

    [Fact]
    public async Task FiltersNarrowAFigureAndItIsBrokenDownAsEffortIs()
    {
        var site = await SiteAsync();
        await site.StoreAsync(
            Response(site, nps: 10, csat: 5).Answering("intent", choice: "buy").On("https://shop.example/a").With("answeredAt", "2026-11-20T12:00:00Z").With("device", "mobile"),
            Response(site, nps: 0, csat: 1).Answering("intent", choice: "help").On("https://shop.example/b").With("answeredAt", "2026-11-21T12:00:00Z"),
            Response(site, nps: 7, csat: 3).On("https://shop.example/b").With("answeredAt", "2026-11-21T12:00:00Z"),
            Response(site).On("https://shop.example/c"));

        Assert.Equal([("2026-11-20", 100.0), ("2026-11-21", -50.0)], await NpsByAsync("day"));
        Assert.Equal([("shop.example/a", 100.0), ("shop.example/b", -50.0)], await NpsByAsync("touchpoint"));
        Assert.Equal([(null, 0.0), ("buy", 100.0), ("help", -100.0)], await NpsByAsync("intent"));
        Assert.Equal([("scores", 0.0)], await NpsByAsync("survey"));
        Assert.Equal([(null, -50.0), ("mobile", 100.0)], await NpsByAsync("device"));
        foreach (var (filter, index) in ((string, double)[])[("intent=buy", 100), ("touchpoint=shop.example/b", 25), ("page=https://shop.example/a", 100), ("device=mobile", 100), ("to=2026-11-20", 100), ("survey=scores", 50)])
        {
            Assert.Equal((filter, index), (filter, (double)(await site.GetAsync($"csat?{filter}")).Body!["csat"]!["index"]!));
        }

        async Task<IEnumerable<(string?, double)>> NpsByAsync(string by) =>
            (await site.GetAsync($"nps?by={by}")).Body!["breakdown"]!.AsArray().Select(part => ((string?)part!["key"], (double)part["nps"]!["score"]!)).ToList();
    }

    [Fact]
    public async Task ScoresAreOfAGroupOrAStageAndBrokenDownByThem()
    {
        var site = await SiteAsync();
        var groups = new TestGroups(site);
        await groups.AddAsync("buy", ["/cart", "/pay"], "decision");
        await groups.AddAsync("offers", ["/cart"], "decision");
        await groups.AddAsync("help", ["/help"]);
        await site.StoreAsync(
            Response(site, nps: 10, csat: 5).On("https://shop.example/cart"), Response(site, nps: 0, csat: 1).On("https://shop.example/pay"),
            Response(site, nps: 8, csat: 3).On("https://shop.example/help"), Response(site, nps: 9, csat: 4).On("https://shop.example/about").With("tags", new JsonObject { ["a"] = "b" }));

        Assert.Equal([(null, 1, 100.0), ("buy", 2, 0.0), ("help", 1, 0.0), ("offers", 1, 100.0)], await ByAsync("nps", "score", "group"));
        Assert.Equal([(null, 2, 50.0), ("decision", 2, 0.0)], await ByAsync("nps", "score", "stage")); // /cart is in two groups there, and counts once.
        Assert.Equal([(null, 1, 75.0), ("buy", 2, 50.0), ("help", 1, 50.0), ("offers", 1, 100.0)], await ByAsync("csat", "index", "group"));
        Assert.Equal([("buy", 1, 100.0), ("offers", 1, 100.0)], await ByAsync("csat", "index", "group&group=offers"));
        Assert.Equal([(null, 1, 75.0)], await ByAsync("csat", "index", "stage&tag.a=b"));
        Assert.Equal((2, 4), ((int)(await site.GetAsync("nps?stage=decision")).Body!["nps"]!["answers"]!, (int)(await site.GetAsync("nps?by=group")).Body!["nps"]!["answers"]!));

        async Task<IEnumerable<(string?, int, double)>> ByAsync(string figure, string value, string by) => (await site.GetAsync($"{figure}?by={by}")).Body!["breakdown"]!.AsArray()
            .Select(part => ((string?)part!["key"], (int)part[figure]!["answers"]!, (double)part[figure]![value]!)).ToList();
    }

    [Fact]
    public async Task WhatABotSeemsToHaveAnsweredIsToldApart()
    {
        var site = await SiteAsync();
        await site.StoreAsync(Response(site, nps: 0), Response(site, nps: 10), Response(site, nps: 10).With("website", "https://spam.example"));

        var body = (await site.GetAsync("nps")).Body!;

        Assert.Equal((2, 0.0), ((int)body["nps"]!["answers"]!, (double)body["nps"]!["score"]!));
        Assert.Equal((1, 1 / 3.0), ((int)body["suspect"]!["responses"]!, (double)body["suspect"]!["share"]!));
    }

    [Fact]
    public async Task AGoalStandsWhereItsScoreStands()
    {
        var site = await SiteAsync();
        await site.StoreAsync([.. Enumerable.Range(0, 12).Select(i => Response(site, nps: 5 + (i % 6), csat: 1 + (i % 5)).With("answeredAt", $"2026-11-{18 + (i % 3)}T12:00:00Z"))]);
        var goals = new Saved(site, "goals");

        var nps = await StandingAsync("nps", 10);
        var csat = await StandingAsync("csat", 20);

        var (npsFigure, csatFigure) = ((await site.GetAsync("nps")).Body!["nps"]!, (await site.GetAsync("csat")).Body!["csat"]!);
        Assert.Equal((12, (double)npsFigure["score"]!, npsFigure["interval"]!.ToJsonString()), ((int)nps["answers"]!, (double)nps["value"]!, nps["interval"]!.ToJsonString()));
        Assert.Equal(10 - (double)npsFigure["score"]!, (double)nps["missing"]!, 12);
        Assert.Equal((12, (double)csatFigure["index"]!, csatFigure["indexInterval"]!.ToJsonString()), ((int)csat["answers"]!, (double)csat["value"]!, csat["interval"]!.ToJsonString()));
        Assert.Equal("met", (string?)csat["status"]);

        // On the first day NPS is −100 and 0 in turn, on the second 0 and 100: the line through the single answers rises.
        Assert.NotNull(nps["trend"]!["interval"]);

        async Task<JsonNode> StandingAsync(string metric, int target) => (await goals.ReadAsync(
            $"/{await goals.AddAsync($$"""{ "name": "x", "metric": "{{metric}}", "target": {{target}}, "date": "2026-12-31" }""")}"))["standing"]!;
    }

    [Theory]
    [InlineData("by=colour", "by")]
    [InlineData("from=yesterday", "from")]
    [InlineData("limit=5", "limit")]
    public async Task AParameterThatIsWrongOrUnknownIsNamed(string query, string parameter)
    {
        var site = await collector.NewSiteAsync();
        foreach (var figure in (string[])["nps", "csat"])
        {
            var reply = await site.GetAsync($"{figure}?{query}");

            Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
            Assert.Equal([parameter], reply.WrongFields);
        }
    }

    private async Task<TestSite> SiteAsync()
    {
        var site = await collector.NewSiteAsync();
        await new TestSurveys(site).AddAsync("scores", questions: """{ "standard": "nps" }, { "standard": "csat" }, { "standard": "intent" }""");
        return site;
    }

    private static SomeResponse Response(TestSite site, int? nps = null, int? csat = null) =>
        site.Response().With("survey", "scores").Answering("nps", score: nps).Answering("csat", score: csat);
}
