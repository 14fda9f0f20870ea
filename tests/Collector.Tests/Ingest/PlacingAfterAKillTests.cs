using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Ingest;

/// <summary>Following the rules goes on where it was when the process was killed.</summary>
public sealed class PlacingAfterAKillTests : IDisposable
{
    private const int Responses = 600;

    private readonly TestDatabase test = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => test.Dispose();

    [Fact]
    public async Task EveryResponseHasFollowedOnceAfterKills()
    {
        var database = test.ConnectionString;
        string rules;
        await using (var collector = await CollectorProcess.StartAsync(database, Cancellation))
        {
            using var client = ClientOf(collector);
            var site = await ReadAsync(client.PostAsJsonAsync("/v1/sites", new JsonObject { ["name"] = "Shop" }, Cancellation));
            rules = $"/v1/sites/{(string)site["id"]!}/touchpoint-rules";
            await Parallel.ForAsync(0, Responses, Cancellation, async (i, cancellation) =>
            {
                using var content = new StringContent(new SomeResponse((string)site["siteKey"]!).Answering("effort", score: 6).On($"https://shop.example/a/{i % 9}x").Json.ToJsonString());
                using var reply = await client.PostAsync("/v1/responses", content, cancellation);
                Assert.Equal(HttpStatusCode.Created, reply.StatusCode);
            });
            await ReadAsync(client.PostAsJsonAsync(rules, new JsonObject { ["pattern"] = "/a/*" }, Cancellation));
            await collector.KillAsync();
        }

        await using (var again = await CollectorProcess.StartAsync(database, Cancellation))
        {
            await again.KillAsync();
        }

        await using (var collector = await CollectorProcess.StartAsync(database, Cancellation))
        {
            using var client = ClientOf(collector);
            JsonNode placing;
            do
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
                placing = (await ReadAsync(client.GetAsync(rules, Cancellation)))["placing"]!;
            }
            while ((string?)placing["state"] != "done");

            Assert.Equal((Responses, Responses), ((int)placing["done"]!, (int)placing["total"]!));
            var touchpoints = await ReadAsync(client.GetAsync(rules.Replace("touchpoint-rules", "touchpoints", StringComparison.Ordinal), Cancellation));
            var only = Assert.Single(touchpoints["items"]!.AsArray())!;
            Assert.Equal(("shop.example/a/*", Responses), ((string?)only["touchpoint"], (int)only["shown"]!));
        }

        var (exitCode, output) = await CollectorProcess.RunAsync(database, Cancellation, "check");
        Assert.True(exitCode == 0, output);
    }

    private static HttpClient ClientOf(CollectorProcess collector)
    {
        var client = new HttpClient { BaseAddress = collector.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", RunningCollector.AdminKey);
        return client;
    }

    private static async Task<JsonNode> ReadAsync(Task<HttpResponseMessage> sending)
    {
        using var reply = await sending;
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(Cancellation));
        return (await reply.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!;
    }
}
