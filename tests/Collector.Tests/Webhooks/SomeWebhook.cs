using System.Net;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Webhooks;

/// <summary>A webhook of a site, as whoever set it up sees it.</summary>
internal sealed class SomeWebhook(TestSite site, string id, string secret)
{
    private readonly Saved saved = new(site, "webhooks");

    public string Id => id;

    public string Secret => secret;

    /// <summary>A collector that may send to this machine.</summary>
    public static RunningCollector Collector() => RunningCollector.With(("Collector:Webhooks:AllowedNetworks", "127.0.0.0/8"));

    public static async Task<SomeWebhook> AddAsync(TestSite site, string url, string events = "response.completed", string others = "")
    {
        var made = await new Saved(site, "webhooks").SendAsync(
            HttpMethod.Post, "", $$"""{ "name": "Desk", "url": "{{url}}", "events": ["{{events.Replace(" ", "\", \"", StringComparison.Ordinal)}}"]{{others}} }""");
        Assert.True(made.Status == HttpStatusCode.Created, made.Body?.ToJsonString());
        return new SomeWebhook(site, (string)made.Body!["id"]!, (string)made.Body!["secret"]!);
    }

    public Task<Reply> SendAsync(HttpMethod method, string path = "", string? body = null) => saved.SendAsync(method, $"/{id}{path}", body);

    public async Task<JsonNode> ReadAsync() => (await SendAsync(HttpMethod.Get)).Body!;

    public async Task<JsonArray> DeliveriesAsync(string query = "") => (await SendAsync(HttpMethod.Get, $"/deliveries{query}")).Body!["items"]!.AsArray();

    /// <summary>Waits until it, or its newest message, is as expected.</summary>
    public async Task<JsonNode> UntilAsync(Func<JsonNode, JsonArray, bool> isSo)
    {
        for (var i = 0; i < 300; i++)
        {
            // In this order, so that the webhook is no older than what is told of its deliveries.
            var deliveries = await DeliveriesAsync();
            var webhook = await ReadAsync();
            if (isSo(webhook, deliveries))
            {
                return webhook;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        throw new InvalidOperationException($"It did not come to this: {(await ReadAsync()).ToJsonString()} {(await DeliveriesAsync()).ToJsonString()}");
    }
}
