using System.Net;
using Collector.Tests.Support;

namespace Collector.Tests.Ingest;

public sealed class EraseRouteTests(RunningCollector collector)
{
    [Fact]
    public async Task AnErasedResponseIsGoneFromTheFiguresAndTheDisk()
    {
        var site = await collector.NewSiteAsync();
        var response = site.Response(effort: 6, intent: "buy").Answering("reason", text: "Something that I regret").With("visit", Guid.NewGuid().ToString());
        await site.StoreAsync(response, site.Response(effort: 2));

        Assert.Equal(HttpStatusCode.NoContent, await EraseAsync(site, response.Id));

        Assert.Equal(2, (double)(await site.CesAsync())["mean"]!);
        Assert.Equal(1, (int)(await site.GetAsync("touchpoints")).Body!["items"]![0]!["shown"]!);
        var row = (await StoredRows.QueryAsync(collector, "select * from responses where id = @Id", new { response.Id })).Single();
        Assert.Equal("[]", row["answers"]);
        Assert.Equal("", row["page"]);
        Assert.Null(row["visit"]);
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Fact]
    public async Task ARevisionThatIsStillOnItsWayDoesNotBringItBack()
    {
        var site = await collector.NewSiteAsync();
        var response = site.Response(effort: 6);
        await site.StoreAsync(response);
        await EraseAsync(site, response.Id);

        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(response)).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(response.Next())).Status);
        Assert.Equal(0, (int)(await site.CesAsync())["answers"]!);
    }

    [Fact]
    public async Task TheIntentThatItGaveItsVisitIsTakenBack()
    {
        var site = await collector.NewSiteAsync();
        var visit = Guid.NewGuid().ToString();
        var giver = site.Response(intent: "buy").With("visit", visit);
        await site.StoreAsync(giver, site.Response(effort: 3).With("visit", visit));

        await EraseAsync(site, giver.Id);

        Assert.Equal(0, (int)(await site.CesAsync("intent=buy"))["answers"]!);
        Assert.Equal(1, (int)(await site.CesAsync())["answers"]!);
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Fact]
    public async Task WhatIsNotThereOrSomebodyElsesIsNotFound()
    {
        var (site, other) = (await collector.NewSiteAsync(), await collector.NewSiteAsync());
        var response = other.Response(effort: 6);
        await other.StoreAsync(response);

        Assert.Equal(HttpStatusCode.NotFound, await EraseAsync(site, response.Id));
        Assert.Equal(HttpStatusCode.NotFound, await EraseAsync(site, Guid.NewGuid().ToString()));
        Assert.Equal(HttpStatusCode.NotFound, await EraseAsync(site, "not-an-id"));
        Assert.Equal(HttpStatusCode.NoContent, await EraseAsync(other, response.Id));
        Assert.Equal(HttpStatusCode.NotFound, await EraseAsync(other, response.Id));
        Assert.Equal(HttpStatusCode.Forbidden, (await site.Analyst.DeleteAsync($"/v1/sites/{site.Id}/responses/{response.Id}", TestContext.Current.CancellationToken)).StatusCode);
    }

    private async Task<HttpStatusCode> EraseAsync(TestSite site, string id)
    {
        using var response = await collector.Operator.DeleteAsync($"/v1/sites/{site.Id}/responses/{id}", TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
