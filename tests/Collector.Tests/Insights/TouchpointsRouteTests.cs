using System.Net;
using Collector.Tests.Support;

namespace Collector.Tests.Insights;

public sealed class TouchpointsRouteTests(RunningCollector collector)
{
    [Fact]
    public async Task TouchpointsAreRankedHardestFirst()
    {
        var site = await SiteWithPagesAsync();

        Assert.Equal(["shop.example/b", "shop.example/c", "shop.example/a", "shop.example/quiet"], await NamesAsync(site, ""));
        Assert.Equal(["shop.example/a", "shop.example/c", "shop.example/b", "shop.example/quiet"], await NamesAsync(site, "sort=-ease"));
        Assert.Equal(["shop.example/quiet", "shop.example/b", "shop.example/c", "shop.example/a"], await NamesAsync(site, "sort=responses"));
        Assert.Equal(["shop.example/a", "shop.example/b", "shop.example/c", "shop.example/quiet"], await NamesAsync(site, "sort=-responses"));
    }

    [Fact]
    public async Task ATouchpointTellsItsFunnelItsScoreItsSuccessAndItsIntents()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(
            site.Response().With("state", "shown"),
            site.Response().With("state", "dismissed"),
            site.Response(effort: 2, intent: "buy", success: "yes"),
            site.Response(effort: 6, intent: "buy", success: "no"),
            site.Response(intent: "help", success: "busy"));

        var item = (await site.GetAsync("touchpoints")).Body!["items"]!.AsArray().Single()!;

