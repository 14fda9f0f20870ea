using System.Text.Json.Nodes;
using Collector.Ingest;
using Collector.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Collector.Tests.Ingest;

/// <summary>Past responses follow when what makes touchpoints of pages changes.</summary>
public sealed class PlacingTests(RunningCollector collector)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PastAndNewResponsesFollowARule()
    {
        var (site, rules) = await NewAsync();
        await site.StoreAsync(On("/products/red"), On("/products/blue"), On("/contact"));

        var rule = await rules.AddAsync("/products/*");
        await site.StoreAsync(On("/products/green"));
        Assert.Equal("""{"state":"done","done":3,"total":3}""", (await rules.PlacedAsync()).ToJsonString());

        Assert.Equal(["shop.example/contact 1", "shop.example/products/* 3"], await rules.TouchpointsAsync());
        Assert.Equal(3, (int)(await site.CesAsync("page=https://shop.example/products/any?x"))["answers"]!);
        await Cells.EqualARecountAsync(collector, site.Id);

        await rules.SendAsync(HttpMethod.Delete, $"/{rule}");
        await rules.PlacedAsync();

        Assert.Equal(
            ["shop.example/contact 1", "shop.example/products/blue 1", "shop.example/products/green 1", "shop.example/products/red 1"],
            await rules.TouchpointsAsync());
        await Cells.EqualARecountAsync(collector, site.Id);

        SomeResponse On(string path) => site.Response(effort: 3).On($"https://shop.example{path}");
    }

    [Fact]
    public async Task ParametersAreKeptFromTheRuleOnAndDroppedWithIt()
    {
        var (site, rules) = await NewAsync();
        await site.StoreAsync(Searching("before"));
        var rule = await rules.AddAsync("/search", ["q"]);
        await site.StoreAsync(Searching("after"));
        await rules.PlacedAsync();
        Assert.Equal(["shop.example/search 1", "shop.example/search?q=after 1"], await rules.TouchpointsAsync());
        Assert.Equal(1, (int)(await site.CesAsync($"page={Uri.EscapeDataString("https://shop.example/search?x=1&q=after")}"))["answers"]!);

        await rules.SendAsync(HttpMethod.Delete, $"/{rule}");
        await rules.PlacedAsync();

        Assert.Equal(["shop.example/search 2"], await rules.TouchpointsAsync());
        var pages = await StoredRows.QueryAsync(collector, "select distinct page from responses where site = @Id", new { site.Id });
        Assert.Equal(["shop.example/search"], pages.Select(row => row["page"]));
        await Cells.EqualARecountAsync(collector, site.Id);

        SomeResponse Searching(string words) => site.Response(effort: 3).On($"https://shop.example/search?utm=x&q={words}");
    }

    /// <summary>It sends no other parameters, so that tokens and the like never leave the page.</summary>
    [Fact]
    public async Task TheWidgetIsToldWhichParametersAreKept()
    {
        var (site, rules) = await NewAsync();
        await rules.AddAsync("/search", ["tab", "q"]);
        await rules.AddAsync("/find", ["q"]);
        await rules.AddAsync("/products/*");

        var settings = JsonNode.Parse(await collector.Visitor.GetStringAsync($"/v1/widget/{site.SiteKey}", Cancellation))!;

        Assert.Equal("""["q","tab"]""", settings["keepParameters"]!.ToJsonString());
    }

    [Fact]
    public async Task PastResponsesFollowWhenIdentifiersCollapseOrNoLongerDo()
    {
        var (site, rules) = await NewAsync();
        await site.StoreAsync(site.Response(effort: 3).On("https://shop.example/orders/1"), site.Response(effort: 3).On("https://shop.example/orders/2"));

        await rules.ChangeSiteAsync("""{ "collapseIdentifiers": false }""");
        await rules.PlacedAsync();
        Assert.Equal(["shop.example/orders/1 1", "shop.example/orders/2 1"], await rules.TouchpointsAsync());

        await rules.ChangeSiteAsync("""{ "collapseIdentifiers": true }""");
        await rules.PlacedAsync();
        Assert.Equal(["shop.example/orders/{id} 2"], await rules.TouchpointsAsync());
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Fact]
    public async Task ARepeatIsStillARepeatWhenItsPageHasMoved()
    {
        var (site, rules) = await NewAsync();
        var response = site.Response(effort: 3).On("https://shop.example/search?q=a");
        await site.StoreAsync(response);
        await rules.AddAsync("/search", ["q"]);
        await rules.PlacedAsync();

        Assert.Equal(System.Net.HttpStatusCode.OK, (await site.PostAsync(response)).Status);
        Assert.Equal(System.Net.HttpStatusCode.Conflict, (await site.PostAsync(response.Next().With("revision", 1).On("https://shop.example/find?q=a"))).Status);
    }

    [Fact]
    public async Task ManyMoveWhileOthersComeInAndSeveralLendAHand()
    {
        var (site, rules) = await NewAsync();
        await site.StoreAsync([.. Enumerable.Range(0, 350).Select(i => On($"/a/{i % 7}x"))]);

        await rules.AddAsync("/a/*");
        var placing = collector.Services.GetRequiredService<Placing>();
        await Task.WhenAll(
            placing.RunAsync(Cancellation),
            placing.RunAsync(Cancellation),
            Task.WhenAll(Enumerable.Range(0, 50).Select(i => site.StoreAsync(On($"/a/{i % 7}x")))));
        var progress = await rules.PlacedAsync();

        Assert.Equal(["shop.example/a/* 400"], await rules.TouchpointsAsync());
        Assert.Equal((350, 350), ((int)progress["done"]!, (int)progress["total"]!));
        await Cells.EqualARecountAsync(collector, site.Id);

        SomeResponse On(string path) => site.Response(effort: 3).On($"https://shop.example{path}");
    }

    /// <summary>As another process does for the seconds in which it does not know the new rules yet.</summary>
    [Fact]
    public async Task AResponseThatComesInByOlderRulesIsPlacedAgain()
    {
        var (site, rules) = await NewAsync();
        await rules.AddAsync("/products/*");
        await rules.PlacedAsync();
        await site.StoreAsync(site.Response(effort: 3).On("https://shop.example/products/red"));
        await using (var other = await collector.Database.OpenAsync())
        {
            // In one transaction, since the collector may look at any moment; for the same reason nothing is read before it is told to.
            await using var transaction = await other.BeginTransactionAsync(Cancellation);
            Assert.True(await Dapper.SqlMapper.ExecuteAsync(
                other,
                """
                insert into touchpoints (site, number, name) values (@Id, 99, 'shop.example/products/red');
                update responses set placed_by = 0, touchpoint = 99 where site = @Id;
                update cells set touchpoint = 99 where site = @Id;
                update totals set touchpoint = 99 where site = @Id and touchpoint >= 0;
                update intent_totals set touchpoint = 99 where site = @Id and touchpoint >= 0;
                """,
                new { site.Id },
                transaction) >= 3);
            await transaction.CommitAsync(Cancellation);
        }

        await collector.Services.GetRequiredService<Placing>().RunAsync(Cancellation);

        Assert.Equal(["shop.example/products/* 1"], await rules.TouchpointsAsync());
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Fact]
    public async Task WhatIsErasedFollowsTooWithNothingToMove()
    {
        var (site, rules) = await NewAsync();
        var response = site.Response(effort: 3);
        await site.StoreAsync(response);
        using var erased = await collector.Operator.DeleteAsync($"/v1/sites/{site.Id}/responses/{response.Id}", Cancellation);

        await rules.AddAsync("/**");

        Assert.Equal("done", (string?)(await rules.PlacedAsync())["state"]);
        Assert.Empty(await rules.TouchpointsAsync());
    }

    private async Task<(TestSite Site, TestRules Rules)> NewAsync(JsonObject? settings = null)
    {
        var site = await collector.NewSiteAsync(settings);
        return (site, new TestRules(site));
    }
}
