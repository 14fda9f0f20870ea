using System.Text.Json.Nodes;
using Collector.Ingest;
using Collector.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Collector.Tests.Ingest;

/// <summary>Responses go when their time is over; their counts stay.</summary>
public sealed class RetentionTests : IDisposable
{
    // One that moves its clock.
    private readonly RunningCollector collector = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => collector.Dispose();

    [Fact]
    public async Task ResponsesGoAndTheirCountsStay()
    {
        var site = await NewSiteAsync(retentionDays: 30);
        await site.StoreAsync(site.Response(effort: 6, intent: "buy", success: "yes").With("device", "mobile"), site.Response(effort: 2));
        var (ces, touchpoints) = await FiguresAsync();

        await PassAsync(days: 30);
        Assert.Equal(2, await CountAsync(site));
        await PassAsync(days: 1);

        Assert.Equal(0, await CountAsync(site));
        Assert.Equal((ces, touchpoints), await FiguresAsync());
        await Cells.EqualARecountAsync(collector, site.Id);

        async Task<(string Ces, string Touchpoints)> FiguresAsync() => (
            (await site.GetAsync("ces?by=intent&from=2026-11-01&to=2026-12-31")).Body!.ToJsonString(),
            (await site.GetAsync("touchpoints?from=2026-11-01&to=2026-12-31")).Body!.ToJsonString());
    }

    [Fact]
    public async Task ItHappensByItselfAtTheStart()
    {
        var site = await NewSiteAsync(retentionDays: 1);
        await site.StoreAsync(site.Response(effort: 6));
        collector.Time.Now += TimeSpan.FromDays(3);

        var retention = new Retention(
            collector.Services.GetRequiredService<Collector.Storage.Database>(),
            collector.Time,
            collector.Services.GetRequiredService<Microsoft.Extensions.Logging.ILogger<Retention>>());
        await retention.StartAsync(Cancellation);
        while (await CountAsync(site) > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
        }

        await retention.StopAsync(Cancellation);
        retention.Dispose();
    }

    [Fact]
    public async Task EachSiteKeepsItsOwnDays()
    {
        var (brief, @long) = (await NewSiteAsync(retentionDays: 7), await NewSiteAsync(retentionDays: 8));
        await brief.StoreAsync(brief.Response(effort: 6));
        await @long.StoreAsync(@long.Response(effort: 6));

        await PassAsync(days: 8);

        Assert.Equal((0, 1), (await CountAsync(brief), await CountAsync(@long)));
    }

    [Fact]
    public async Task ManyGoInSmallTransactionsAndSeveralLendAHand()
    {
        var site = await NewSiteAsync(retentionDays: 7);
        await site.StoreAsync([.. Enumerable.Range(0, 250).Select(i => site.Response(effort: 1 + (i % 7)))]);
        collector.Time.Now += TimeSpan.FromDays(8);

        var retention = collector.Services.GetRequiredService<Retention>();
        await Task.WhenAll(retention.RunAsync(Cancellation), retention.RunAsync(Cancellation), retention.RunAsync(Cancellation));

        Assert.Equal(0, await CountAsync(site));
        Assert.Equal(250, (int)(await site.CesAsync("from=2026-11-01"))["answers"]!);
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Fact]
    public async Task AVisitCountsWithItsIntentThoughItsResponsesGoTogether()
    {
        var site = await NewSiteAsync(retentionDays: 7);
        var visit = Guid.NewGuid().ToString();
        await site.StoreAsync(site.Response(intent: "buy").With("visit", visit), site.Response(effort: 3).With("visit", visit), site.Response(effort: 5).With("visit", visit));

        await PassAsync(days: 8);

        Assert.Equal(2, (int)(await site.CesAsync("intent=buy&from=2026-11-01"))["answers"]!);
    }

    [Fact]
    public async Task WhatStaysOfAVisitNoLongerHasTheIntentThatWent()
    {
        var site = await NewSiteAsync(retentionDays: 7);
        var visit = Guid.NewGuid().ToString();
        await site.StoreAsync(site.Response(intent: "buy").With("visit", visit));
        collector.Time.Now += TimeSpan.FromDays(1);
        await site.StoreAsync(site.Response(effort: 3).With("visit", visit));

        await PassAsync(days: 7);

        Assert.Equal(1, await CountAsync(site));
        Assert.Equal(0, (int)(await site.CesAsync("intent=buy"))["answers"]!);
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Fact]
    public async Task WhatIsLeftOfAnErasedResponseGoesToo()
    {
        var site = await NewSiteAsync(retentionDays: 7);
        var response = site.Response(effort: 6);
        await site.StoreAsync(response);
        using var erased = await collector.Operator.DeleteAsync($"/v1/sites/{site.Id}/responses/{response.Id}", Cancellation);
        Assert.Equal(1, await CountAsync(site));

        await PassAsync(days: 8);

        Assert.Equal(0, await CountAsync(site));
        Assert.Empty(await StoredRows.QueryAsync(collector, "select * from cells where site = @Id", new { site.Id }));
    }

    [Fact]
    public async Task AnAnswerFromBeforeTheRetentionIsNotBelieved()
    {
        var site = await NewSiteAsync(retentionDays: 2);
        await site.StoreAsync(site.Response(effort: 6).With("answeredAt", "2026-11-20T09:00:00Z"), site.Response(effort: 6).With("answeredAt", "2026-11-19T09:00:00Z"));

        var days = (await site.GetAsync("ces?by=day")).Body!["breakdown"]!.AsArray().Select(part => (string?)part!["key"]);

        Assert.Equal(["2026-11-20", "2026-11-22"], days);
    }

    [Fact]
    public async Task ClosedCountsFollowNoRule()
    {
        var site = await NewSiteAsync(retentionDays: 7);
        var rules = new TestRules(site);
        await site.StoreAsync(site.Response(effort: 6).On("https://shop.example/products/red"));
        await PassAsync(days: 8);
        await site.StoreAsync(site.Response(effort: 6).On("https://shop.example/products/red"));

        await rules.AddAsync("/products/*");
        await rules.PlacedAsync();

        Assert.Equal(
            ["shop.example/products/* 1", "shop.example/products/red 1"],
            (await site.GetAsync("touchpoints?from=2026-11-01")).Body!["items"]!.AsArray().Select(item => $"{(string)item!["touchpoint"]!} {(int)item["shown"]!}").Order(StringComparer.Ordinal));
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    private Task<TestSite> NewSiteAsync(int retentionDays) => collector.NewSiteAsync(new JsonObject { ["retentionDays"] = retentionDays });

    private async Task PassAsync(int days)
    {
        collector.Time.Now += TimeSpan.FromDays(days);
        await collector.Services.GetRequiredService<Retention>().RunAsync(Cancellation);
    }

    private async Task<int> CountAsync(TestSite site) =>
        (int)(long)(await StoredRows.QueryAsync(collector, "select count(*) as n from responses where site = @Id", new { site.Id })).Single()["n"]!;
}
