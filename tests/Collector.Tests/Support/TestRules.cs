using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Collector.Tests.Support;

/// <summary>The touchpoint rules of a site, as its owner sets them.</summary>
public sealed class TestRules(TestSite site)
{
    private readonly string route = $"/v1/sites/{site.Id}/touchpoint-rules";

    /// <summary>Makes a rule, and gives its id.</summary>
    public async Task<string> AddAsync(string pattern, string[]? keepParameters = null, int? position = null)
    {
        var rule = new JsonObject { ["pattern"] = pattern };
        if (keepParameters is not null)
        {
            rule["keepParameters"] = new JsonArray([.. keepParameters.Select(name => JsonValue.Create(name))]);
        }

        if (position is not null)
        {
            rule["position"] = position;
        }

        var reply = await SendAsync(HttpMethod.Post, "", rule.ToJsonString());
        Assert.True(reply.Status == HttpStatusCode.Created, reply.Body?.ToJsonString());
        return (string)reply.Body!["id"]!;
    }

    public Task<Reply> SendAsync(HttpMethod method, string path = "", string? body = null) => SendAsync(method, new Uri(route + path, UriKind.Relative), body);

    public Task<Reply> ReadSiteAsync() => SendAsync(HttpMethod.Get, new Uri($"/v1/sites/{site.Id}", UriKind.Relative), body: null);

    /// <summary>Changes a setting of the site.</summary>
    public Task<Reply> ChangeSiteAsync(string body) => SendAsync(HttpMethod.Patch, new Uri($"/v1/sites/{site.Id}", UriKind.Relative), body);

    /// <summary>Waits until past responses have followed, and gives the progress then.</summary>
    public async Task<JsonNode> PlacedAsync()
    {
        while (true)
        {
            var placing = (await SendAsync(HttpMethod.Get)).Body!["placing"]!;
            if ((string?)placing["state"] == "done")
            {
                return placing;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The touchpoints of the site and how often the survey was shown there, in order.</summary>
    public async Task<IEnumerable<string>> TouchpointsAsync() => (await site.GetAsync("touchpoints")).Body!["items"]!.AsArray()
        .Select(item => $"{(string)item!["touchpoint"]!} {(int)item["shown"]!}").Order(StringComparer.Ordinal);

    private async Task<Reply> SendAsync(HttpMethod method, Uri path, string? body)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await site.Collector.Operator.SendAsync(request, TestContext.Current.CancellationToken);
        return await Reply.OfAsync(response);
    }
}
