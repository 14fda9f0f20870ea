using System.Net;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Insights;

public sealed class GroupFiguresTests(RunningCollector collector)
{
    [Fact]
    public async Task AFigureIsOfAGroupOrOfAStage()
    {
        var site = await SiteWithGroupsAsync();

        Assert.Equal((3, 2.0), await CesAsync(site, "group=buy"));
        Assert.Equal((2, 6.0), await CesAsync(site, "group=help"));
        Assert.Equal((4, 2.5), await CesAsync(site, "stage=decision")); // /cart is in both groups there, and counts once.
        Assert.Equal((1, 1.0), await CesAsync(site, "group=buy&stage=decision&page=https://shop.example/pay"));
        Assert.Equal((1, 4.0), await CesAsync(site, "group=offers&stage=decision&intent=compare"));
        Assert.Equal((0, null), await CesAsync(site, "group=help&stage=decision"));

        var touchpoints = (await site.GetAsync("touchpoints?group=buy")).Body!["items"]!.AsArray();
        Assert.Equal(["shop.example/pay", "shop.example/cart"], touchpoints.Select(item => (string?)item!["touchpoint"]));
        var intents = (await site.GetAsync("intents?stage=decision")).Body!["items"]!.AsArray();
        Assert.Equal(["compare", null], intents.Select(item => (string?)item!["intent"]));
    }

    [Fact]
    public async Task AFigureIsBrokenDownByGroupAndByStage()
    {
        var site = await SiteWithGroupsAsync();

        Assert.Equal([(null, 1), ("buy", 3), ("help", 2), ("offers", 3)], await BreakdownAsync(site, "group"));
        Assert.Equal([(null, 3), ("decision", 4)], await BreakdownAsync(site, "stage"));
        Assert.Equal([("buy", 2), ("offers", 2)], await BreakdownAsync(site, "group&page=https://shop.example/cart"));

        // The whole counts each answer once.
        Assert.Equal(7, (int)(await site.GetAsync("ces?by=group")).Body!["ces"]!["answers"]!);
    }

    [Fact]
    public async Task StagesComeInTheOrderOfTheirJourneyAndASitesOwnLast()
    {
        var site = await collector.NewSiteAsync();
        var groups = new TestGroups(site);
        foreach (var (stage, i) in ((string[])["advocacy", "follow-up", "awareness", "a-stage-of-ours", "discovery"]).Select((stage, i) => (stage, i)))
        {
            await groups.AddAsync($"g{i}", [$"/page{i}"], stage);
            await site.StoreAsync(site.Response(effort: 4).On($"https://shop.example/page{i}"));
        }

        Assert.Equal(["awareness", "advocacy", "discovery", "follow-up", "a-stage-of-ours"], (await BreakdownAsync(site, "stage")).Select(part => part.Key));
    }

    [Fact]
    public async Task AGroupSaysHowMuchItsTouchpointsDiffer()
    {
        var site = await collector.NewSiteAsync();
        await new TestGroups(site).AddAsync("all", ["/**"]);
        await new TestGroups(site).AddAsync("alike", ["/a", "/b"]);
        await new TestGroups(site).AddAsync("one", ["/a"]);
        foreach (var (page, scores) in ((string, int[])[])[("a", [1, 2, 1, 2]), ("b", [1, 2, 1, 2]), ("c", [6, 7, 6, 7])])
        {
            await site.StoreAsync([.. scores.Select(score => site.Response(effort: score).On($"https://shop.example/{page}"))]);
        }

        var parts = (await site.GetAsync("ces?by=group")).Body!["breakdown"]!.AsArray().ToDictionary(part => (string)part!["key"]!, part => part!["consistency"]);

        // As indexes: two touchpoints of 0 and 100/6, one of 500/6 and 100. SciPy: stats.f_oneway(a, b, c).pvalue
        Assert.Equal((3, "consistency-1"), ((int)parts["all"]!["touchpoints"]!, (string?)parts["all"]!["formula"]));
        Assert.InRange((double)parts["all"]!["deviation"]!, 45, 50);
        Assert.InRange((double)parts["all"]!["p"]!, 0, 0.001);
        Assert.Equal((2, 0.0, 1.0), ((int)parts["alike"]!["touchpoints"]!, (double)parts["alike"]!["deviation"]!, (double)parts["alike"]!["p"]!));
        Assert.Null(parts["one"]);
    }

