using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Sites;

/// <summary>Who may do what. Nobody reads another site's data, or learns that there is one.</summary>
public sealed class AccessTests(RunningCollector collector)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer ck_nobody_0123456789")]
    [InlineData("Bearer the-operators-admin-keY")]
    [InlineData("Basic dGhlLW9wZXJhdG9ycy1hZG1pbi1rZXk=")]
    public async Task WithoutAGoodKeyTheAnswerIs401(string? authorization)
    {
        var site = await collector.NewSiteAsync();
        foreach (var path in (string[])["/v1/sites", $"/v1/sites/{site.Id}", $"/v1/sites/{site.Id}/ces", $"/v1/sites/{site.Id}/touchpoints", $"/v1/sites/{site.Id}/keys", $"/v1/sites/{site.Id}/surveys", $"/v1/sites/{site.Id}/explain", "/v1/sites/nobody/ces"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
            using var response = await collector.Visitor.SendAsync(request, Cancellation);

            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, response.StatusCode));
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task AnotherSiteLooksLikeNoSite()
    {
        var (own, other) = (await collector.NewSiteAsync(), await collector.NewSiteAsync());

        using var others = await own.Analyst.GetAsync($"/v1/sites/{other.Id}/ces", Cancellation);
        using var nobodys = await own.Analyst.GetAsync("/v1/sites/nobody/ces", Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, others.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, nobodys.StatusCode);
        Assert.Equal(await DetailAsync(others), await DetailAsync(nobodys));

        static async Task<string?> DetailAsync(HttpResponseMessage response) => (string?)(await response.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!["detail"];
    }

    [Fact]
    public async Task AKeyDoesWhatItsScopesSayAndNoMore()
    {
        var site = await collector.NewSiteAsync();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, "ces", "read"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Get, "ces", "responses", "manage", "admin"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, "keys", "admin"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Get, "keys", "read", "responses", "manage"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, "surveys", "manage"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Get, "surveys", "read", "responses", "admin"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, "explain?page=https://shop.example/", "responses"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Patch, "", "admin"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Patch, "", "read", "responses", "manage"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Post, "/v1/sites", "read", "responses", "manage", "admin"));

        async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path, params string[] scopes)
        {
            using var caller = await CallerAsync(site, scopes);
            using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : $"/v1/sites/{site.Id}/{path}".TrimEnd('/'));
            request.Content = method == HttpMethod.Get ? null : JsonContent.Create(new JsonObject { ["name"] = "Shop" });
            using var response = await caller.SendAsync(request, Cancellation);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task AKeyIsToldOnceStoredAsAHashAndOpensNothingOnceRevoked()
    {
        var site = await collector.NewSiteAsync();
        var key = await NewKeyAsync(site, null, "read");
        using var caller = Caller((string)key["key"]!);
        using var before = await caller.GetAsync($"/v1/sites/{site.Id}/ces", Cancellation);
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        var list = await collector.Operator.GetStringAsync($"/v1/sites/{site.Id}/keys", Cancellation);
        Assert.Contains((string)key["id"]!, list, StringComparison.Ordinal);
        Assert.DoesNotContain("ck_", list, StringComparison.Ordinal);
        var rows = await StoredRows.QueryAsync(collector, "select * from keys where site = @Id", new { site.Id });
        Assert.DoesNotContain("ck_", string.Join(' ', rows.SelectMany(row => row.Values)), StringComparison.Ordinal);

        using var revoked = await collector.Operator.DeleteAsync($"/v1/sites/{site.Id}/keys/{(string)key["id"]!}", Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        using var after = await caller.GetAsync($"/v1/sites/{site.Id}/ces", Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        using var again = await collector.Operator.DeleteAsync($"/v1/sites/{site.Id}/keys/{(string)key["id"]!}", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task AKeyTellsWhenItWasLastUsed()
    {
        var site = await collector.NewSiteAsync();
        var used = await NewKeyAsync(site, null, "read");
        var idle = await NewKeyAsync(site, null, "read");
        using var caller = Caller((string)used["key"]!);
        using var answer = await caller.GetAsync($"/v1/sites/{site.Id}/ces", Cancellation);

        JsonNode? lastUsed = null;
        for (var tries = 0; lastUsed is null && tries < 100; tries++, await Task.Delay(100, Cancellation))
        {
            lastUsed = await LastUsedAsync(used);
        }

        Assert.Equal(collector.Time.GetUtcNow(), (DateTimeOffset)lastUsed!);
        Assert.Null(await LastUsedAsync(idle));

        async Task<JsonNode?> LastUsedAsync(JsonNode key)
        {
            var list = JsonNode.Parse(await collector.Operator.GetStringAsync($"/v1/sites/{site.Id}/keys", Cancellation))!;
            return list["items"]!.AsArray().Single(item => (string)item!["id"]! == (string)key["id"]!)!["lastUsed"];
        }
    }

    [Fact]
    public async Task AKeyExpires()
    {
        await using var alone = new RunningCollector();
        var site = await alone.NewSiteAsync();
        var key = await NewKeyAsync(site, alone.Time.Now.AddHours(1), "read");
        using var caller = alone.CreateClient();
        caller.DefaultRequestHeaders.Authorization = new("Bearer", (string)key["key"]!);

        using var before = await caller.GetAsync($"/v1/sites/{site.Id}/ces", Cancellation);
        alone.Time.Now = alone.Time.Now.AddHours(1);
        using var after = await caller.GetAsync($"/v1/sites/{site.Id}/ces", Cancellation);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (before.StatusCode, after.StatusCode));
    }

    [Theory]
    [InlineData("""{ "scopes": ["read"] }""", HttpStatusCode.BadRequest, "/name")]
    [InlineData("""{ "name": "Report", "scopes": [] }""", HttpStatusCode.UnprocessableEntity, "/scopes")]
    [InlineData("""{ "name": "Report", "scopes": ["operator"] }""", HttpStatusCode.UnprocessableEntity, "/scopes")]
    [InlineData("""{ "name": "Report", "scopes": ["read", "read"] }""", HttpStatusCode.UnprocessableEntity, "/scopes")]
    [InlineData("""{ "name": "", "scopes": ["read"] }""", HttpStatusCode.UnprocessableEntity, "/name")]
    [InlineData("""{ "name": "Report", "scopes": ["read"], "expires": "2020-01-01T00:00:00Z" }""", HttpStatusCode.UnprocessableEntity, "/expires")]
    [InlineData("""{ "name": "Report", "scopes": ["read"], "expires": "soon" }""", HttpStatusCode.BadRequest, "/expires")]
    public async Task AWrongKeyRequestIsNamed(string body, HttpStatusCode status, string field)
    {
        var site = await collector.NewSiteAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await collector.Operator.PostAsync($"/v1/sites/{site.Id}/keys", content, Cancellation);
        var reply = await Reply.OfAsync(response);

        Assert.True(status == reply.Status, $"{reply.Status} {reply.Body}");
        Assert.Equal([field], reply.WrongFields);
    }

    private async Task<HttpClient> CallerAsync(TestSite site, string[] scopes) => Caller((string)(await NewKeyAsync(site, null, scopes))["key"]!);

    private HttpClient Caller(string key)
    {
        var caller = collector.CreateClient();
        caller.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return caller;
    }

    private static async Task<JsonNode> NewKeyAsync(TestSite site, DateTimeOffset? expires, params string[] scopes)
    {
        var request = new JsonObject { ["name"] = "Test", ["scopes"] = new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]) };
        if (expires is not null)
        {
            request["expires"] = expires;
        }

        using var response = await site.Collector.Operator.PostAsJsonAsync($"/v1/sites/{site.Id}/keys", request, Cancellation);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!;
    }
}
