using System.Net;
using System.Text.Json.Nodes;
using Collector.Statistics;
using Collector.Tests.Support;

namespace Collector.Tests.Insights.Changes;

/// <summary>The day of the change is the 19th; with windows of two days, the 17th and 18th are before it and the 20th and 21st after. Today is the 22nd.</summary>
public sealed class ChangeRoutesTests(RunningCollector collector)
{
    private const string Page = "https://shop.example/contact", Control = "https://shop.example/service";

    [Fact]
    public async Task AChangeIsNotedReadChangedAndRemoved()
    {
        var changes = new Saved(await collector.NewSiteAsync(), "changes");

        var made = await changes.SendAsync(HttpMethod.Post, body: """{ "title": "Prices first", "date": "2026-11-19", "selection": { "intent": "buy" }, "control": { "intent": "help" } }""");
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var id = (string)made.Body!["id"]!;
        Assert.EndsWith($"/changes/{id}", made.Message.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            ("""{"from":"2026-10-22","to":"2026-11-18"}""", """{"from":"2026-11-20","to":"2026-12-17"}""", """{"intent":"help"}"""),
            (made.Body["before"]!.ToJsonString(), made.Body["after"]!.ToJsonString(), made.Body["control"]!.ToJsonString()));
        Assert.Null(made.Body["effect"]);

        var changed = await changes.SendAsync(HttpMethod.Patch, $"/{id}", """{ "days": 2, "note": "Also\non the phone", "control": {} }""");
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.Equal(("Prices first", 2, "Also\non the phone"), ((string?)changed.Body!["title"], (int)changed.Body["days"]!, (string?)changed.Body["note"]));
        Assert.Null(changed.Body["control"]);

        Assert.Equal(HttpStatusCode.NoContent, (await changes.SendAsync(HttpMethod.Delete, $"/{id}")).Status);
        Assert.All(
            [await changes.SendAsync(HttpMethod.Delete, $"/{id}"), await changes.SendAsync(HttpMethod.Get, $"/{id}"), await changes.SendAsync(HttpMethod.Patch, $"/{id}", "{}")],
            reply => Assert.Equal(HttpStatusCode.NotFound, reply.Status));
    }

    [Fact]
    public async Task ChangesAreListedLatestFirstPageByPageAndByDays()
    {
        var changes = new Saved(await collector.NewSiteAsync(), "changes");
        foreach (var day in (string[])["2026-11-03", "2026-11-20", "2026-11-03", "2026-12-24", "1999-12-31"])
        {
            await changes.SendAsync(HttpMethod.Post, body: $$"""{ "title": "x", "date": "{{day}}" }""");
        }

        Assert.Equal("2026-12-24 2026-11-20 2026-11-03 2026-11-03", await DaysAsync(limit: 1));
        Assert.Equal("2026-12-24 2026-11-20 2026-11-03 2026-11-03", await DaysAsync(limit: 3));
        Assert.Equal("2026-11-20 2026-11-03 2026-11-03", await DaysAsync(limit: 2, "&from=2026-11-03&to=2026-11-20"));
        Assert.Equal("2026-11-20", await DaysAsync(limit: 2, "&from=2026-11-04&to=2026-12-23"));

        async Task<string> DaysAsync(int limit, string query = "") => string.Join(' ', (await changes.ListAsync(limit, query)).Select(change => (string?)change["date"]));
    }

    [Fact]
    public async Task AChangeThatHelpedIsSeenInTheDaysAroundItAndTheDayItselfIsLeftOut()
    {
        var site = await SiteAsync(before: [1, 2, 2, 3, 2, 1, 2, 3], after: [6, 7, 5, 6, 7, 6, 5, 7], control: [4, 4, 5, 4]);

        var effect = await EffectAsync(site, $$"""{ "title": "x", "date": "2026-11-19", "days": 2, "selection": { "page": "{{Page}}" } }""");

        Assert.Equal(("improved", "change-1"), ((string?)effect["verdict"], (string?)effect["formula"]));
        Assert.Equal((8, 2.0), ((int)effect["before"]!["answers"]!, (double)effect["before"]!["mean"]!));
        Assert.Equal((8, 6.125), ((int)effect["after"]!["answers"]!, (double)effect["after"]!["mean"]!));
        var expected = ChangeEffect.Of(new BeforeAndAfter(new ScoreCounts(1, [2, 4, 2, 0, 0, 0, 0]), new ScoreCounts(1, [0, 0, 0, 0, 2, 3, 3])), control: null, windowIsFull: true);
        AssertDifference(expected.Effect!, effect["effect"]!);
        AssertDifference(expected.Difference!, effect["difference"]!);
        Assert.Equal(4.125, (double)effect["effect"]!["value"]!, 12);
        Assert.Equal((64.0, 1.0), ((double)effect["ranks"]!["u"]!, (double)effect["ranks"]!["superiority"]!));
        Assert.Equal(expected.Ranks!.P, (double)effect["ranks"]!["p"]!, 12);
        Assert.Null(effect["control"]);
        Assert.Null(effect["beyondControl"]);
    }

