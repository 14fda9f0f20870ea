using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Insights.Goals;

public sealed class GoalRoutesTests(RunningCollector collector)
{
    private const string Easy = """{ "name": "Buying is easy", "metric": "easy", "selection": { "intent": "buy" }, "target": 0.7, "date": "2027-03-31", "weight": 2 }""";

    [Fact]
    public async Task AGoalIsMadeReadChangedAndRemoved()
    {
        var goals = new Saved(await collector.NewSiteAsync(), "goals");

        var made = await goals.SendAsync(HttpMethod.Post, body: Easy);
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var id = (string)made.Body!["id"]!;
        Assert.EndsWith($"/goals/{id}", made.Message.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal(("""{"intent":"buy"}""", 28, 2.0), (made.Body["selection"]!.ToJsonString(), (int)made.Body["days"]!, (double)made.Body["weight"]!));
        Assert.Null(made.Body["standing"]);
        AssertSame(made.Body, await goals.ReadAsync($"/{id}"));

        var changed = await goals.SendAsync(HttpMethod.Patch, $"/{id}", """{ "target": 60, "metric": "index", "selection": {} }""");
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.Equal(("index", 60.0, "{}", "Buying is easy"), ((string?)changed.Body!["metric"], (double)changed.Body["target"]!, changed.Body["selection"]!.ToJsonString(), (string?)changed.Body["name"]));
        AssertSame(changed.Body, await goals.ReadAsync($"/{id}"));

        Assert.Equal(HttpStatusCode.NoContent, (await goals.SendAsync(HttpMethod.Delete, $"/{id}")).Status);
        Assert.All(
            [await goals.SendAsync(HttpMethod.Delete, $"/{id}"), await goals.SendAsync(HttpMethod.Get, $"/{id}"), await goals.SendAsync(HttpMethod.Patch, $"/{id}", "{}")],
            reply => Assert.Equal(HttpStatusCode.NotFound, reply.Status));

        static void AssertSame(JsonNode expected, JsonNode read)
        {
            read.AsObject().Remove("standing");
            Assert.Equal(expected.ToJsonString(), read.ToJsonString());
        }
    }

    [Fact]
    public async Task GoalsAreListedInTheOrderInWhichTheyWereMadePageByPage()
    {
        var goals = new Saved(await collector.NewSiteAsync(), "goals");
        List<string> made = [await goals.AddAsync(Easy), await goals.AddAsync(Easy), await goals.AddAsync(Easy)];

        var listed = await goals.ListAsync(limit: 2);

        Assert.Equal(made.Order(StringComparer.Ordinal), listed.Select(goal => (string)goal["id"]!));
        Assert.All(listed, goal => Assert.Equal("at risk", (string?)goal["standing"]!["status"]));
    }

    [Fact]
    public async Task AGoalStandsWhereTheFigureOfTheSameDaysStands()
    {
        var site = await collector.NewSiteAsync();
        foreach (var (score, i) in ((int[])[1, 2, 4, 4, 5, 6, 6, 7, 7, 7, 6, 7]).Select((score, i) => (score, i)))
        {
            await site.StoreAsync(
                site.Response(effort: score, intent: "buy", success: i < 8 ? "yes" : i < 10 ? "no" : "busy").With("answeredAt", $"2026-11-{17 + (i % 5)}T12:00:00Z"),
                site.Response(effort: 1, intent: "help", success: "no"));
        }

        var ces = (await site.GetAsync("ces?intent=buy&from=2026-11-16")).Body!["ces"]!;

        AssertFigure(await StandingAsync("ces", 6), ces["mean"], ces["meanInterval"], answers: 12, missing: 6 - (double)ces["mean"]!);
        AssertFigure(await StandingAsync("easy", 0.5), ces["easy"]!["share"], ces["easy"], answers: 12, missing: 0);
        var index = await StandingAsync("index", 90);
        AssertFigure(index, ces["index"], new JsonObject { ["low"] = AsIndex(ces["meanInterval"]!["low"]!), ["high"] = AsIndex(ces["meanInterval"]!["high"]!) }, answers: 12, missing: 90 - (double)ces["index"]!);
        Assert.Equal(("2026-11-16", "2026-11-22", "goal-1"), ((string?)index["from"], (string?)index["to"], (string?)index["formula"]));

        // Wilson's interval of 8 of 10: who is still busy does not count.
        AssertFigure(await StandingAsync("success", 0.9), 0.8, new JsonObject { ["low"] = 0.49016, ["high"] = 0.94332 }, answers: 10, missing: 0.1);

        static double AsIndex(JsonNode ease) => 100 * ((double)ease - 1) / 6;

        async Task<JsonNode> StandingAsync(string metric, double target) => await new Saved(site, "goals").StandingAsync(
            $$"""{ "name": "x", "metric": "{{metric}}", "selection": { "intent": "buy" }, "target": {{target.ToString(CultureInfo.InvariantCulture)}}, "date": "2026-12-31", "days": 7 }""");

        static void AssertFigure(JsonNode standing, JsonNode? value, JsonNode? interval, int answers, double missing)
        {
            Assert.Equal(answers, (int)standing["answers"]!);
            Assert.Equal((double)value!, (double)standing["value"]!, 9);
            Assert.Equal((double)interval!["low"]!, (double)standing["interval"]!["low"]!, 4);
            Assert.Equal((double)interval["high"]!, (double)standing["interval"]!["high"]!, 4);
            Assert.Equal(missing, (double)standing["missing"]!, 9);
        }
    }

    [Theory]
    [InlineData("""{ "group": "buy" }""", 3)]
    [InlineData("""{ "stage": "decision" }""", 4)]
    [InlineData("""{ "group": "buy", "stage": "decision", "touchpoint": "shop.example/pay" }""", 1)]
    [InlineData("""{ "tags": { "segment": "business" } }""", 3)]
    [InlineData("""{ "tags": { "segment": "business", "plan": "\"free\"" } }""", 1)]
    [InlineData("""{ "group": "buy", "tags": { "segment": "business" } }""", 2)]
    [InlineData("""{ "tags": {} }""", 6)]
    public async Task AGoalMayBeOfAGroupAStageOrOfVisitsWithMarks(string selection, int answers)
    {
        var site = await collector.NewSiteAsync();
        var groups = new TestGroups(site);
        await groups.AddAsync("buy", ["/cart", "/pay"], "decision");
        await groups.AddAsync("offers", ["/offers"], "decision");
        await site.StoreAsync(
            On("cart"), On("cart", ("segment", "business")), On("pay", ("segment", "business"), ("plan", "\"free\"")), On("offers"), On("about", ("segment", "business")), On("about", ("segment", "private")));
        var goals = new Saved(site, "goals");
        foreach (var metric in (string[])["ces", "index", "easy"])
        {
            var id = await goals.AddAsync($$"""{ "name": "x", "metric": "{{metric}}", "selection": {{selection}}, "target": 1, "date": "2026-12-31" }""");

            Assert.Equal(answers, (int)(await goals.ReadAsync($"/{id}"))["standing"]!["answers"]!);
        }

        SomeResponse On(string page, params (string Name, string Value)[] tags) => site.Response(effort: 4).On($"https://shop.example/{page}")
            .With("tags", new JsonObject(tags.Select(tag => KeyValuePair.Create(tag.Name, (JsonNode?)tag.Value))));
    }

    [Fact]
    public async Task AGoalOfAGroupFollowsItAndIsEmptyOnceTheGroupIsGone()
    {
        var site = await collector.NewSiteAsync();
        var groups = new TestGroups(site);
        await groups.AddAsync("buy", ["/cart"]);
        await site.StoreAsync(site.Response(effort: 4).On("https://shop.example/cart"), site.Response(effort: 4).On("https://shop.example/pay"));
        var goals = new Saved(site, "goals");
        var id = await goals.AddAsync("""{ "name": "x", "metric": "ces", "selection": { "group": "buy" }, "target": 5, "date": "2026-12-31" }""");

        Assert.Equal(1, await AnswersAsync());
        await groups.SendAsync(HttpMethod.Patch, "/buy", """{ "patterns": ["/cart", "/pay"] }""");
        Assert.Equal(2, await AnswersAsync());
        await groups.SendAsync(HttpMethod.Delete, "/buy");
        Assert.Equal(0, await AnswersAsync());

        async Task<int> AnswersAsync() => (int)(await goals.ReadAsync($"/{id}"))["standing"]!["answers"]!;
    }

    [Fact]
    public async Task AGoalIsMetOnTrackAtRiskOrMissed()
    {
        var site = await collector.NewSiteAsync();
        var goals = new Saved(site, "goals");

        // From 3 to 6 within a week: nearly half a point a day.
        foreach (var day in Enumerable.Range(16, 7))
        {
            var score = 3 + ((day - 16) / 2);
            await site.StoreAsync([.. Enumerable.Range(0, 4).Select(i => site.Response(effort: score + (i % 2)).With("answeredAt", $"2026-11-{day}T09:00:00Z"))]);
        }

        Assert.Equal("met", await StatusAsync(target: 3, date: "2026-12-31"));
        Assert.Equal("on track", await StatusAsync(target: 6.5, date: "2026-12-31"));
        Assert.Equal("at risk", await StatusAsync(target: 6.5, date: "2026-11-23"));
        Assert.Equal("missed", await StatusAsync(target: 6.5, date: "2026-11-21"));

        // A goal whose date has passed is judged by the days up to it.
        var past = await goals.StandingAsync("""{ "name": "x", "metric": "ces", "target": 6, "date": "2026-11-18", "days": 2 }""");
        Assert.Equal(("2026-11-17", "2026-11-18", 8), ((string?)past["from"], (string?)past["to"], (int)past["answers"]!));

        async Task<string?> StatusAsync(double target, string date) => (string?)(await goals.StandingAsync(
            $$"""{ "name": "x", "metric": "ces", "target": {{target.ToString(CultureInfo.InvariantCulture)}}, "date": "{{date}}", "days": 7 }"""))["status"];
    }

    [Fact]
    public async Task AFewAnswersMeetNoGoal()
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["minimumAnswers"] = 3 });
        var id = await new Saved(site, "goals").AddAsync("""{ "name": "x", "metric": "ces", "target": 5, "date": "2026-12-31" }""");
        await site.StoreAsync(site.Response(effort: 7), site.Response(effort: 7));
        Assert.Equal((false, "on track"), await StandingAsync());

        await site.StoreAsync(site.Response(effort: 7));
        Assert.Equal((true, "met"), await StandingAsync());

        async Task<(bool, string?)> StandingAsync()
        {
            var standing = (await new Saved(site, "goals").ReadAsync($"/{id}"))["standing"]!;
            return ((bool)standing["enough"]!, (string?)standing["status"]);
        }
    }

    [Fact]
    public async Task AGoalOfWhatIsNotThereHasNoFigure()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 7));
        foreach (var selection in (string[])["""{ "touchpoint": "shop.example/nowhere" }""", """{ "survey": "gone" }""", """{ "page": "https://shop.example/nowhere" }"""])
        {
            var standing = await new Saved(site, "goals").StandingAsync($$"""{ "name": "x", "metric": "ces", "selection": {{selection}}, "target": 5, "date": "2026-12-31" }""");

            Assert.Equal((0, "at risk"), ((int)standing["answers"]!, (string?)standing["status"]));
            Assert.All((JsonNode?[])[standing["value"], standing["interval"], standing["missing"], standing["trend"]], Assert.Null);
        }
    }

    [Theory]
    [InlineData("{}", HttpStatusCode.BadRequest, "/date", "/metric", "/name", "/target")]
    [InlineData("""{ "name": "x", "metric": "colour", "target": 5, "date": "2026-12-31" }""", HttpStatusCode.BadRequest, "/metric")]
    [InlineData("""{ "name": "x", "metric": "ces", "target": 5, "date": "tomorrow" }""", HttpStatusCode.BadRequest, "/date")]
    [InlineData("""{ "name": "x", "metric": "ces", "target": "5", "date": "2026-12-31" }""", HttpStatusCode.BadRequest, "/target")]
    [InlineData("""{ "name": "x", "metric": "ces", "target": 5, "date": "2026-12-31", "selection": { "from": "2026-01-01" } }""", HttpStatusCode.BadRequest, "/selection/from")]
    [InlineData("""{ "name": " ", "metric": "ces", "target": 11, "date": "1999-12-31", "days": 0, "weight": -1 }""", HttpStatusCode.UnprocessableEntity, "/date", "/days", "/name", "/target", "/weight")]
    [InlineData("""{ "name": "x", "metric": "nps", "target": -101, "date": "2026-12-31" }""", HttpStatusCode.UnprocessableEntity, "/target")]
    [InlineData("""{ "name": "x", "metric": "easy", "target": 70, "date": "2026-12-31", "days": 367 }""", HttpStatusCode.UnprocessableEntity, "/days", "/target")]
    [InlineData("""{ "name": "x", "metric": "ces", "target": 5, "date": "2026-12-31", "selection": { "device": "toaster", "page": "shop", "survey": "" } }""", HttpStatusCode.UnprocessableEntity, "/selection/device", "/selection/page", "/selection/survey")]
    [InlineData("""{ "name": "x", "metric": "ces", "target": 5, "date": "2026-12-31", "selection": { "tags": { "a/b": "x" } } }""", HttpStatusCode.UnprocessableEntity, "/selection/tags/a~1b")]
    [InlineData("""{ "name": "x", "metric": "ces", "target": 5, "date": "2026-12-31", "selection": { "tags": { "a": 1 } } }""", HttpStatusCode.BadRequest, "/selection/tags/a")]
    public async Task WhatIsWrongWithAGoalIsNamed(string goal, HttpStatusCode status, params string[] fields)
    {
        var reply = await new Saved(await collector.NewSiteAsync(), "goals").SendAsync(HttpMethod.Post, body: goal);

        Assert.Equal(status, reply.Status);
        Assert.Equal(fields, reply.WrongFields);
    }

    [Fact]
    public async Task AReaderMakesNoGoal()
    {
        var site = await collector.NewSiteAsync();
        using var content = new StringContent(Easy, System.Text.Encoding.UTF8, "application/json");
        using var response = await site.Analyst.PostAsync($"/v1/sites/{site.Id}/goals", content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(await new Saved(site, "goals").ListAsync(limit: 50));
    }
}

file static class Standings
{
    /// <summary>Makes a goal, and reads where it stands.</summary>
    public static async Task<JsonNode> StandingAsync(this Saved goals, string body) => (await goals.ReadAsync($"/{await goals.AddAsync(body)}"))["standing"]!;
}
