using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Collector.Tests.Support;

/// <summary>The surveys of a site, as its owner makes them.</summary>
public sealed class TestSurveys(TestSite site)
{
    /// <summary>Sends below the site's surveys.</summary>
    public Task<Reply> SendAsync(HttpMethod method, string path = "", string? body = null) => SendToSiteAsync(method, $"/surveys{path}", body);

    /// <summary>Sends below the site itself.</summary>
    public async Task<Reply> SendToSiteAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri($"/v1/sites/{site.Id}{path}", UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await site.Collector.Operator.SendAsync(request, TestContext.Current.CancellationToken);
        return await Reply.OfAsync(response);
    }

    /// <summary>Sends what must be right.</summary>
    public async Task<JsonNode> DoAsync(HttpMethod method, string path = "", string? body = null)
    {
        var reply = await SendAsync(method, path, body);
        Assert.True(reply.Status is HttpStatusCode.OK or HttpStatusCode.Created, reply.Body?.ToJsonString());
        return reply.Body!;
    }

    /// <summary>Makes a survey that is live, of one question unless others are given.</summary>
    public Task<JsonNode> AddAsync(string id, string members = "", string questions = """{ "standard": "single-ease" }""") => DoAsync(
        HttpMethod.Post, body: $$"""{ "id": "{{id}}", "state": "live", "questions": [ {{questions}} ]{{(members.Length == 0 ? "" : ", ")}}{{members}} }""");

    /// <summary>What the widget is told.</summary>
    public async Task<JsonNode> SettingsAsync() =>
        JsonNode.Parse(await site.Collector.Visitor.GetStringAsync($"/v1/widget/{site.SiteKey}", TestContext.Current.CancellationToken))!;

    /// <summary>The surveys that the widget is told, in order.</summary>
    public async Task<string> ShownAsync() => string.Join(' ', (await SettingsAsync())["surveys"]!.AsArray().Select(survey => (string?)survey!["id"]));
}
