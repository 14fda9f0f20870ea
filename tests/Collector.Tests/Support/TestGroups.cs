using System.Net;
using System.Text.Json.Nodes;

namespace Collector.Tests.Support;

/// <summary>The groups of a site, as its owner makes them.</summary>
public sealed class TestGroups(TestSite site)
{
    private readonly TestSurveys surveys = new(site);

    /// <summary>Sends below the site's groups.</summary>
    public Task<Reply> SendAsync(HttpMethod method, string path = "", string? body = null) => surveys.SendToSiteAsync(method, $"/groups{path}", body);

    /// <summary>Makes a group of these patterns.</summary>
    public async Task AddAsync(string id, string[] patterns, string? stage = null, string? journey = null)
    {
        var group = new JsonObject { ["id"] = id, ["name"] = id, ["patterns"] = new JsonArray([.. patterns.Select(pattern => JsonValue.Create(pattern))]) };
        if (stage is not null)
        {
            group["stage"] = stage;
        }

        if (journey is not null)
        {
            group["journey"] = journey;
        }

        var reply = await SendAsync(HttpMethod.Post, body: group.ToJsonString());
        Assert.True(reply.Status == HttpStatusCode.Created, reply.Body?.ToJsonString());
    }
}
