using System.Net;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Insights;

public sealed class IntentsRouteTests(RunningCollector collector)
{
    [Fact]
    public async Task AnIntentTellsItsShareItsSuccessAndItsScore()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(
            site.Response(effort: 2, intent: "buy", success: "yes"),
            site.Response(effort: 6, intent: "buy", success: "no"),
            site.Response(intent: "buy", success: "busy"),
            site.Response(effort: 7, intent: "help"),
            site.Response(effort: 1),
            site.Response(effort: 3),
            site.Response().With("state", "shown"),
            site.Response(effort: 1, intent: "job").With("website", "https://bot.example"));

        var reply = (await site.GetAsync("intents")).Body!;

        Assert.Equal(("2026-10-26", "2026-11-22"), ((string?)reply["from"], (string?)reply["to"]));
        Assert.Equal(
            [("buy", 3, 0.75, 4.0), ("help", 1, 0.25, 7.0), (null, 2, null, 2.0)],
            reply["items"]!.AsArray().Select(item => ((string?)item!["intent"], (int)item["responses"]!, (double?)item["share"], (double?)item["ces"]!["mean"])));
        Assert.Equal((2, 0.5), ((int)reply["items"]![0]!["success"]!["answers"]!, (double)reply["items"]![0]!["success"]!["share"]!)); // who is still busy does not count
        Assert.Null(reply["items"]![1]!["success"]);
        Assert.Equal((1, 0.125), ((int)reply["suspect"]!["responses"]!, (double)reply["suspect"]!["share"]!));
    }

    [Fact]
    public async Task ShareIsOfTheSelection()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(
            site.Response(intent: "buy").On("https://shop.example/a"),
            site.Response(intent: "help").On("https://shop.example/b"),
            site.Response(intent: "job").On("https://shop.example/b"));

        Assert.Equal(["help 0.5", "job 0.5"], await ItemsAsync("page=https://shop.example/b"));
        Assert.Equal(["job 1"], await ItemsAsync("intent=job"));
        Assert.Empty(await ItemsAsync("success=yes"));

        async Task<IEnumerable<string>> ItemsAsync(string query) =>
            (await site.GetAsync($"intents?{query}")).Body!["items"]!.AsArray().Select(item => $"{(string?)item!["intent"]} {item["share"]}");
    }

    [Fact]
    public async Task AParameterThatIsUnknownIsNamed()
    {
        var reply = await (await collector.NewSiteAsync()).GetAsync("intents?by=day");
        Assert.Equal((HttpStatusCode.BadRequest, "by"), (reply.Status, string.Join(' ', reply.WrongFields)));
    }

    [Fact]
    public async Task WordsOfTheirOwnShowAsOtherInEveryFigure()
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["minimumAnswers"] = 5 });
        await site.StoreManyAsync([
            .. Enumerable.Range(0, 10).Select(_ => site.Response(effort: 1, success: "no").Answering("intent", choice: "other", text: "My own words").Answering("reason", text: "My own words")),
            .. Enumerable.Range(0, 20).Select(_ => site.Response(effort: 7, intent: "buy"))]);

        Assert.Equal(["buy", "other"], (await site.GetAsync("intents")).Body!["items"]!.AsArray().Select(item => (string?)item!["intent"]));
        Assert.Equal(10, (int)(await site.CesAsync("intent=other"))["answers"]!);
        foreach (var figure in (string[])["ces?by=intent", "touchpoints", "intents", "patterns", "priorities?lang=en"])
        {
            var text = (await site.GetAsync(figure)).Body!.ToJsonString();
            Assert.DoesNotContain("My own words", text, StringComparison.Ordinal);
            Assert.Contains(figure.StartsWith("priorities", StringComparison.Ordinal) ? "Something else" : "\"other\"", text, StringComparison.Ordinal);
        }
    }
}
