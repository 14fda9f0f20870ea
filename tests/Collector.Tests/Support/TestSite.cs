using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Collector.Tests.Support;

/// <summary>A site, with what visitors and analysts do there.</summary>
public sealed record TestSite(RunningCollector Collector, string Id, string SiteKey, HttpClient Analyst)
{
    /// <summary>A response to the default survey, complete in form; a test changes what it is about.</summary>
    public SomeResponse Response(int? effort = null, string? intent = null, string? success = null) =>
        new SomeResponse(SiteKey).Answering("effort", score: effort).Answering("intent", choice: intent).Answering("success", choice: success);

    public Task<Reply> PostAsync(SomeResponse response, string? userAgent = null) => PostAsync(response.Json.ToJsonString(), userAgent: userAgent);

    public async Task<Reply> PostAsync(string body, string contentType = "text/plain", string? userAgent = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/responses") { Content = new StringContent(body, Encoding.UTF8, contentType) };
        if (userAgent is not null)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        }

        using var response = await Collector.Visitor.SendAsync(request);
        return await Reply.OfAsync(response);
    }

    /// <summary>Posts, and makes sure that it was stored.</summary>
    public async Task StoreAsync(params SomeResponse[] responses)
    {
        foreach (var response in responses)
        {
            var reply = await PostAsync(response);
            Assert.True(reply.Status is HttpStatusCode.Created or HttpStatusCode.OK, reply.Body?.ToJsonString());
        }
    }

    /// <summary>Stores many at the same time, where their order says nothing.</summary>
    public Task StoreManyAsync(IEnumerable<SomeResponse> responses) =>
        Parallel.ForEachAsync(responses, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (response, _) => await StoreAsync(response));

    public async Task<Reply> GetAsync(string figure)
    {
        using var response = await Analyst.GetAsync($"/v1/sites/{Id}/{figure}");
        return await Reply.OfAsync(response);
    }

    /// <summary>The figure under <c>ces</c> of the whole site, or of the selection given.</summary>
    public async Task<JsonNode> CesAsync(string query = "")
    {
        var reply = await GetAsync($"ces?{query}");
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        return reply.Body!["ces"]!;
    }
}

/// <summary>What came back.</summary>
public sealed record Reply(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Message)
{
    /// <summary>The fields that are named as wrong, in order.</summary>
    public IEnumerable<string> WrongFields => (Body?["errors"]?.AsObject() ?? []).Select(error => error.Key).Order(StringComparer.Ordinal);

    public static async Task<Reply> OfAsync(HttpResponseMessage message)
    {
        var isJson = message.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return new Reply(message.StatusCode, isJson ? await message.Content.ReadFromJsonAsync<JsonNode>() : null, message);
    }
}
