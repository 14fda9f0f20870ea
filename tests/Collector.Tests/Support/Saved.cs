using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Collector.Tests.Support;

/// <summary>What is kept below a site under a name of its own, such as <c>goals</c>: written with the operator's key, read with the analyst's.</summary>
public sealed class Saved(TestSite site, string name)
{
    /// <summary>Makes one, and gives its id.</summary>
    public async Task<string> AddAsync(string body)
    {
        var reply = await SendAsync(HttpMethod.Post, "", body);
        Assert.True(reply.Status == HttpStatusCode.Created, reply.Body?.ToJsonString());
        return (string)reply.Body!["id"]!;
    }

    /// <summary>Reads what must be there.</summary>
    public async Task<JsonNode> ReadAsync(string path)
    {
        var reply = await site.GetAsync(name + path);
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Body?.ToJsonString());
        return reply.Body!;
    }

    /// <summary>All items of the list, in pages of <paramref name="limit"/>.</summary>
    public async Task<List<JsonNode>> ListAsync(int limit, string query = "")
    {
        var items = new List<JsonNode>();
        var cursor = "";
        do
        {
            var page = await ReadAsync($"?limit={limit}{query}{cursor}");
            items.AddRange(page["items"]!.AsArray().Select(item => item!));
            cursor = (string?)page["next"] is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);

        return items;
    }

    public async Task<Reply> SendAsync(HttpMethod method, string path = "", string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri($"/v1/sites/{site.Id}/{name}{path}", UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await site.Collector.Operator.SendAsync(request, TestContext.Current.CancellationToken);
        return await Reply.OfAsync(response);
    }
}
