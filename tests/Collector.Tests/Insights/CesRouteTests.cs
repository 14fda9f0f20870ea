using System.Net;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Insights;

/// <summary>The route; the formula itself is held against SciPy in CesFigureTests.</summary>
public sealed class CesRouteTests(RunningCollector collector)
{
    [Fact]
    public async Task AFigureComesWithItsNumberItsIntervalsAndItsFormula()
    {
        var site = await collector.NewSiteAsync();
        foreach (var score in (int[])[1, 2, 4, 4, 5, 6, 6, 7, 7, 7])
        {
            await site.StoreAsync(site.Response(effort: score));
        }

        var ces = await site.CesAsync();

        Assert.Equal(10, (int)ces["answers"]!);
        Assert.Equal(4.9, (double)ces["mean"]!, 12);

        // SciPy: stats.t.interval(.95, 9, mean(x), sem(x)); stats.binomtest(6, 10).proportion_ci(method='wilson')
        Assert.Equal(3.37502, (double)ces["meanInterval"]!["low"]!, 5);
        Assert.Equal(6.42498, (double)ces["meanInterval"]!["high"]!, 5);
        Assert.Equal(100 * 3.9 / 6, (double)ces["index"]!, 12);
        Assert.Equal(0.6, (double)ces["easy"]!["share"]!, 12);
        Assert.Equal(0.31267, (double)ces["easy"]!["low"]!, 5);
        Assert.Equal(0.83182, (double)ces["easy"]!["high"]!, 5);
        Assert.Equal(0.2, (double)ces["difficult"]!["share"]!, 12);
        Assert.Equal(0.4, (double)ces["net"]!, 12);
        Assert.Equal("""{"1":1,"2":1,"3":0,"4":2,"5":1,"6":2,"7":3}""", ces["distribution"]!.ToJsonString());
        Assert.Equal("""{"min":1,"max":7,"easy":"high"}""", ces["scale"]!.ToJsonString());
        Assert.True((bool)ces["enough"]!);
        Assert.Equal("ces-1", (string?)ces["formula"]);
    }

    [Fact]
    public async Task WithoutAnswersThereIsNoMeanAndNotEnough()
    {
        var site = await collector.NewSiteAsync();

        var reply = await site.GetAsync("ces");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(("2026-10-26", "2026-11-22"), ((string?)reply.Body!["from"], (string?)reply.Body["to"]));
        var ces = reply.Body["ces"]!;
        Assert.Equal(0, (int)ces["answers"]!);
        Assert.Null(ces["mean"]);
        Assert.Null(ces["meanInterval"]);
        Assert.Null(ces["easy"]);
        Assert.False((bool)ces["enough"]!);
        Assert.Null(reply.Body["breakdown"]);
    }

