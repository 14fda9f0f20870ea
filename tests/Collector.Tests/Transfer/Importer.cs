using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Transfer;

/// <summary>Brings files in, as the owner of a site does.</summary>
internal sealed class Importer(HttpClient client, string site)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<Reply> SendAsync(string file, string query = "", string type = "text/csv")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(file)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        using var response = await client.PostAsync(new Uri($"/v1/sites/{site}/import?{query}", UriKind.Relative), content, Cancellation);
        return await Reply.OfAsync(response);
    }

    public Task<Reply> SendLinesAsync(IEnumerable<JsonObject> lines, string query = "") =>
        SendAsync(string.Join('\n', lines.Select(line => line.ToJsonString())), query, "application/x-ndjson");

    /// <summary>Sends it and waits until it is done; gives what came of it.</summary>
    public async Task<JsonNode> BringInAsync(string file, string query = "", string type = "text/csv") => await DoneAsync(await SendAsync(file, query, type));

    public async Task<JsonNode> BringInLinesAsync(IEnumerable<JsonObject> lines, string query = "") => await DoneAsync(await SendLinesAsync(lines, query));

    public async Task<JsonNode> GetAsync(string id)
    {
        using var response = await client.GetAsync(new Uri($"/v1/sites/{site}/imports/{id}", UriKind.Relative), Cancellation);
        return (await Reply.OfAsync(response)).Body!;
    }

    public async Task<JsonNode> DoneAsync(Reply started)
    {
        Assert.True(started.Status == HttpStatusCode.Accepted, started.Body?.ToJsonString());
        return await DoneAsync((string)started.Body!["id"]!);
    }

    public async Task<JsonNode> DoneAsync(string id)
    {
        for (var tries = 0; ; tries++)
        {
            Assert.True(tries < 3_000, "It is not done after a minute.");
            var import = await GetAsync(id);
            if ((string?)import["state"] != "running")
            {
                return import;
            }

            await Task.Delay(20, Cancellation);
        }
    }

    /// <summary>What it tells in numbers: read, stored, repeated, refused.</summary>
    public static string Counts(JsonNode import) => $"{import["read"]} {import["stored"]} {import["repeated"]} {import["refused"]}";
}
