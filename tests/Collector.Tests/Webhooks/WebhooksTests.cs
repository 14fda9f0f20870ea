using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Webhooks;

/// <summary>Who is told what: made, changed and removed over the API.</summary>
public sealed class WebhooksTests(RunningCollector collector)
{
    private const string Good = """{ "name": "Desk", "url": "https://desk.example/hook", "events": ["response.completed", "ces.dropped"] }""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AWebhookIsMadeReadChangedAndRemovedAndItsSecretIsToldOnce()
    {
        var saved = new Saved(await collector.NewSiteAsync(), "webhooks");
        var made = await saved.SendAsync(HttpMethod.Post, "", Good);
        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", (string)made.Body!["secret"]!);
        var id = (string)made.Body["id"]!;

        var read = await saved.SendAsync(HttpMethod.Get, $"/{id}");
        Assert.Null(read.Body!["secret"]);
        Assert.Equal("standard", (string)read.Body["format"]!);
        Assert.Equal("enabled", (string)read.Body["state"]!);

        var changed = await saved.SendAsync(HttpMethod.Patch, $"/{id}", """{ "state": "paused", "format": "slack", "name": "Channel" }""");
        Assert.Equal(("paused", "slack", "Channel"), ((string)changed.Body!["state"]!, (string)changed.Body["format"]!, (string)changed.Body["name"]!));
        Assert.Equal("https://desk.example/hook", (string)changed.Body["url"]!);

        var rotated = await saved.SendAsync(HttpMethod.Post, $"/{id}/secret");
        Assert.NotEqual((string)made.Body["secret"]!, (string)rotated.Body!["secret"]!);

        Assert.Equal(HttpStatusCode.NoContent, (await saved.SendAsync(HttpMethod.Delete, $"/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await saved.SendAsync(HttpMethod.Get, $"/{id}")).Status);
        Assert.Empty((await saved.SendAsync(HttpMethod.Get)).Body!["items"]!.AsArray());
    }

    [Theory]
    [InlineData("""{ }""", HttpStatusCode.BadRequest, "/events", "/name", "/url")]
    [InlineData("""{ "name": "", "url": "https://desk.example", "events": ["ces.dropped"] }""", HttpStatusCode.UnprocessableEntity, "/name")]
    [InlineData("""{ "name": "Desk", "url": "desk.example", "events": ["ces.dropped"] }""", HttpStatusCode.UnprocessableEntity, "/url")]
    [InlineData("""{ "name": "Desk", "url": "http://desk.example", "events": ["ces.dropped"] }""", HttpStatusCode.UnprocessableEntity, "/url")]
    [InlineData("""{ "name": "Desk", "url": "ftp://desk.example", "events": ["ces.dropped"] }""", HttpStatusCode.UnprocessableEntity, "/url")]
    [InlineData("""{ "name": "Desk", "url": "https://ann:secret@desk.example", "events": ["ces.dropped"] }""", HttpStatusCode.UnprocessableEntity, "/url")]
    [InlineData("""{ "name": "Desk", "url": "https://[::1]/", "events": ["ces.dropped"] }""", HttpStatusCode.UnprocessableEntity, "/url")]
    [InlineData("""{ "name": "Desk", "url": "https://0x7f000001/", "events": ["ces.dropped"] }""", HttpStatusCode.UnprocessableEntity, "/url")]
    [InlineData("""{ "name": "Desk", "url": "https://desk.example", "events": [] }""", HttpStatusCode.UnprocessableEntity, "/events")]
    [InlineData("""{ "name": "Desk", "url": "https://desk.example", "events": ["ces.dropped", "ces.dropped"] }""", HttpStatusCode.UnprocessableEntity, "/events")]
    [InlineData("""{ "name": "Desk", "url": "https://desk.example", "events": ["webhook.test"] }""", HttpStatusCode.UnprocessableEntity, "/events")]
    [InlineData("""{ "name": "Desk", "url": "https://desk.example", "events": ["ces.dropped"], "state": "disabled" }""", HttpStatusCode.UnprocessableEntity, "/state")]
    public async Task EachWrongFieldIsNamed(string body, HttpStatusCode status, params string[] fields)
    {
        var refused = await new Saved(await collector.NewSiteAsync(), "webhooks").SendAsync(HttpMethod.Post, "", body);
        Assert.Equal(status, refused.Status);
        Assert.Equal(fields, refused.WrongFields);
    }

    [Fact]
    public async Task WhatVisitorsWroteIsSentByWhoMayReadIt()
    {
        var site = await collector.NewSiteAsync();
        var manager = await KeyAsync(site, "manage");
        var reader = await KeyAsync(site, "manage", "responses");
        var withComments = Good[..^1] + """, "comments": true }""";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(manager, site, withComments)).Status);
        var made = await PostAsync(reader, site, withComments);
        Assert.Equal(HttpStatusCode.Created, made.Status);

        // To turn it elsewhere is to read, too.
        using var turned = await manager.PatchAsJsonAsync(
            $"/v1/sites/{site.Id}/webhooks/{(string)made.Body!["id"]!}", new JsonObject { ["url"] = "https://elsewhere.example/" }, Cancellation);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, turned.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(site.Analyst, site, Good)).Status);
    }

    [Fact]
    public async Task ASiteHasAtMostTwenty()
    {
        var saved = new Saved(await collector.NewSiteAsync(), "webhooks");
        for (var i = 0; i < 20; i++)
        {
            await saved.AddAsync(Good);
        }

        Assert.Equal(HttpStatusCode.Conflict, (await saved.SendAsync(HttpMethod.Post, "", Good)).Status);
    }

    private static async Task<Reply> PostAsync(HttpClient client, TestSite site, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.PostAsync($"/v1/sites/{site.Id}/webhooks", content, Cancellation);
        return await Reply.OfAsync(response);
    }

    private async Task<HttpClient> KeyAsync(TestSite site, params string[] scopes)
    {
        using var made = await collector.Operator.PostAsJsonAsync(
            $"/v1/sites/{site.Id}/keys", new JsonObject { ["name"] = "Test", ["scopes"] = new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]) }, Cancellation);
        var client = collector.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", (string)(await made.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!["key"]!);
        return client;
    }
}