    [Fact]
    public async Task APageWithoutATouchpointOfItsOwnHasTheFigureOfTheOthersAndSaysSo()
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["maximumTouchpoints"] = 1 });
        await site.StoreAsync(site.Response(effort: 2).On("https://shop.example/orders/12"));
        Assert.Equal(("shop.example/late", 0), await AskAsync("page=https://shop.example/late")); // It may still become one.

        await site.StoreAsync(site.Response(effort: 6).On("https://shop.example/late"), site.Response(effort: 4).On("https://shop.example/later"));

        Assert.Equal(("shop.example/orders/{id}", 1), await AskAsync("page=https://shop.example/orders/13"));
        Assert.Equal(("{other}", 2), await AskAsync("page=https://shop.example/late"));
        Assert.Equal((null, 0), await AskAsync("touchpoint=shop.example/late")); // Who names a touchpoint means that one.
        Assert.Equal("{other}", (string?)(await site.GetAsync("nps?page=https://shop.example/late")).Body!["touchpoint"]);
        Assert.Equal("{other}", (string?)(await site.GetAsync("csat?page=https://shop.example/late")).Body!["touchpoint"]);
        Assert.Equal(2, (await site.GetAsync("touchpoints?page=https://shop.example/late")).Body!["items"]!.AsArray().Sum(item => (int)item!["responses"]!));

        async Task<(string?, int)> AskAsync(string query)
        {
            var body = (await site.GetAsync($"ces?{query}")).Body!;
            return ((string?)body["touchpoint"], (int)body["ces"]!["answers"]!);
        }
    }

    [Fact]
    public async Task EnoughIsWhatTheSiteSays()
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["minimumAnswers"] = 2 });
        await site.StoreAsync(site.Response(effort: 6));
        Assert.False((bool)(await site.CesAsync())["enough"]!);

        await site.StoreAsync(site.Response(effort: 6));
        Assert.True((bool)(await site.CesAsync())["enough"]!);
    }

    [Fact]
    public async Task DaysAreBothIncluded()
    {
        var site = await collector.NewSiteAsync();
        foreach (var day in (int[])[18, 19, 20, 21])
        {
            await site.StoreAsync(site.Response(effort: 6).With("answeredAt", $"2026-11-{day}T12:00:00Z"));
        }

        Assert.Equal(2, (int)(await site.CesAsync("from=2026-11-19&to=2026-11-20"))["answers"]!);
        Assert.Equal(1, (int)(await site.CesAsync("from=2026-11-20&to=2026-11-20"))["answers"]!);
    }

    [Fact]
    public async Task AFigureIsBrokenDownByDayTouchpointAndIntent()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(
            site.Response(effort: 2, intent: "help").On("https://shop.example/a").With("answeredAt", "2026-11-20T12:00:00Z"),
            site.Response(effort: 4, intent: "buy").On("https://shop.example/b").With("answeredAt", "2026-11-20T12:00:00Z"),
            site.Response(effort: 6).On("https://shop.example/b").With("answeredAt", "2026-11-21T12:00:00Z"),
            site.Response(intent: "job"));

        Assert.Equal([("2026-11-20", 3.0), ("2026-11-21", 6.0)], await BreakdownAsync("day"));
        Assert.Equal([("shop.example/a", 2.0), ("shop.example/b", 5.0)], await BreakdownAsync("touchpoint"));
        Assert.Equal([(null, 6.0), ("buy", 4.0), ("help", 2.0)], await BreakdownAsync("intent"));
        Assert.Equal([("buy", 4.0)], await BreakdownAsync("intent&touchpoint=shop.example/b&to=2026-11-20"));

        async Task<IEnumerable<(string?, double)>> BreakdownAsync(string by) =>
            (await site.GetAsync($"ces?by={by}")).Body!["breakdown"]!.AsArray().Select(part => ((string?)part!["key"], (double)part["ces"]!["mean"]!)).ToList();
    }

    [Fact]
    public async Task FiltersNarrowTheSelection()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(
            site.Response(effort: 1, intent: "buy", success: "no").With("device", "mobile").With("language", "nl"),
            site.Response(effort: 7, intent: "help", success: "yes").With("device", "desktop").With("language", "en-GB").On("https://shop.example/orders/12"));

        foreach (var filter in (string[])["intent=help", "success=yes", "device=desktop", "language=en-gb", "page=https://shop.example/orders/99", "touchpoint=shop.example/orders/%7Bid%7D"])
        {
            Assert.Equal((filter, 7.0), (filter, (double)(await site.CesAsync(filter))["mean"]!));
        }

        Assert.Equal(0, (int)(await site.CesAsync("touchpoint=shop.example/nowhere"))["answers"]!);
    }

    [Theory]
    [InlineData("frm=2026-11-01", "frm")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-02-30", "from")]
    [InlineData("to=2026-11-22T00:00:00", "to")]
    [InlineData("from=2026-11-22&to=2026-11-21", "from")]
    [InlineData("from=1900-01-01", "from")]
    [InlineData("from=2026-11-01&from=2026-11-02", "from")]
    [InlineData("by=colour", "by")]
    [InlineData("device=toaster", "device")]
    [InlineData("page=shop.example/contact", "page")]
    [InlineData("page=https://shop.example/&touchpoint=shop.example/", "touchpoint")]
    [InlineData("touchpoint=", "touchpoint")]
    [InlineData("intent=", "intent")]
    [InlineData("limit=5", "limit")]
    public async Task AParameterThatIsWrongOrUnknownIsNamed(string query, string parameter)
    {
        var site = await collector.NewSiteAsync();

        var reply = await site.GetAsync($"ces?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal([parameter], reply.WrongFields);
    }
}