    [Fact]
    public async Task WhatHappenedToTheControlTooIsTakenOff()
    {
        int[] low = [1, 2, 2, 3, 2, 1, 2, 3], high = [6, 7, 5, 6, 7, 6, 5, 7];
        var site = await SiteAsync(low, high, control: [.. low]);
        await StoreAsync(site, Control, "2026-11-21", high);

        var effect = await EffectAsync(
            site, $$"""{ "title": "x", "date": "2026-11-19", "days": 2, "selection": { "page": "{{Page}}" }, "control": { "touchpoint": "shop.example/service" } }""");

        Assert.Equal("no detectable effect", (string?)effect["verdict"]);
        Assert.Equal(4.125, (double)effect["difference"]!["value"]!, 12);
        Assert.Equal(0, (double)effect["beyondControl"]!["value"]!, 12);
        Assert.Equal(effect["beyondControl"]!.ToJsonString(), effect["effect"]!.ToJsonString());
        Assert.True((double)effect["effect"]!["smallestDetectable"]! > 0);
        Assert.Equal((8, 8), ((int)effect["control"]!["before"]!["answers"]!, (int)effect["control"]!["after"]!["answers"]!));
    }

    [Fact]
    public async Task AChangeAndItsControlMayBeOfAGroupAStageOrOfVisitsWithMarks()
    {
        var site = await SiteAsync(before: [1, 2, 2, 3], after: [6, 7, 5], control: [4, 4]);
        var groups = new TestGroups(site);
        await groups.AddAsync("contact", ["/contact"], "our-own");
        await groups.AddAsync("service", ["/service"], "discovery");
        await site.StoreAsync(site.Response(effort: 3).On(Page).With("tags", new JsonObject { ["segment"] = "business" }).With("answeredAt", "2026-11-18T08:30:00Z"));

        Assert.Equal((5, 3, 2, 0), await AnswersAsync("""{ "group": "contact" }""", """{ "stage": "discovery" }"""));
        Assert.Equal((2, 0, 5, 3), await AnswersAsync("""{ "group": "service" }""", """{ "stage": "our-own" }"""));
        Assert.Equal((1, 0, 2, 0), await AnswersAsync("""{ "tags": { "segment": "business" } }""", """{ "group": "service" }"""));

        async Task<(int, int, int, int)> AnswersAsync(string selection, string control)
        {
            var effect = await EffectAsync(site, $$"""{ "title": "x", "date": "2026-11-19", "days": 2, "selection": {{selection}}, "control": {{control}} }""");
            return ((int)effect["before"]!["answers"]!, (int)effect["after"]!["answers"]!, (int)effect["control"]!["before"]!["answers"]!, (int)effect["control"]!["after"]!["answers"]!);
        }
    }

    [Fact]
    public async Task AChangeThatDidHarmIsWorse()
    {
        var site = await SiteAsync(before: [6, 7, 5, 6, 7, 6, 5, 7], after: [1, 2, 2, 3, 2, 1, 2, 3], control: []);
        Assert.Equal("worse", (string?)(await EffectAsync(site, """{ "title": "x", "date": "2026-11-19", "days": 2 }"""))["verdict"]);
    }

    [Fact]
    public async Task NothingIsToldUntilTheLastDayAfterItIsOver()
    {
        var site = await SiteAsync(before: [1, 2, 2, 3, 2, 1, 2, 3], after: [6, 7, 5, 6, 7, 6, 5, 7], control: []);
        foreach (var (day, days) in ((string, int)[])[("2026-11-20", 2), ("2026-11-22", 1), ("2026-11-19", 3), ("2026-12-24", 7)])
        {
            var effect = await EffectAsync(site, $$"""{ "title": "x", "date": "{{day}}", "days": {{days}} }""");

            Assert.Equal("too early", (string?)effect["verdict"]);
            Assert.All(effect.AsObject().Where(member => member.Key is not ("verdict" or "formula")), member => Assert.Null(member.Value));
        }

        Assert.Equal("improved", (string?)(await EffectAsync(site, """{ "title": "x", "date": "2026-11-19", "days": 2 }"""))["verdict"]);
    }

    [Fact]
    public async Task AChangeOfWhatNobodyAnsweredAboutHasNoDetectableEffect()
    {
        var site = await SiteAsync(before: [1, 2], after: [6, 7], control: []);

        var effect = await EffectAsync(site, """{ "title": "x", "date": "2026-11-19", "days": 2, "selection": { "touchpoint": "shop.example/nowhere" } }""");

        Assert.Equal(("no detectable effect", 0), ((string?)effect["verdict"], (int)effect["before"]!["answers"]!));
        Assert.Null(effect["effect"]);
    }