    [Fact]
    public async Task FiguresFollowWhenAGroupChangesAndWhenTouchpointsComeAndGo()
    {
        var site = await SiteWithGroupsAsync();
        var groups = new TestGroups(site);
        Assert.Equal((2, 6.0), await CesAsync(site, "group=help"));

        await site.StoreAsync(site.Response(effort: 3).On("https://shop.example/help/new"));
        Assert.Equal((3, 5.0), await CesAsync(site, "group=help"));

        await groups.SendAsync(HttpMethod.Patch, "/help", """{ "patterns": ["/about"] }""");
        Assert.Equal((1, 4.0), await CesAsync(site, "group=help"));

        // A rule takes its pages to another touchpoint, and the group with it.
        var rules = new TestRules(site);
        await rules.AddAsync("/help/**");
        await rules.PlacedAsync();
        await groups.SendAsync(HttpMethod.Patch, "/help", """{ "patterns": ["/help/*"] }""");
        Assert.Equal((0, null), await CesAsync(site, "group=help"));
        await groups.SendAsync(HttpMethod.Patch, "/help", """{ "patterns": ["/help/**"] }""");
        Assert.Equal((3, 5.0), await CesAsync(site, "group=help"));
    }

    [Fact]
    public async Task WhatCameTooLateForATouchpointOfItsOwnIsInNoGroup()
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["maximumTouchpoints"] = 1 });
        await new TestGroups(site).AddAsync("all", ["/**"]);
        await site.StoreAsync(site.Response(effort: 2).On("https://shop.example/a"), site.Response(effort: 6).On("https://shop.example/b"));

        Assert.Equal((1, 2.0), await CesAsync(site, "group=all"));
        Assert.Equal([(null, 1), ("all", 1)], await BreakdownAsync(site, "group"));
    }

    [Theory]
    [InlineData("group=bye", "group")]
    [InlineData("group=", "group")]
    [InlineData("stage=despair", "stage")]
    [InlineData("group=bye&stage=despair", "group", "stage")]
    public async Task AGroupOrAStageThatTheSiteDoesNotHaveIsNamed(string query, params string[] wrong)
    {
        var site = await collector.NewSiteAsync();
        await new TestGroups(site).AddAsync("buy", ["/"]);
        foreach (var figure in (string[])["ces", "touchpoints", "intents"])
        {
            var reply = await site.GetAsync($"{figure}?{query}");
            Assert.Equal((HttpStatusCode.BadRequest, string.Join(' ', wrong)), (reply.Status, string.Join(' ', reply.WrongFields)));
        }
    }

    /// <summary>A cart that is in two groups of one stage, a page of each of them, a group without a stage, and a page in no group.</summary>
    private async Task<TestSite> SiteWithGroupsAsync()
    {
        var site = await collector.NewSiteAsync();
        var groups = new TestGroups(site);
        await groups.AddAsync("buy", ["/cart", "/pay"], "decision", "buyer");
        await groups.AddAsync("offers", ["/cart", "/offers/*"], "decision", "buyer");
        await groups.AddAsync("help", ["/help/**"]);
        await site.StoreAsync(
            site.Response(effort: 2).On("https://shop.example/cart"),
            site.Response(effort: 3).On("https://shop.example/cart"),
            site.Response(effort: 1).On("https://shop.example/pay"),
            site.Response(effort: 4, intent: "compare").On("https://shop.example/offers/12"),
            site.Response(effort: 5).On("https://shop.example/help"),
            site.Response(effort: 7).On("https://shop.example/help/me/12"),
            site.Response(effort: 4).On("https://shop.example/about"));
        return site;
    }

    private static async Task<(int Answers, double? Mean)> CesAsync(TestSite site, string query)
    {
        var ces = await site.CesAsync(query);
        return ((int)ces["answers"]!, (double?)ces["mean"]);
    }

    private static async Task<IEnumerable<(string? Key, int Answers)>> BreakdownAsync(TestSite site, string by) =>
        [.. (await site.GetAsync($"ces?by={by}")).Body!["breakdown"]!.AsArray().Select(part => ((string?)part!["key"], (int)part["ces"]!["answers"]!))];
}
