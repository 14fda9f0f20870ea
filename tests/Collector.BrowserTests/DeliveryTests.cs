using System.Text.Json.Nodes;
using Collector.BrowserTests.Browsers;
using Collector.BrowserTests.Pages;
using Collector.BrowserTests.Support;
using static Collector.BrowserTests.Support.Patience;

namespace Collector.BrowserTests;

/// <summary>What a visitor answers arrives, whatever the line and the collector do; and nobody is thanked for what did not.</summary>
public sealed class DeliveryTests(DemoCollector demo, Engines engines)
{
    private const string Failed = "Your answers could not be sent right now.";

    [Theory, InEveryEngine]
    public async Task AnAnswerGivenOnLeavingArrives(Engine engine)
    {
        await using var relay = await Relay.BeforeAsync(demo.Collector);
        await using var website = await Website.OpenAsync(demo, collector: relay.Address);
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.ReadAsync();

        // A choice of the keyboard rests for a while before it is sent: here the page is gone before.
        await visitor.TabToAsync("input[name=effort]");
        await visitor.PressUntilAsync(" ", "focused().checked");
        await visitor.GoToAsync("about:blank");

        await EventuallyAsync(async () => Assert.Equal((1, 1), await website.CountsAsync(website.Page)));
        await EventuallyAsync(() =>
        {
            Assert.Equal([201, 200], relay.Responses.Select(response => response.Status));
            return Task.CompletedTask;
        });
        Assert.Contains("\"partial\"", relay.Responses[1].Body, StringComparison.Ordinal);
    }

    [Theory, InEveryEngine]
    public async Task ResponsesCarryNoCookies(Engine engine)
    {
        await using var relay = await Relay.BeforeAsync(demo.Collector);
        await using var website = await Website.OpenAsync(demo, collector: relay.Address);
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.ReadAsync();
        await visitor.GoToAsync(website, "?again");
        await visitor.ReadAsync();
        await visitor.ChooseAsync("effort", 6);

        await EventuallyAsync(() =>
        {
            Assert.Contains("session=secret", relay.Arrivals.Last(arrival => arrival.Method == "GET").Cookie, StringComparison.Ordinal); // A script tag takes it along, as any does; others on this host set some, too.
            Assert.Contains(relay.Responses, response => response.Body.Contains("\"partial\"", StringComparison.Ordinal));
            Assert.All(relay.Responses, response => Assert.Equal("", response.Cookie));
            return Task.CompletedTask;
        });
    }

    [Theory, InEveryEngine]
    public async Task WhoIsOfflineIsThankedOnceTheLineIsBackAndCountsOnce(Engine engine)
    {
        await using var relay = await Relay.BeforeAsync(demo.Collector);
        await using var website = await Website.OpenAsync(demo, collector: relay.Address);
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.ReadAsync();
        relay.Refuses = Relay.Refusal.NoConnection;
        await AnswerAsync(visitor);
        await visitor.IsToldAsync("Sending…");
        await Task.Delay(1_000, TestContext.Current.CancellationToken);
        Assert.NotEqual(website.Thanks, await visitor.TextAsync("[role=status]"));

        relay.Refuses = null;
        await visitor.AskAsync<bool>("dispatchEvent(new Event('online'))");
        await visitor.IsToldAsync(website.Thanks);

        Assert.Equal((1, 1), await website.CountsAsync(website.Page));
        Assert.Equal(6, (double)(await website.CesAsync(website.Page))["mean"]!);
        Assert.Single(relay.Responses, response => response.Status == 200 && response.Body.Contains("\"complete\"", StringComparison.Ordinal));
    }

    [Theory, InEveryEngine]
    public async Task WhatCouldNotBeSentWaitsForTheNextPage(Engine engine)
    {
        await using var relay = await Relay.BeforeAsync(demo.Collector);
        await using var website = await Website.OpenAsync(demo, collector: relay.Address);
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.ReadAsync();
        relay.Refuses = Relay.Refusal.NoConnection;
        await AnswerAsync(visitor);
        await visitor.IsToldAsync("Sending…");

        await visitor.GoToAsync("about:blank");
        relay.Refuses = null;
        await visitor.GoToAsync($"{website.Address}/products/");

        await EventuallyAsync(async () => Assert.Equal((1, 1), await website.CountsAsync(website.Page)));
        Assert.Equal(6, (double)(await website.CesAsync(website.Page))["mean"]!);
        await visitor.WaitUntilAsync("Object.keys(JSON.parse(Object.values(localStorage)[0]).unsent).length === 0"); // And is forgotten.
    }

    [Theory, InEveryEngine]
    public async Task WhatIsRefusedForGoodIsNotSentAgain(Engine engine)
    {
        await using var relay = await Relay.BeforeAsync(demo.Collector);
        await using var website = await Website.OpenAsync(demo, collector: relay.Address);
        await using var visitor = await engines.NewVisitorAsync(engine);
        relay.Refuses = new(400);
        await visitor.GoToAsync(website);
        await visitor.ReadAsync();
        await AnswerAsync(visitor);
        await visitor.IsToldAsync(Failed);
        await Task.Delay(2_500, TestContext.Current.CancellationToken);

        var revisions = relay.Responses.Select(response => (int)JsonNode.Parse(response.Body)!["revision"]!).ToList();
        Assert.Equal(revisions.Distinct(), revisions);
    }

    [Theory, InEveryEngine]
    public async Task WhoIsAskedToWaitWaitsAndIsThankedThen(Engine engine)
    {
        await using var relay = await Relay.BeforeAsync(demo.Collector);
        await using var website = await Website.OpenAsync(demo, collector: relay.Address);
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.ReadAsync();
        await visitor.ChooseAsync("effort", 6);
        await visitor.ChooseAsync("intent", "buy");
        await visitor.WaitForAsync("input[name=success]");
        await EventuallyAsync(async () => Assert.Equal((1, 1), await website.CountsAsync(website.Page)));
        relay.Refuses = new(503, RetryAfter: 3);
        await visitor.ChooseAsync("success", "yes");
        await EventuallyAsync(() =>
        {
            Assert.Contains(relay.Responses, response => response.Status == 503);
            return Task.CompletedTask;
        });
        relay.Refuses = null;
        await visitor.IsToldAsync(website.Thanks);

        var refused = Assert.Single(relay.Responses, response => response.Status == 503);
        Assert.InRange((relay.Responses.First(response => response.At > refused.At).At - refused.At).TotalSeconds, 3, 20);
    }

    private static async Task AnswerAsync(Visitor visitor)
    {
        await visitor.ChooseAsync("effort", 6);
        await visitor.ChooseAsync("intent", "buy");
        await visitor.ChooseAsync("success", "yes");
    }
}