    [Fact]
    public async Task OfSeveralScalesTheOneWithMostToCompareIsCompared()
    {
        var site = await SiteAsync(before: [1, 2, 2], after: [6, 7, 6], control: []);
        await new TestSurveys(site).AddAsync("five", questions: """{ "standard": "ces-1" }""");
        var five = site.Response().With("survey", "five").Answering("effort", score: 1).With("answeredAt", "2026-11-20T12:00:00Z");
        await site.StoreAsync(five, five.Next().With("id", Guid.CreateVersion7().ToString()), five.Next().With("id", Guid.CreateVersion7().ToString()), five.Next().With("id", Guid.CreateVersion7().ToString()));

        var effect = await EffectAsync(site, """{ "title": "x", "date": "2026-11-19", "days": 2 }""");

        Assert.Equal("""{"min":1,"max":7,"easy":"high"}""", effect["scale"]!.ToJsonString());
        Assert.Equal(14 / 3.0, (double)effect["effect"]!["value"]!, 12);
        Assert.Equal(2, effect["after"]!["scales"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("{}", HttpStatusCode.BadRequest, "/date", "/title")]
    [InlineData("""{ "title": "x", "date": "2026-11-31" }""", HttpStatusCode.BadRequest, "/date")]
    [InlineData("""{ "title": "", "date": "2100-01-01", "days": 367 }""", HttpStatusCode.UnprocessableEntity, "/date", "/days", "/title")]
    [InlineData("""{ "title": "x", "date": "2026-11-19", "selection": { "intent": "buy" }, "control": { "intent": "buy" } }""", HttpStatusCode.UnprocessableEntity, "/control")]
    [InlineData("""{ "title": "x", "date": "2026-11-19", "selection": { "page": "https://a.example/", "touchpoint": "a.example/" }, "control": { "device": "toaster" } }""", HttpStatusCode.UnprocessableEntity, "/control/device", "/selection/touchpoint")]
    [InlineData("""{ "title": "x", "date": "2026-11-19", "selection": { "tags": { "a": "1", "b": "2" } }, "control": { "tags": { "b": "2", "a": "1" } } }""", HttpStatusCode.UnprocessableEntity, "/control")]
    public async Task WhatIsWrongWithAChangeIsNamed(string change, HttpStatusCode status, params string[] fields)
    {
        var reply = await new Saved(await collector.NewSiteAsync(), "changes").SendAsync(HttpMethod.Post, body: change);

        Assert.Equal(status, reply.Status);
        Assert.Equal(fields, reply.WrongFields);
    }

    [Theory]
    [InlineData("cursor=YQ", "cursor")]
    [InlineData("limit=0", "limit")]
    [InlineData("from=yesterday", "from")]
    [InlineData("by=day", "by")]
    public async Task AParameterThatIsWrongOrUnknownIsNamed(string query, string parameter)
    {
        var reply = await (await collector.NewSiteAsync()).GetAsync($"changes?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal([parameter], reply.WrongFields);
    }

    // Scores before the change, after it, and elsewhere before it; scores that no window holds beside them.
    private async Task<TestSite> SiteAsync(int[] before, int[] after, int[] control)
    {
        var site = await collector.NewSiteAsync();
        await StoreAsync(site, Page, "2026-11-17", before[1..]);
        await StoreAsync(site, Page, "2026-11-18", before[..1]);
        await StoreAsync(site, Page, "2026-11-20", after[1..]);
        await StoreAsync(site, Page, "2026-11-21", after[..1]);
        await StoreAsync(site, Control, "2026-11-17", control);
        await StoreAsync(site, Page, "2026-11-19", [1, 7, 1, 7]);
        await StoreAsync(site, Page, "2026-11-16", [7, 7, 7]);
        await StoreAsync(site, Page, "2026-11-22", [1, 1, 1]);
        return site;
    }

    private static Task StoreAsync(TestSite site, string page, string day, int[] scores) =>
        site.StoreAsync([.. scores.Select(score => site.Response(effort: score).On(page).With("answeredAt", $"{day}T08:30:00Z"))]);

    private static async Task<JsonNode> EffectAsync(TestSite site, string change)
    {
        var changes = new Saved(site, "changes");
        return (await changes.ReadAsync($"/{await changes.AddAsync(change)}"))["effect"]!;
    }

    private static void AssertDifference(MeanDifference expected, JsonNode difference)
    {
        Assert.Equal(expected.Value, (double)difference["value"]!, 12);
        Assert.Equal(expected.Interval!.Low, (double)difference["interval"]!["low"]!, 12);
        Assert.Equal(expected.BoundedInterval!.High, (double)difference["boundedInterval"]!["high"]!, 12);
        Assert.Equal(expected.SmallestDetectable!.Value, (double)difference["smallestDetectable"]!, 12);
    }
}
