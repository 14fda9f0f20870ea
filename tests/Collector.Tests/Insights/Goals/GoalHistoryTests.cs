using System.Net;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Insights.Goals;

/// <summary>How the figure of a goal got where it stands.</summary>
public sealed class GoalHistoryTests(RunningCollector collector)
{
    [Theory]
    [InlineData("ces", "ces", "ces", "mean", "meanInterval")]
    [InlineData("easy", "ces", "ces", "easy.share", "easy")]
    [InlineData("nps", "nps", "nps", "score", "interval")]
    [InlineData("csat", "csat", "csat", "index", "indexInterval")]
    public async Task EachPartIsWhatTheFiguresOwnRouteSaysOfIt(string metric, string route, string figure, string value, string interval)
    {
        var site = await FilledAsync();
        foreach (var by in (string[])["day", "week", "month"])
        {
            var history = await HistoryAsync(site, metric, $"from=2026-10-26&to=2026-11-22&by={by}");
            var parts = (await site.GetAsync($"{route}?intent=buy&from=2026-10-26&to=2026-11-22&by={by}")).Body!["breakdown"]!.AsArray();

            Assert.Equal(("2026-10-26", "2026-11-22", metric), ((string?)history["from"], (string?)history["to"], (string?)history["metric"]));
            Assert.Equal(by == "day" ? 4 : by == "week" ? 2 : 1, parts.Count);
            Assert.Equal(
                parts.Select(part => ((string?)part!["key"], (long)part[figure]!["answers"]!, In(part[figure]!, value), In(part[figure]!, $"{interval}.low"))),
                history["items"]!.AsArray().Select(part => ((string?)part!["key"], (long)part["answers"]!, In(part, "value"), In(part, "interval.low"))));
        }
    }

    [Fact]
    public async Task WhoIsStillBusyIsInNoShareOfSuccess()
    {
        var site = await FilledAsync();

        var history = await HistoryAsync(site, "success", "by=week");

        // Three of four, and six of nine; the intervals are Wilson's.
        Assert.Equal(
            [("2026-W46", 4, 0.75, 0.30064, 0.95441), ("2026-W47", 9, 0.66667, 0.3542, 0.87942)],
            history["items"]!.AsArray().Select(part => ((string)part!["key"]!, (int)part["answers"]!, Math.Round((double)part["value"]!, 5),
                Math.Round((double)part["interval"]!["low"]!, 5), Math.Round((double)part["interval"]!["high"]!, 5))));
    }

    [Fact]
    public async Task AnswersOnTwoScalesHaveALineThroughTheirIndexButNoneThroughTheirMeans()
    {
        var site = await collector.NewSiteAsync();
        await new TestSurveys(site).AddAsync("first", questions: """{ "standard": "ces-1" }""");
        await site.StoreAsync(
            site.Response(effort: 7).With("answeredAt", "2026-11-20T12:00:00Z"), site.Response(effort: 3).With("survey", "first").With("answeredAt", "2026-11-21T12:00:00Z"));

        var means = await new Saved(site, "goals").AddAsync(Goal("ces", "{}"));
        var indexes = await new Saved(site, "goals").AddAsync(Goal("index", "{}"));

        Assert.Equal([null, null], await ValuesAsync(means));
        Assert.Equal([100.0, 50.0], await ValuesAsync(indexes));

        async Task<IEnumerable<double?>> ValuesAsync(string id) =>
            (await new Saved(site, "goals").ReadAsync($"/{id}/history"))["items"]!.AsArray().Select(part => (double?)part!["value"]);
    }

    [Fact]
    public async Task WhatWasChangedMeanwhileIsInItAndWhatTouchesOthersIsNot()
    {
        var site = await FilledAsync();
        var changes = new Saved(site, "changes");
        await changes.AddAsync("""{ "title": "The form asks for less", "date": "2026-11-02", "selection": { "intent": "buy" } }""");
        await changes.AddAsync("""{ "title": "Help is found", "date": "2026-11-02", "selection": { "intent": "help" } }""");

        var history = await HistoryAsync(site, "ces", "by=week");

        Assert.Equal(["The form asks for less"], history["changes"]!.AsArray().Select(change => (string?)change!["title"]));
    }

    [Theory]
    [InlineData("by=intent", "by")]
    [InlineData("by=", "by")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=2026-13-01", "to")]
    [InlineData("from=2026-11-22&to=2026-11-21", "from")]
    public async Task WhatCannotBeAskedIsToldByItsField(string query, string field)
    {
        var site = await collector.NewSiteAsync();
        var id = await new Saved(site, "goals").AddAsync(Goal("ces", "{}"));

        var reply = await site.GetAsync($"goals/{id}/history?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal([field], reply.WrongFields);
    }

    [Fact]
    public async Task AnotherSitesGoalIsNotThere()
    {
        var id = await new Saved(await collector.NewSiteAsync(), "goals").AddAsync(Goal("ces", "{}"));
        var site = await collector.NewSiteAsync();

        Assert.All([await site.GetAsync($"goals/{id}/history"), await site.GetAsync("goals/nothing/history")], reply => Assert.Equal(HttpStatusCode.NotFound, reply.Status));
    }

    // Fifteen answers of four days in two weeks, and one of another intent.
    private async Task<TestSite> FilledAsync()
    {
        var site = await collector.NewSiteAsync();
        await new TestSurveys(site).AddAsync("all", questions: """{ "standard": "single-ease" }, { "standard": "nps" }, { "standard": "csat" }, { "standard": "intent" }, { "standard": "success" }""");
        var given = new[] { ("2026-11-15T12", 5), ("2026-11-16T12", 4), ("2026-11-20T12", 3), ("2026-11-22T08", 3) };
        foreach (var (hour, count) in given)
        {
            await site.StoreAsync([.. Enumerable.Range(0, count).Select(i => site
                .Response(effort: 1 + ((i * 3) % 7), intent: "buy", success: i == 2 ? "no" : i == 4 || (hour == "2026-11-22T08" && i == 1) ? "busy" : "yes")
                .With("answeredAt", $"{hour}:00:00Z")
                .With("survey", "all").Answering("nps", score: 10 - (i * 2)).Answering("csat", score: 1 + i))]);
        }

        await site.StoreAsync(site.Response(effort: 1, intent: "help", success: "no"));
        return site;
    }

    private static async Task<JsonNode> HistoryAsync(TestSite site, string metric, string query)
    {
        var goals = new Saved(site, "goals");
        return await goals.ReadAsync($"/{await goals.AddAsync(Goal(metric, """{ "intent": "buy" }"""))}/history?{query}");
    }

    private static string Goal(string metric, string selection) =>
        $$"""{ "name": "x", "metric": "{{metric}}", "selection": {{selection}}, "target": 1, "date": "2026-12-31", "days": 7 }""";

    // Without an interval there is no lower end either.
    private static double? In(JsonNode node, string path) => path.Split('.').Aggregate((JsonNode?)node, (at, name) => at?[name]) is { } found
        ? Math.Round(found.GetValue<double>(), 9)
        : null;
}
