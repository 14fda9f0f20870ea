using System.Collections.Concurrent;
using System.Net;
using Collector.Tests.Support;

namespace Collector.Tests.Ingest;

public sealed class CellsTests(RunningCollector collector)
{
    /// <summary>New responses, revisions, repeats, late and changed intents, erasures, all at random, from eight visitors at once, some of them bots.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task CellsEqualARecountAfterAnyMixOfResponses(int seed)
    {
        var site = await collector.NewSiteAsync();
        var visits = Enumerable.Range(0, 6).Select(_ => Guid.NewGuid().ToString()).ToArray();
        var stored = new ConcurrentBag<string>();
        var eraser = collector.Operator;

        await Parallel.ForAsync(0, 8, TestContext.Current.CancellationToken, async (visitor, _) =>
        {
            var random = new Random((seed * 100) + visitor);
            for (var i = 0; i < 15; i++)
            {
                var response = Answered(site.Response(), random).With("visit", Any<string?>(random, [null, .. visits]));
                for (var revisions = random.Next(4); revisions >= 0; revisions--)
                {
                    var reply = await site.PostAsync(response, random.Next(12) == 0 ? "Googlebot/2.1 (+http://www.google.com/bot.html)" : null);
                    Assert.True(reply.Status is HttpStatusCode.Created or HttpStatusCode.OK, reply.Body?.ToJsonString());
                    response = random.Next(4) == 0 ? response : Answered(response.Next(), random);
                }

                if (random.Next(5) == 0)
                {
                    using var erased = await eraser.DeleteAsync($"/v1/sites/{site.Id}/responses/{response.Id}", TestContext.Current.CancellationToken);
                    Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
                    continue;
                }

                stored.Add(response.Id);
            }
        });

        await Cells.EqualARecountAsync(collector, site.Id);
        var touchpoints = (await site.GetAsync("touchpoints")).Body!["items"]!.AsArray();
        var suspects = await StoredRows.QueryAsync(collector, "select suspect from responses where site = @Id and suspect <> ''", new { site.Id });
        Assert.Equal(["bot", "honeypot", "tooFast"], suspects.Select(row => (string)row["suspect"]!).Distinct().Order()); // Or the mix would show little.
        Assert.Equal(stored.Count - suspects.Count, touchpoints.Sum(item => (int)item!["shown"]!));
        Assert.Equal(suspects.Count, (int)(await site.GetAsync("ces")).Body!["suspect"]!["responses"]!);
        Assert.Equal((int)(await site.CesAsync())["answers"]!, touchpoints.Sum(item => (int)item!["ces"]!["answers"]!));
    }

    private static SomeResponse Answered(SomeResponse response, Random random) => response
        .Answering("effort", score: random.Next(3) == 0 ? null : random.Next(1, 8))
        .Answering("intent", choice: Any(random, [null, null, "buy", "help", "inform"]))
        .Answering("success", choice: Any(random, [null, "yes", "no", "busy"]))
        .On($"https://shop.example/{Any(random, ["a", "b", "c"])}")
        .With("website", random.Next(12) == 0 ? "https://spam.example" : null)
        .With("device", Any(random, [null, "mobile", "desktop"]))
        .With("language", Any(random, [null, "nl", "en-GB"]))
        .With("state", Any(random, ["shown", "dismissed", "partial", "complete"]))
        .With("answeredAt", random.Next(2) == 0 ? null : $"2026-11-{random.Next(18, 23)}T0{random.Next(10)}:00:00Z");

    private static T Any<T>(Random random, T[] choices) => choices[random.Next(choices.Length)];
}
