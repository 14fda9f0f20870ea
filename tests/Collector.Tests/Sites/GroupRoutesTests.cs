using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Sites;

public sealed class GroupRoutesTests(RunningCollector collector)
{
    [Fact]
    public async Task AGroupIsMadeReadChangedReplacedAndRemoved()
    {
        var groups = await NewGroupsAsync();

        var made = await groups.SendAsync(HttpMethod.Post, body: """
            { "id": "checkout", "name": "Checkout", "patterns": ["/Cart/", "shop.example/checkout/**", "/Cart"], "journey": "buyer", "stage": "decision" }
            """);
        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.EndsWith("/groups/checkout", made.Message.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.StartsWith(
            """{"id":"checkout","name":"Checkout","patterns":["/Cart","shop.example/checkout/**"],"journey":"buyer","stage":"decision","createdAt":"2026-11-22""",
            made.Body!.ToJsonString(),
            StringComparison.Ordinal);
        Assert.Equal(made.Body.ToJsonString(), await TextAsync(groups));

        var changed = await groups.SendAsync(HttpMethod.Patch, "/checkout", """{ "patterns": ["/pay"] }""");
        Assert.Equal(("Checkout", """["/pay"]""", "decision"), ((string?)changed.Body!["name"], changed.Body["patterns"]!.ToJsonString(), (string?)changed.Body["stage"]));
        Assert.Equal(changed.Body.ToJsonString(), await TextAsync(groups));

        var replaced = await groups.SendAsync(HttpMethod.Put, "/checkout", """{ "name": "Pay", "patterns": ["/pay"] }""");
        Assert.Equal(["id", "name", "patterns", "createdAt"], replaced.Body!.AsObject().Select(member => member.Key));
        Assert.Equal(replaced.Body.ToJsonString(), await TextAsync(groups));

        Assert.Equal(HttpStatusCode.NoContent, (await groups.SendAsync(HttpMethod.Delete, "/checkout")).Status);
        foreach (var (method, body) in ((HttpMethod, string?)[])[(HttpMethod.Get, null), (HttpMethod.Delete, null), (HttpMethod.Patch, "{}"), (HttpMethod.Put, """{ "name": "Pay", "patterns": ["/"] }""")])
        {
            Assert.Equal((method, HttpStatusCode.NotFound), (method, (await groups.SendAsync(method, "/checkout", body)).Status));
        }
    }

    [Theory]
    [InlineData("{}", 400, "/id", "/name", "/patterns")]
    [InlineData("""{ "id": "A", "name": " ", "patterns": [] }""", 422, "/id", "/name", "/patterns")]
    [InlineData("""{ "id": "a", "name": "A", "patterns": ["/", "prod*", null] }""", 422, "/patterns/1", "/patterns/2")]
    [InlineData("""{ "id": "a", "name": "A", "patterns": ["/"], "stage": "Of Our Own" }""", 422, "/stage")]
    [InlineData("""{ "id": "a", "name": "A", "patterns": ["/"], "journey": "voyage" }""", 400, "/journey")]
    [InlineData("""{ "id": "a", "name": "A", "patterns": ["/"], "colour": "red" }""", 400, "/colour")]
    public async Task WhatIsWrongIsNamed(string body, int status, params string[] wrong)
    {
        var reply = await (await NewGroupsAsync()).SendAsync(HttpMethod.Post, body: body);
        Assert.Equal((status, string.Join(' ', wrong)), ((int)reply.Status, string.Join(' ', reply.WrongFields)));
    }

    [Fact]
    public async Task TwoGroupsNeverHaveOneNameAndThereAreAtMostAHundredPageByPage()
    {
        var groups = await NewGroupsAsync();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => groups.AddAsync($"g{i:00}", ["/"])));

        var same = await groups.SendAsync(HttpMethod.Post, body: """{ "id": "g07", "name": "Again", "patterns": ["/"] }""");
        var more = await groups.SendAsync(HttpMethod.Post, body: """{ "id": "more", "name": "More", "patterns": ["/"] }""");
        Assert.Equal((HttpStatusCode.Conflict, "/id"), (same.Status, string.Join(' ', same.WrongFields)));
        Assert.Equal((HttpStatusCode.Conflict, ""), (more.Status, string.Join(' ', more.WrongFields)));

        var (ids, query) = (new List<string>(), "?limit=30");
        while (query.Length > 0)
        {
            var page = (await groups.SendAsync(HttpMethod.Get, query)).Body!;
            ids.AddRange(page["items"]!.AsArray().Select(item => (string)item!["id"]!));
            query = (string?)page["next"] is { } next ? $"?limit=30&cursor={next}" : "";
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"g{i:00}"), ids);
    }

    [Fact]
    public async Task AnyKeyOfTheSiteReadsGroupsAndTheScopeManageChangesThem()
    {
        var site = await collector.NewSiteAsync();
        await new TestGroups(site).AddAsync("a", ["/"]);

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("groups")).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("groups/a")).Status);
        using var refused = await site.Analyst.PostAsJsonAsync(
            $"/v1/sites/{site.Id}/groups", new JsonObject { ["id"] = "b", ["name"] = "B", ["patterns"] = new JsonArray("/") }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var kept = await site.Analyst.DeleteAsync($"/v1/sites/{site.Id}/groups/a", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, kept.StatusCode);
    }

    [Fact]
    public async Task AGroupThatASurveyIsForStays()
    {
        var site = await collector.NewSiteAsync();
        var (groups, surveys) = (new TestGroups(site), new TestSurveys(site));
        await groups.AddAsync("checkout", ["/checkout/**"]);
        await surveys.AddAsync("pay", """ "where": { "groups": ["checkout"] }, "show": { "exit": true }""");

        var refused = await groups.SendAsync(HttpMethod.Delete, "/checkout");
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("pay", refused.Body!["errors"]!.ToJsonString(), StringComparison.Ordinal);

        await surveys.DoAsync(HttpMethod.Patch, "/pay", """{ "where": {} }""");
        Assert.Equal(HttpStatusCode.NoContent, (await groups.SendAsync(HttpMethod.Delete, "/checkout")).Status);
    }

    [Fact]
    public async Task ASurveyForAGroupThatIsNotThereIsRefused()
    {
        var site = await collector.NewSiteAsync();
        var surveys = new TestSurveys(site);
        await new TestGroups(site).AddAsync("checkout", ["/checkout/**"]);

        var made = await surveys.SendAsync(HttpMethod.Post, body: """{ "id": "a", "where": { "groups": ["checkout", "chekout"] }, "questions": [ { "standard": "nps" } ] }""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/where/groups"), (made.Status, string.Join(' ', made.WrongFields)));
        Assert.Contains("chekout", made.Body!["errors"]!.ToJsonString(), StringComparison.Ordinal);

        await surveys.AddAsync("a");
        var changed = await surveys.SendAsync(HttpMethod.Patch, "/a", """{ "where": { "groups": ["chekout"] } }""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/where/groups"), (changed.Status, string.Join(' ', changed.WrongFields)));
        Assert.Equal(1, (int)(await surveys.DoAsync(HttpMethod.Get, "/a"))["version"]!);
    }

    private async Task<TestGroups> NewGroupsAsync() => new(await collector.NewSiteAsync());

    private static async Task<string> TextAsync(TestGroups groups) => (await groups.SendAsync(HttpMethod.Get, "/checkout")).Body!.ToJsonString();
}
