using System.Net;
using Collector.Tests.Support;

namespace Collector.Tests.Sites;

public sealed class SurveyRoutesTests(RunningCollector collector)
{
    [Fact]
    public async Task ASurveyIsMadeReadShownPausedAndRemoved()
    {
        var surveys = await NewSurveysAsync();

        var made = await surveys.SendAsync(HttpMethod.Post, body: """
            { "id": "checkout", "priority": 5, "where": { "include": ["/Checkout/**/"], "devices": ["mobile"] }, "show": { "exit": true },
              "often": { "share": 0.5, "perDay": 10 }, "questions": [ { "standard": "ces-2" } ] }
            """);
        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.EndsWith("/surveys/checkout", made.Message.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal(("draft", 1, 5), ((string?)made.Body!["state"], (int)made.Body["version"]!, (int)made.Body["priority"]!));
        Assert.Equal("""{"include":["/Checkout/**"],"devices":["mobile"]}""", made.Body["where"]!.ToJsonString());
        Assert.Equal("Shop made it easy for me to handle my issue.", (string?)made.Body["questions"]![0]!["text"]!["en"]);
        Assert.Equal(made.Body.ToJsonString(), (await surveys.DoAsync(HttpMethod.Get, "/checkout")).ToJsonString());
        Assert.Equal("effort-and-intention", await surveys.ShownAsync());

        var live = await surveys.DoAsync(HttpMethod.Patch, "/checkout", """{ "state": "live" }""");
        Assert.Equal(("live", 1), ((string?)live["state"], (int)live["version"]!));
        Assert.Equal("checkout effort-and-intention", await surveys.ShownAsync());

        await surveys.DoAsync(HttpMethod.Patch, "/checkout", """{ "state": "paused" }""");
        Assert.Equal("effort-and-intention", await surveys.ShownAsync());

        Assert.Equal(HttpStatusCode.NoContent, (await surveys.SendAsync(HttpMethod.Delete, "/checkout")).Status);
        Assert.All(
            [
                await surveys.SendAsync(HttpMethod.Get, "/checkout"), await surveys.SendAsync(HttpMethod.Delete, "/checkout"),
                await surveys.SendAsync(HttpMethod.Patch, "/checkout", "{}"), await surveys.SendAsync(HttpMethod.Get, "/checkout/versions/1"),
            ],
            reply => Assert.Equal(HttpStatusCode.NotFound, reply.Status));
    }

    [Fact]
    public async Task AChangeIsANewVersionAndTheOldOneStays()
    {
        var site = await collector.NewSiteAsync();
        var surveys = new TestSurveys(site);
        await surveys.AddAsync("checkout", """ "where": { "devices": ["mobile"] }""");

        var changed = await surveys.DoAsync(HttpMethod.Patch, "/checkout", """{ "priority": 3, "questions": [ { "standard": "nps" } ] }""");
        Assert.Equal((2, "live", 3), ((int)changed["version"]!, (string?)changed["state"], (int)changed["priority"]!));
        Assert.Equal(["mobile"], changed["where"]!["devices"]!.AsArray().Select(device => (string?)device));
        Assert.Equal([2, 1], changed["versions"]!.AsArray().Select(version => (int)version!["version"]!));

        var replaced = await surveys.DoAsync(HttpMethod.Put, "/checkout", """{ "questions": [ { "standard": "nps" } ] }""");
        Assert.Equal((3, 0, null), ((int)replaced["version"]!, (int)replaced["priority"]!, replaced["where"]));

        var first = await surveys.DoAsync(HttpMethod.Get, "/checkout/versions/1");
        Assert.Equal("effort", (string?)first["questions"]![0]!["type"]);

        // A page that was loaded before asks the old version, whatever is asked now.
        await site.StoreAsync(site.Response(effort: 6).With("survey", "checkout").With("surveyVersion", 1));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await site.PostAsync(site.Response(effort: 6).With("survey", "checkout"))).Status);
    }

    [Fact]
    public async Task WhatChangesNothingMakesNoVersion()
    {
        var surveys = await NewSurveysAsync();
        await surveys.AddAsync("checkout", """ "priority": 3, "show": { "exit": true }""");
        foreach (var (method, body) in ((HttpMethod, string)[])
        [
            (HttpMethod.Patch, "{}"),
            (HttpMethod.Patch, """{ "priority": 3 }"""),
            (HttpMethod.Put, """{ "priority": 3, "show": { "exit": true, "tab": false }, "where": {}, "often": { "share": 1 }, "questions": [ { "standard": "single-ease" } ] }"""),
        ])
        {
            Assert.Equal(1, (int)(await surveys.DoAsync(method, "/checkout", body))["version"]!);
        }
    }

    [Fact]
    public async Task ASurveyWithResponsesIsRetiredAndTheseKeepPointingToIt()
    {
        var site = await collector.NewSiteAsync();
        var surveys = new TestSurveys(site);
        await surveys.AddAsync("checkout");
        var response = site.Response(effort: 6).With("survey", "checkout");
        await site.StoreAsync(response);

        Assert.Equal(HttpStatusCode.NoContent, (await surveys.SendAsync(HttpMethod.Delete, "/checkout")).Status);

        Assert.Equal("retired", (string?)(await surveys.DoAsync(HttpMethod.Get, "/checkout"))["state"]);
        Assert.Equal("effort-and-intention", await surveys.ShownAsync());
        Assert.DoesNotContain((await surveys.DoAsync(HttpMethod.Get))["items"]!.AsArray(), survey => (string?)survey!["id"] == "checkout");
        Assert.Equal(HttpStatusCode.Conflict, (await surveys.SendAsync(HttpMethod.Patch, "/checkout", """{ "state": "live" }""")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await surveys.SendAsync(HttpMethod.Post, body: """{ "id": "checkout", "questions": [ { "standard": "nps" } ] }""")).Status);

        // The visitor who was asked may still answer.
        await site.StoreAsync(response.Next().Answering("effort", score: 2));
        Assert.Equal(1, (int)(await site.CesAsync("survey=checkout"))["answers"]!);
    }

    [Fact]
    public async Task ADraftTakesNoResponsesAndAPausedSurveyDoes()
    {
        var site = await collector.NewSiteAsync();
        var surveys = new TestSurveys(site);
        await surveys.DoAsync(HttpMethod.Post, body: """{ "id": "checkout", "questions": [ { "standard": "single-ease" } ] }""");
        Assert.Equal(["/survey"], (await site.PostAsync(site.Response(effort: 6).With("survey", "checkout"))).WrongFields);

        await surveys.DoAsync(HttpMethod.Patch, "/checkout", """{ "state": "live" }""");
        await surveys.DoAsync(HttpMethod.Patch, "/checkout", """{ "state": "paused" }""");
        await site.StoreAsync(site.Response(effort: 6).With("survey", "checkout"));
    }

    [Theory]
    [InlineData("draft", "paused", HttpStatusCode.Conflict)]
    [InlineData("draft", "draft", HttpStatusCode.OK)]
    [InlineData("live", "draft", HttpStatusCode.Conflict)]
    [InlineData("live", "live", HttpStatusCode.OK)]
    [InlineData("live", "retired", HttpStatusCode.UnprocessableEntity)]
    [InlineData("live", "gone", HttpStatusCode.BadRequest)]
    public async Task StatesFollowOneAnother(string from, string to, HttpStatusCode status)
    {
        var surveys = await NewSurveysAsync();
        await surveys.DoAsync(HttpMethod.Post, body: $$"""{ "id": "checkout", "state": "{{from}}", "questions": [ { "standard": "nps" } ] }""");
        var reply = await surveys.SendAsync(HttpMethod.Patch, "/checkout", $$"""{ "state": "{{to}}" }""");
        Assert.Equal((status, status == HttpStatusCode.OK ? "" : "/state"), (reply.Status, string.Join(' ', reply.WrongFields)));
    }

    [Fact]
    public async Task TheListComesPageByPage()
    {
        var surveys = await NewSurveysAsync();
        foreach (var id in (string[])["c", "a", "b"])
        {
            await surveys.AddAsync(id);
        }

        var first = await surveys.DoAsync(HttpMethod.Get, "?limit=2");
        var second = await surveys.DoAsync(HttpMethod.Get, $"?limit=2&cursor={(string?)first["next"]}");
        Assert.Equal(["a", "b", "c", "effort-and-intention"], first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(survey => (string?)survey!["id"]));
        Assert.Null(second["next"]);
    }

    [Fact]
    public async Task ChangesAtOnceMakeVersionsOneAfterTheOther()
    {
        var surveys = await NewSurveysAsync();
        await surveys.AddAsync("checkout");
        await Task.WhenAll(Enumerable.Range(1, 12).Select(priority => surveys.DoAsync(HttpMethod.Patch, "/checkout", $$"""{ "priority": {{priority}} }""")));
        var survey = await surveys.DoAsync(HttpMethod.Get, "/checkout");
        Assert.Equal(Enumerable.Range(1, 13).Reverse(), survey["versions"]!.AsArray().Select(version => (int)version!["version"]!));
    }

    private async Task<TestSurveys> NewSurveysAsync() => new(await collector.NewSiteAsync());
}