        Assert.Equal(5, (int)item["shown"]!);
        Assert.Equal(3, (int)item["responses"]!);
        Assert.Equal(0.6, (double)item["responseRate"]!, 12);
        Assert.Equal(2, (int)item["ces"]!["answers"]!);
        Assert.Equal(4, (double)item["ces"]!["mean"]!);
        Assert.Null(item["gain"]);
        Assert.Equal((2, 0.5), ((int)item["success"]!["answers"]!, (double)item["success"]!["share"]!)); // who is still busy does not count
        Assert.Equal(
            [("buy", 2), ("help", 1)],
            item["intents"]!.AsArray().Select(intent => ((string)intent!["intent"]!, (int)intent["responses"]!)));
    }

    [Fact]
    public async Task ByGainTouchpointsComeInTheOrderOfPriorities()
    {
        var site = await SiteWithPagesAsync();
        await AssertSameAsync(target: 100 * ((20 + 3 + 6) / 7.0 - 1) / 6);

        // The site's goal gives both their target: the weightiest of those for all responses whose date has not passed.
        var goals = new Saved(site, "goals");
        await goals.AddAsync("""{ "name": "past", "metric": "index", "target": 99, "date": "2026-11-21", "weight": 9 }""");
        await goals.AddAsync("""{ "name": "light", "metric": "index", "target": 98, "date": "2026-12-31" }""");
        await goals.AddAsync("""{ "name": "of some", "metric": "index", "target": 97, "date": "2026-12-31", "weight": 9, "selection": { "intent": "buy" } }""");
        await goals.AddAsync("""{ "name": "of another figure", "metric": "easy", "target": 0.96, "date": "2026-12-31", "weight": 9 }""");
        await goals.AddAsync("""{ "name": "the one", "metric": "ces", "target": 6.7, "date": "2026-11-22", "weight": 2 }""");
        await AssertSameAsync(target: 95);

        async Task AssertSameAsync(double target)
        {
            var (touchpoints, priorities) = ((await site.GetAsync("touchpoints?sort=gain")).Body!, (await site.GetAsync("priorities")).Body!);
            Assert.Equal(target, (double)touchpoints["target"]!, 9);
            Assert.Equal(target, (double)priorities["target"]!, 9);
            var ranked = touchpoints["items"]!.AsArray();
            Assert.Equal(
                priorities["items"]!.AsArray().Select(item => ((string?)item!["touchpoint"], Math.Round((double)item["gain"]!, 9))),
                ranked.Take(3).Select(item => ((string?)item!["touchpoint"], Math.Round((double)item["gain"]!, 9))));
            Assert.Equal(("shop.example/quiet", null), ((string?)ranked[3]!["touchpoint"], (double?)ranked[3]!["gain"]));
        }
    }

    [Fact]
    public async Task WhatIsSearchedForIsListedInAnyCaseAndAsItIs()
    {
        var site = await SiteWithPagesAsync();
        await site.StoreAsync(site.Response(effort: 5).On("https://shop.example/Sale_50"), site.Response(effort: 5).On("https://shop.example/sales"));

        Assert.Equal(["shop.example/Sale_50", "shop.example/sales"], await NamesAsync(site, "search=SALE&sort=ease"));
        Assert.Equal(["shop.example/Sale_50"], await NamesAsync(site, "search=e_5"));
        Assert.Empty(await NamesAsync(site, "search=%25"));
        Assert.Equal(["shop.example/b", "shop.example/quiet"], (await NamesAsync(site, "search=example/b")).Concat(await NamesAsync(site, "search=qui")));
    }

    [Fact]
    public async Task ASearchChangesNoFigureOfWhatItFinds()
    {
        var site = await SiteWithPagesAsync();
        var all = (await site.GetAsync("touchpoints?sort=gain")).Body!;

        var found = (await site.GetAsync("touchpoints?sort=gain&search=/c")).Body!;

        Assert.Equal(all["items"]!.AsArray().Single(item => (string?)item!["touchpoint"] == "shop.example/c")!.ToJsonString(), found["items"]!.AsArray().Single()!.ToJsonString());
        Assert.Equal((double)all["target"]!, (double)found["target"]!);
        Assert.Equal(all["funnel"]!.ToJsonString(), found["funnel"]!.ToJsonString());
    }

    [Fact]
    public async Task PagesOfTheListMeetWithoutAGapOrARepeat()
    {
        var site = await SiteWithPagesAsync();
        foreach (var sort in (string[])["ease", "-ease", "responses", "-responses", "gain"])
        {
            var whole = await NamesAsync(site, $"sort={sort}");
            var pieces = new List<string>();
            var cursor = "";
            do
            {
                var reply = await site.GetAsync($"touchpoints?sort={sort}&limit=1{cursor}");
                pieces.Add((string)reply.Body!["items"]!.AsArray().Single()!["touchpoint"]!);
                cursor = (string?)reply.Body["next"] is { } next ? $"&cursor={next}" : "";
            }
            while (cursor.Length > 0);

            Assert.Equal(whole, pieces);
        }
    }

    [Theory]
    [InlineData("sort=colour", "sort")]
    [InlineData("sort=-gain", "sort")]
    [InlineData("search=", "search")]
    [InlineData("search=%00", "search")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("cursor=!", "cursor")]
    [InlineData("cursor=YQ", "cursor")]
    [InlineData("by=day", "by")]
    public async Task AParameterThatIsWrongOrUnknownIsNamed(string query, string parameter)
    {
        var site = await collector.NewSiteAsync();

        var reply = await site.GetAsync($"touchpoints?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal([parameter], reply.WrongFields);
    }

    private async Task<TestSite> SiteWithPagesAsync()
    {
        var site = await collector.NewSiteAsync();
        foreach (var (page, scores) in ((string, int[])[])[("a", [6, 7, 7]), ("b", [1, 2]), ("c", [3, 3])])
        {
            await site.StoreAsync([.. scores.Select(score => site.Response(effort: score).On($"https://shop.example/{page}"))]);
        }

        await site.StoreAsync(site.Response().On("https://shop.example/quiet").With("state", "shown"));
        return site;
    }

    private static async Task<List<string>> NamesAsync(TestSite site, string query) =>
        [.. (await site.GetAsync($"touchpoints?{query}")).Body!["items"]!.AsArray().Select(item => (string)item!["touchpoint"]!)];
}
