using System.Net;
using Collector.Sites;
using Collector.Tests.Support;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Collector.Tests.Sites;

/// <summary>A site that is removed is gone, and with it all that was stored of it; others are not touched.</summary>
public sealed class SiteRemovalTests : IAsyncLifetime
{
    private readonly RunningCollector collector = RunningCollector.With();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => collector.DisposeAsync();

    [Fact]
    public async Task NothingIsLeftOfItAndAllOfTheOther()
    {
        var (removed, other) = (await FilledAsync(), await FilledAsync());
        var before = await CountAsync();
        Assert.Equal(before[removed.Id], before[other.Id]);

        using (var reply = await collector.Operator.DeleteAsync($"/v1/sites/{removed.Id}", Cancellation))
        {
            Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
        }

        // At once, for everybody.
        Assert.Equal(HttpStatusCode.NotFound, (await removed.GetAsync("ces")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await removed.PostAsync(removed.Response(effort: 3))).Status);
        using (var script = await collector.Visitor.GetAsync($"/{removed.SiteKey}.js", Cancellation))
        {
            Assert.Equal(HttpStatusCode.NotFound, script.StatusCode);
        }

        using (var again = await collector.Operator.DeleteAsync($"/v1/sites/{removed.Id}", Cancellation))
        {
            Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        }

        var removal = collector.Services.GetRequiredService<SiteRemoval>();
        await removal.RunAsync(Cancellation);
        collector.Time.Now += TimeSpan.FromMinutes(2);
        await removal.RunAsync(Cancellation);

        var after = await CountAsync();
        Assert.False(after.ContainsKey(removed.Id), "Something is left.");
        Assert.Equal(before[other.Id], after[other.Id]);
        Assert.Equal(3, (int)(await other.CesAsync())["answers"]!);
    }

    [Fact]
    public async Task OnlyWhoMayChangeASiteMayRemoveIt()
    {
        var site = await collector.NewSiteAsync();
        using var refused = await site.Analyst.DeleteAsync($"/v1/sites/{site.Id}", Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("ces")).Status);
    }

    private async Task<TestSite> FilledAsync()
    {
        var site = await collector.NewSiteAsync();
        await new TestGroups(site).AddAsync("all", ["/**"]);
        await new Saved(site, "goals").AddAsync("""{ "name": "Easy", "metric": "easy", "target": 0.7, "date": "2027-03-31" }""");
        await new Saved(site, "webhooks").AddAsync("""{ "name": "Desk", "url": "https://receiver.invalid/", "events": ["response.completed"] }""");
        await site.StoreAsync(
            site.Response(effort: 2, intent: "compare").With("state", "complete").Answering("reason", text: "The price"), site.Response(effort: 5).On("https://shop.example/"), site.Response(effort: 6));
        return site;
    }

    // How many rows each table has of each site.
    private async Task<Dictionary<string, string>> CountAsync()
    {
        await using var connection = await TestDatabase.OpenAsync(collector.Database.ConnectionString);
        var counts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in (string[])["responses", "cells", "totals", "touchpoints", "surveys", "survey_versions", "keys", "groups", "goals", "comments", "webhooks", "deliveries", "audit", "ledgers", "members"])
        {
            foreach (var (site, count) in await connection.QueryAsync<(string Site, long Count)>($"select site, count(*) from {table} group by site"))
            {
                counts[site] = counts.GetValueOrDefault(site) + $" {table} {count}";
            }
        }

        return counts;
    }
}
