using System.Text.Json.Nodes;
using Collector.Insights.Watch;
using Collector.Tests.Support;
using Collector.Tests.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Collector.Tests.Insights.Watch;

/// <summary>What a site's webhooks are told of, of its own accord: once, and not of how things were when somebody began to listen.</summary>
public sealed class WatchTests : IAsyncLifetime
{
    private readonly RunningCollector collector = SomeWebhook.Collector();
    private Receiver receiver = null!;
    private TestSite site = null!;

    public async ValueTask InitializeAsync()
    {
        receiver = await Receiver.StartAsync();
        site = await collector.NewSiteAsync(new JsonObject { ["languages"] = new JsonArray("en") });
        await SomeWebhook.AddAsync(site, receiver.Url, "goal.status_changed pattern.found ces.dropped");
    }

    public async ValueTask DisposeAsync()
    {
        await receiver.DisposeAsync();
        await collector.DisposeAsync();
    }

    [Fact]
    public async Task AGoalThatComesToStandOtherwiseIsToldOnce()
    {
        var goal = await new Saved(site, "goals").AddAsync("""{ "name": "Contact is easy", "metric": "easy", "target": 0.7, "date": "2027-03-31" }""");
        await StoreAsync(20, effort: 7);
        await LookAsync();
        await NextDayAsync();
        await StoreAsync(40, effort: 1);
        await LookAsync();
        Assert.Empty(await ToldAsync()); // It was looked at on this day.
        await NextDayAsync();
        await NextDayAsync();

        var told = Assert.Single(await ToldAsync("goal.status_changed"));
        Assert.Equal((goal, "met", "at risk", 0.7), ((string)told["goal"]!, (string)told["before"]!, (string)told["status"]!, (double)told["target"]!));
        Assert.Equal(1 / 3.0, (double)told["value"]!, 12);
        Assert.Equal("The goal “Contact is easy” is at risk: 33 % of 70 %", (string)told["sentence"]!);
    }

    [Fact]
    public async Task WhatBecameHarderIsToldOfTheTouchpointAndTheSiteOnce()
    {
        await StoreAsync(60, effort: 6);
        await StoreAsync(60, effort: 6, page: "https://shop.example/kettles");
        for (var day = 0; day < 8; day++)
        {
            await NextDayAsync();
        }

        Assert.Empty(await ToldAsync());
        await StoreAsync(30, effort: 3);
        await StoreAsync(30, effort: 6, page: "https://shop.example/kettles");
        for (var day = 0; day < 4; day++)
        {
            await NextDayAsync();
        }

        var told = await ToldAsync("ces.dropped");
        Assert.Equal([null, "shop.example/contact"], told.Select(each => (string?)each["touchpoint"]).Order());
        var contact = told.Single(each => (string?)each["touchpoint"] is not null);
        Assert.Equal((60, 30, 6.0, 3.0), ((int)contact["answersBefore"]!, (int)contact["answers"]!, (double)contact["meanBefore"]!, (double)contact["mean"]!));
        Assert.Equal(("2026-11-24", "2026-11-30"), ((string)contact["from"]!, (string)contact["to"]!));
        Assert.Equal("shop.example/contact was harder in the last seven days: 3.00 against 6.00 in the 28 days before; 30 answers", (string)contact["sentence"]!);
        Assert.True((double)contact["q"]! < 0.01 && (double)contact["interval"]!["high"]! < 0);
    }

    [Fact]
    public async Task FewAnswersOrAsManyHardOnesAsBeforeAreNoDrop()
    {
        await StoreAsync(30, effort: 6);
        await StoreAsync(30, effort: 3);
        for (var day = 0; day < 8; day++)
        {
            await NextDayAsync();
        }

        await StoreAsync(14, effort: 6);
        await StoreAsync(16, effort: 3);
        await StoreAsync(9, effort: 1, page: "https://shop.example/kettles"); // Nobody was there before.
        await NextDayAsync();
        Assert.DoesNotContain(await ToldAsync("ces.dropped"), told => (string?)told["touchpoint"] is not null);
    }

    [Fact]
    public async Task ANewPatternIsToldInASentence()
    {
        await LookAsync();
        await StoreAsync(40, effort: 1, intent: "complain");
        await StoreAsync(40, effort: 7, intent: "contact");
        await StoreAsync(20, effort: 7, intent: "compare", page: "https://shop.example/kettles");
        await StoreAsync(20, effort: 7, intent: "complain", page: "https://shop.example/kettles");
        await NextDayAsync();
        await NextDayAsync();

        var told = await ToldAsync("pattern.found");
        var complaining = told.Single(each => (string?)each["intent"] == "complain" && (string?)each["touchpoint"] == "shop.example/contact");
        Assert.Equal(("harder", 40, 40), ((string)complaining["direction"]!, (int)complaining["cell"]!["answers"]!, (int)complaining["cell"]!["difficult"]!));
        Assert.StartsWith("On shop.example/contact, visitors who came for “Make a complaint” found it hard", (string)complaining["sentence"]!, StringComparison.Ordinal);
        Assert.Equal(told.Count, told.Select(each => $"{each["touchpoint"]} {each["intent"]}").Distinct().Count());
    }

    private Task StoreAsync(int count, int effort, string? intent = null, string page = "https://shop.example/contact") =>
        site.StoreManyAsync(Enumerable.Range(0, count).Select(_ => site.Response(effort, intent).On(page)));

    private async Task NextDayAsync()
    {
        collector.Time.Now += TimeSpan.FromDays(1);
        collector.Time.Passed += TimeSpan.FromDays(1);
        await LookAsync();
    }

    private Task LookAsync() => collector.Services.GetRequiredService<Watching>().RunAsync(TestContext.Current.CancellationToken);

    // The data of all that was told, once nothing more is on its way.
    private async Task<IReadOnlyList<JsonNode>> ToldAsync(string? type = null)
    {
        await Task.Delay(2500, TestContext.Current.CancellationToken);
        return [.. receiver.Got.Select(told => told.Json).Where(told => type is null || (string)told["type"]! == type).Select(told => told["data"]!)];
    }
}
