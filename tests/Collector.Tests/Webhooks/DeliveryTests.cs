using System.Diagnostics;
using System.Net;
using Collector.Tests.Support;
using Collector.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Collector.Tests.Webhooks;

/// <summary>How receivers are told, whatever they do.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private readonly RunningCollector collector = SomeWebhook.Collector();
    private Receiver receiver = null!;
    private TestSite site = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        receiver = await Receiver.StartAsync();
        site = await collector.NewSiteAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await receiver.DisposeAsync();
        await collector.DisposeAsync();
    }

    [Fact]
    public async Task ACompletedResponseIsToldOnceSignedAndWithoutWhatWasWritten()
    {
        var webhook = await SomeWebhook.AddAsync(site, receiver.Url);
        var response = site.Response(effort: 2, intent: "compare", success: "no").Answering("reason", text: "Where is the price?").On("https://shop.example/contact?utm=1");
        await site.StoreAsync(response.With("state", "partial").With("revision", 1));
        await site.StoreAsync(response.With("state", "complete").With("revision", 2));
        await site.StoreAsync(response.With("state", "complete").With("revision", 3));
        await site.StoreAsync(site.Response(effort: 6)); // Not to its end.

        var told = Assert.Single(await receiver.HearAsync(1));
        Assert.Equal("response.completed", (string)told.Json["type"]!);
        Assert.Equal("2026-11-22T09:30:00.000Z", (string)told.Json["timestamp"]!);
        var data = told.Json["data"]!;
        Assert.Equal(("shop.example/contact", 2), ((string)data["touchpoint"]!, (int)data["effort"]!));
        Assert.Equal((1, 7, "high"), ((int)data["scale"]!["min"]!, (int)data["scale"]!["max"]!, (string)data["scale"]!["easy"]!));
        Assert.Equal(("compare", "no", true), ((string)data["intent"]!, (string)data["success"]!, (bool)data["hasComment"]!));
        Assert.Equal("Een bezoeker vond shop.example/contact moeilijk: 2 van 7", (string)data["sentence"]!);
        Assert.DoesNotContain("price", told.Body, StringComparison.Ordinal);
        Assert.Equal(Secret.Sign([webhook.Secret], told.Id, long.Parse(told.Headers["webhook-timestamp"], null), told.Body), told.Headers["webhook-signature"]);
        Assert.Equal("application/json", told.Headers["Content-Type"]);

        await webhook.UntilAsync((_, deliveries) => deliveries is [{ } one] && (string)one["state"]! == "delivered" && (int)one["status"]! == 204);
        await Task.Delay(1500, Cancellation);
        Assert.Single(receiver.Got);
    }

    [Fact]
    public async Task CommentsGoAlongWhereTheyAreAskedForAndNotOnceTheyAreErased()
    {
        var webhook = await SomeWebhook.AddAsync(site, receiver.Url, others: """, "comments": true""");
        receiver.Answer = Receiver.With(500);
        var response = site.Response(effort: 2).Answering("reason", text: "Where is <b>the price</b>?").With("state", "complete");
        await site.StoreAsync(response);
        var first = (await receiver.HearAsync(1))[0];
        Assert.Equal("Where is <b>the price</b>?", (string)first.Json["data"]!["comments"]![0]!["text"]!);
        await webhook.UntilAsync((_, deliveries) => (int)deliveries[0]!["attempts"]! == 1);

        using (await collector.Operator.DeleteAsync($"/v1/sites/{site.Id}/responses/{response.Id}", Cancellation))
        {
        }

        Assert.Empty(await webhook.DeliveriesAsync());
        collector.Time.Now += TimeSpan.FromMinutes(5);
        await Task.Delay(1500, Cancellation);
        Assert.Single(receiver.Got);
    }

    [Fact]
    public async Task WhatIsNotTakenComesAgainWithTheSameIdUntilItIs()
    {
        var webhook = await SomeWebhook.AddAsync(site, receiver.Url);
        receiver.Answer = Receiver.With(503);
        await site.StoreAsync(site.Response(effort: 2).With("state", "complete"));
        foreach (var (attempts, wait) in new[] { (1, 4), (2, 24), (3, 96) })
        {
            await receiver.HearAsync(attempts);
            var failing = await webhook.UntilAsync((_, deliveries) => (int)deliveries[0]!["attempts"]! == attempts);
            Assert.Equal("2026-11-22T09:30:00+00:00", (string)failing["failingSince"]!);
            collector.Time.Now += TimeSpan.FromSeconds(wait - 1); // A fifth earlier than said, at the earliest.
            await Task.Delay(1200, Cancellation);
            Assert.Equal(attempts, receiver.Got.Count);
            collector.Time.Now += TimeSpan.FromSeconds((wait / 2) + 2);
            if (attempts == 3)
            {
                receiver.Answer = Receiver.With(200);
            }
        }

        await receiver.HearAsync(4);
        Assert.Null((await webhook.UntilAsync((_, deliveries) => (string)deliveries[0]!["state"]! == "delivered"))["failingSince"]);
        Assert.Single(receiver.Got.Select(told => told.Id).Distinct());
    }

    [Fact]
    public async Task WhoAsksToBeLeftAloneIs()
    {
        var webhook = await SomeWebhook.AddAsync(site, receiver.Url);
        receiver.Answer = Receiver.With(429, retryAfter: "600");
        await site.StoreAsync(site.Response(effort: 2).With("state", "complete"));
        await receiver.HearAsync(1);
        await webhook.UntilAsync((_, deliveries) => (string)deliveries[0]!["nextAt"]! == "2026-11-22T09:40:00+00:00");
        collector.Time.Now += TimeSpan.FromSeconds(590);
        await Task.Delay(1500, Cancellation);
        Assert.Single(receiver.Got);
        collector.Time.Now += TimeSpan.FromSeconds(11);
        await receiver.HearAsync(2);
    }

    [Fact]
    public async Task WhoTakesNothingForADayIsDisabledAndHearsWhatFailedWhenItIsMended()
    {
        var webhook = await SomeWebhook.AddAsync(site, receiver.Url);
        receiver.Answer = Receiver.With(500);
        await site.StoreAsync(site.Response(effort: 2).With("state", "complete"));
        await receiver.HearAsync(1);
        await webhook.UntilAsync((_, deliveries) => (int)deliveries[0]!["attempts"]! == 1);
        collector.Time.Now += TimeSpan.FromHours(25);
        var disabled = await webhook.UntilAsync((one, _) => (string)one["state"]! == "disabled");
        Assert.Equal("failing", (string)disabled["reason"]!);
        await site.StoreAsync(site.Response(effort: 3).With("state", "complete"));
        Assert.Equal("failed", (string)Assert.Single(await webhook.DeliveriesAsync())!["state"]!);

        receiver.Answer = Receiver.With(204);
        Assert.Equal(HttpStatusCode.OK, (await webhook.SendAsync(HttpMethod.Patch, body: """{ "state": "enabled" }""")).Status);
        var before = receiver.Got.Count;
        var replayed = await webhook.SendAsync(HttpMethod.Post, "/replay", """{ "since": "2026-11-22T00:00:00Z" }""");
        Assert.Equal((HttpStatusCode.Accepted, 1), (replayed.Status, (int)replayed.Body!["deliveries"]!));
        await receiver.HearAsync(before + 1);
        await site.StoreAsync(site.Response(effort: 4).With("state", "complete"));
        await receiver.HearAsync(before + 2);
    }

    [Fact]
    public async Task WhoSaysThatItIsGoneIsDisabledAtOnce()
    {
        var webhook = await SomeWebhook.AddAsync(site, receiver.Url);
        receiver.Answer = Receiver.With(410);
        await site.StoreAsync(site.Response(effort: 2).With("state", "complete"));
        Assert.Equal("gone", (string)(await webhook.UntilAsync((one, _) => (string)one["state"]! == "disabled"))["reason"]!);
    }

    [Fact]
    public async Task ARedirectIsNotFollowed()
    {
        await using var elsewhere = await Receiver.StartAsync();
        var webhook = await SomeWebhook.AddAsync(site, receiver.Url);
        receiver.Answer = context =>
        {
            context.Response.Redirect(elsewhere.Url);
            return Task.CompletedTask;
        };
        await site.StoreAsync(site.Response(effort: 2).With("state", "complete"));
        await webhook.UntilAsync((_, deliveries) => (int?)deliveries[0]!["status"] == 302 && (string)deliveries[0]!["state"]! == "pending");
        Assert.Empty(elsewhere.Got);
    }

    [Fact]
    public async Task ASlowReceiverHoldsUpNeitherAnotherNorAVisitor()
    {
        var hangs = new TaskCompletionSource();
        receiver.Answer = _ => hangs.Task;
        await using var quick = await Receiver.StartAsync();
        await SomeWebhook.AddAsync(site, receiver.Url);
        await SomeWebhook.AddAsync(site, quick.Url);
        await site.StoreAsync(site.Response(effort: 2).With("state", "complete"));
        await receiver.HearAsync(1);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < 5; i++)
        {
            await site.StoreAsync(site.Response(effort: 3).With("state", "complete"));
        }

        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2));
        await quick.HearAsync(6);
        hangs.SetResult();
    }

    [Fact]
    public async Task ForADayAfterAChangeBothSecretsSign()
    {
        var webhook = await SomeWebhook.AddAsync(site, receiver.Url);
        var secret = (string)(await webhook.SendAsync(HttpMethod.Post, "/secret")).Body!["secret"]!;
        Assert.True((bool)(await webhook.SendAsync(HttpMethod.Post, "/test")).Body!["delivered"]!);
        var told = receiver.Got[0];
        Assert.Equal(Secret.Sign([secret, webhook.Secret], told.Id, long.Parse(told.Headers["webhook-timestamp"], null), told.Body), told.Headers["webhook-signature"]);
        collector.Time.Now += TimeSpan.FromHours(24);
        await webhook.SendAsync(HttpMethod.Post, "/test");
        Assert.Single(receiver.Got[1].Headers["webhook-signature"].Split(' '));
    }

    [Fact]
    public async Task ATrialSaysWhatTheReceiverAnswered()
    {
        var webhook = await SomeWebhook.AddAsync(site, receiver.Url, others: """, "state": "paused" """);
        var good = (await webhook.SendAsync(HttpMethod.Post, "/test")).Body!;
        Assert.Equal((true, 204), ((bool)good["delivered"]!, (int)good["status"]!));
        Assert.Equal("webhook.test", (string)receiver.Got[0].Json["type"]!);
        receiver.Answer = Receiver.With(404);
        var bad = (await webhook.SendAsync(HttpMethod.Post, "/test")).Body!;
        Assert.Equal((false, 404), ((bool)bad["delivered"]!, (int)bad["status"]!));
        await receiver.DisposeAsync();
        var none = (await webhook.SendAsync(HttpMethod.Post, "/test")).Body!;
        Assert.Equal("It could not be connected to.", (string)none["error"]!);
        Assert.Empty(await webhook.DeliveriesAsync());
    }

    [Fact]
    public async Task SlackAndTeamsGetBodiesThatTheyTake()
    {
        await SomeWebhook.AddAsync(site, receiver.Url, others: """, "format": "slack", "comments": true""");
        await using var teams = await Receiver.StartAsync();
        await SomeWebhook.AddAsync(site, teams.Url, others: """, "format": "teams", "comments": true""");
        await site.StoreAsync(site.Response(effort: 7).Answering("reason", text: "<!channel> & so *on*\nline two").With("state", "complete"));
        Assert.Equal(
            "Een bezoeker vond shop.example/contact makkelijk: 7 van 7\n> &lt;!channel&gt; &amp; so *on*\n> line two", (string)(await receiver.HearAsync(1))[0].Json["text"]!);
        var card = (await teams.HearAsync(1))[0].Json["attachments"]![0]!;
        Assert.Equal("application/vnd.microsoft.card.adaptive", (string)card["contentType"]!);
        Assert.Equal("AdaptiveCard", (string)card["content"]!["type"]!);
        Assert.Equal("<!channel> & so *on*\nline two", (string)card["content"]!["body"]![1]!["items"]![0]!["inlines"]![0]!["text"]!);
    }

    [Fact]
    public async Task MessagesAreForgottenAfterAWeek()
    {
        var webhook = await SomeWebhook.AddAsync(site, receiver.Url);
        await site.StoreAsync(site.Response(effort: 2).With("state", "complete"));
        await webhook.UntilAsync((_, deliveries) => deliveries is [{ } one] && (string)one["state"]! == "delivered");
        collector.Time.Now += TimeSpan.FromDays(6.9);
        await collector.Services.GetRequiredService<Forgetting>().RunAsync(Cancellation);
        Assert.Single(await webhook.DeliveriesAsync());
        collector.Time.Now += TimeSpan.FromDays(0.2);
        await collector.Services.GetRequiredService<Forgetting>().RunAsync(Cancellation);
        Assert.Empty(await webhook.DeliveriesAsync());
    }
}
