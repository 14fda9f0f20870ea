using System.Net;
using Collector.Tests.Support;

namespace Collector.Tests.Sites;

public sealed class TouchpointRuleRoutesTests(RunningCollector collector)
{
    [Fact]
    public async Task ARuleIsMadeReadChangedAndRemoved()
    {
        var rules = await NewRulesAsync();

        var made = await rules.SendAsync(HttpMethod.Post, body: """{ "pattern": "/Products/*/", "keepParameters": ["colour", "size"] }""");
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var id = (string)made.Body!["id"]!;
        Assert.EndsWith($"/touchpoint-rules/{id}", made.Message.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal(("/Products/*", 1), ((string?)made.Body["pattern"], (int)made.Body["position"]!));
        Assert.Equal(made.Body.ToJsonString(), (await rules.SendAsync(HttpMethod.Get, $"/{id}")).Body!.ToJsonString());

        var changed = await rules.SendAsync(HttpMethod.Patch, $"/{id}", """{ "keepParameters": [] }""");
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.Equal(("/Products/*", "[]"), ((string?)changed.Body!["pattern"], changed.Body["keepParameters"]!.ToJsonString()));
        Assert.Equal(changed.Body.ToJsonString(), (await rules.SendAsync(HttpMethod.Get, $"/{id}")).Body!.ToJsonString());

        Assert.Equal(HttpStatusCode.NoContent, (await rules.SendAsync(HttpMethod.Delete, $"/{id}")).Status);
        Assert.All(
            [await rules.SendAsync(HttpMethod.Delete, $"/{id}"), await rules.SendAsync(HttpMethod.Get, $"/{id}"), await rules.SendAsync(HttpMethod.Patch, $"/{id}", "{}")],
            reply => Assert.Equal(HttpStatusCode.NotFound, reply.Status));
    }

    [Fact]
    public async Task RulesStandWhereTheyArePut()
    {
        var rules = await NewRulesAsync();
        await rules.AddAsync("/a");
        var b = await rules.AddAsync("/b");
        await rules.AddAsync("/c", position: 1);
        Assert.Equal("/c /a /b", await OrderAsync());

        await rules.SendAsync(HttpMethod.Patch, $"/{b}", """{ "position": 2 }""");
        Assert.Equal("/c /b /a", await OrderAsync());

        await rules.SendAsync(HttpMethod.Patch, $"/{b}", """{ "position": 99 }""");
        Assert.Equal("/c /a /b", await OrderAsync());

        await rules.SendAsync(HttpMethod.Patch, $"/{b}", """{ "pattern": "/d" }""");
        Assert.Equal("/c /a /d", await OrderAsync());

        async Task<string> OrderAsync()
        {
            var items = (await rules.SendAsync(HttpMethod.Get)).Body!["items"]!.AsArray();
            Assert.Equal(Enumerable.Range(1, items.Count), items.Select(item => (int)item!["position"]!));
            return string.Join(' ', items.Select(item => (string?)item!["pattern"]));
        }
    }

    [Fact]
    public async Task RulesThatAreMadeAtOnceAllStandInTheListPageByPage()
    {
        var rules = await NewRulesAsync();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => rules.AddAsync($"/{i}", position: 1)));

        var (patterns, query) = (new List<string>(), "?limit=5");
        while (query.Length > 0)
        {
            var page = (await rules.SendAsync(HttpMethod.Get, query)).Body!;
            patterns.AddRange(page["items"]!.AsArray().Select(item => (string)item!["pattern"]!));
            query = (string?)page["next"] is { } next ? $"?limit=5&cursor={next}" : "";
        }

        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"/{i}").Order(StringComparer.Ordinal), patterns.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task TwoRulesNeverSayTheSameAndThereAreAtMostTwoHundred()
    {
        var rules = await NewRulesAsync();
        var a = await rules.AddAsync("/a/*");
        var b = await rules.AddAsync("/b/*");

        var same = await rules.SendAsync(HttpMethod.Post, body: """{ "pattern": "/a/*/" }""");
        var become = await rules.SendAsync(HttpMethod.Patch, $"/{b}", """{ "pattern": "/a/*" }""");
        Assert.All([same, become], reply => Assert.Equal((HttpStatusCode.Conflict, "/pattern"), (reply.Status, string.Join(' ', reply.WrongFields))));
        Assert.Equal(HttpStatusCode.OK, (await rules.SendAsync(HttpMethod.Patch, $"/{a}", """{ "pattern": "/a/*" }""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await rules.SendAsync(HttpMethod.Get, $"/{b}")).Status);

        for (var i = 2; i < 200; i++)
        {
            await rules.AddAsync($"/{i}");
        }

        var more = await rules.SendAsync(HttpMethod.Post, body: """{ "pattern": "/200" }""");
        Assert.Equal((HttpStatusCode.Conflict, ""), (more.Status, string.Join(' ', more.WrongFields)));
    }

    [Theory]
    [InlineData("{}", HttpStatusCode.BadRequest, "/pattern")]
    [InlineData("""{ "pattern": "products" }""", HttpStatusCode.UnprocessableEntity, "/pattern")]
    [InlineData("""{ "pattern": "/a", "position": 0 }""", HttpStatusCode.UnprocessableEntity, "/position")]
    [InlineData("""{ "pattern": "/a", "position": "1" }""", HttpStatusCode.BadRequest, "/position")]
    [InlineData("""{ "pattern": "/a", "keepParameters": [null] }""", HttpStatusCode.UnprocessableEntity, "/keepParameters/0")]
    [InlineData("""{ "pattern": "/a", "keepParameters": ["q", "q"] }""", HttpStatusCode.UnprocessableEntity, "/keepParameters")]
    [InlineData("""{ "pattern": "/a", "keep": ["q"] }""", HttpStatusCode.BadRequest, "/keep")]
    public async Task WhatIsWrongIsNamed(string body, HttpStatusCode status, string field)
    {
        var rules = await NewRulesAsync();

        var reply = await rules.SendAsync(HttpMethod.Post, body: body);

        Assert.True(status == reply.Status, $"{reply.Status} {reply.Body}");
        Assert.Equal([field], reply.WrongFields);
        Assert.Empty((await rules.SendAsync(HttpMethod.Get)).Body!["items"]!.AsArray());
    }

    [Fact]
    public async Task ItTakesTheScopeManage()
    {
        var site = await collector.NewSiteAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync("touchpoint-rules")).Status);

        using var key = await collector.Operator.PostAsync(
            $"/v1/sites/{site.Id}/keys",
            new StringContent("""{ "name": "Manager", "scopes": ["manage"] }""", System.Text.Encoding.UTF8, "application/json"),
            TestContext.Current.CancellationToken);
        site.Analyst.DefaultRequestHeaders.Authorization = new("Bearer", (string)(await Reply.OfAsync(key)).Body!["key"]!);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("touchpoint-rules")).Status);
    }

    [Fact]
    public async Task AChangeThatChangesNothingMovesNothing()
    {
        var site = await collector.NewSiteAsync();
        var rules = new TestRules(site);
        var id = await rules.AddAsync("/products/*");
        await site.StoreAsync(site.Response(effort: 6));

        await rules.SendAsync(HttpMethod.Patch, $"/{id}", """{ "pattern": "/products/*", "position": 5 }""");
        await rules.ChangeSiteAsync("""{ "collapseIdentifiers": true, "name": "Shop" }""");

        Assert.Equal("""{"state":"done","done":0,"total":0}""", (await rules.PlacedAsync()).ToJsonString());
    }

    private async Task<TestRules> NewRulesAsync() => new(await collector.NewSiteAsync());
}
