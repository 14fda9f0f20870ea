using System.Net;
using System.Text.Json.Nodes;
using Collector.Tests.Support;
using Collector.Tests.Transfer;

namespace Collector.Tests.Ingest;

/// <summary>Places that are no page: the telephone, a counter, an app.</summary>
public sealed class ChannelTests(RunningCollector collector)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("telephone", "channel:telephone/")]
    [InlineData("desk/amsterdam", "channel:desk/amsterdam")]
    [InlineData("app/orders/12345", "channel:app/orders/{id}")]
    public async Task AChannelIsATouchpointOfItsOwnWhicheverPagesAreAllowed(string channel, string touchpoint)
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["allowedOrigins"] = new JsonArray("https://shop.example") });

        await site.StoreAsync(By(site, channel), By(site, channel));

        var item = Assert.Single((await site.GetAsync("touchpoints")).Body!["items"]!.AsArray())!;
        Assert.Equal((touchpoint, 2), ((string)item["touchpoint"]!, (int)item["responses"]!));
        Assert.Equal(2, (int)(await site.GetAsync($"ces?touchpoint={Uri.EscapeDataString(touchpoint)}")).Body!["ces"]!["answers"]!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Telephone")]
    [InlineData("channel:telephone")]
    [InlineData("desk//amsterdam")]
    [InlineData("desk/")]
    [InlineData("a/b/c/d/e/f")]
    [InlineData("a.b")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijklmno")]
    public async Task WhatIsNoChannelIsRefused(string channel)
    {
        var site = await collector.NewSiteAsync();

        var reply = await site.PostAsync(By(site, channel));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/channel"), (reply.Status, Assert.Single(reply.Body!["errors"]!.AsObject()).Key));
    }

    [Fact]
    public async Task APageOrAChannelIsNeededAndNotBoth()
    {
        var site = await collector.NewSiteAsync();

        var both = await site.PostAsync(site.Response(effort: 3).With("channel", "telephone"));
        var neither = await site.PostAsync(By(site, "telephone").With("channel", null));
        var asPage = await site.PostAsync(site.Response(effort: 3).With("page", "channel:telephone/"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (both.Status, both.Body!["errors"]!["/channel"] is not null));
        Assert.Equal((HttpStatusCode.BadRequest, true), (neither.Status, neither.Body!["errors"]!["/page"] is not null));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (asPage.Status, asPage.Body!["errors"]!["/page"] is not null));
    }

    [Fact]
    public async Task ChannelsStandInGroupsAndGoOutAndComeInAgain()
    {
        var site = await collector.NewSiteAsync();
        await new TestGroups(site).AddAsync("desks", ["channel:desk/**", "/contact"], "decision");
        await site.StoreAsync(By(site, "desk/amsterdam"), By(site, "desk/utrecht"), By(site, "telephone"), site.Response(effort: 3).On("https://shop.example/contact"));
        Assert.Equal(3, (int)(await site.GetAsync("ces?group=desks")).Body!["ces"]!["answers"]!);

        var taken = await collector.Operator.GetStringAsync(new Uri($"/v1/sites/{site.Id}/export?format=csv&from=2026-11-01", UriKind.Relative), Cancellation);
        var other = await collector.NewSiteAsync(new JsonObject { ["allowedOrigins"] = new JsonArray("https://shop.example") });
        var importer = new Importer(collector.Operator, other.Id);
        Assert.Equal("4 4 0 0", Importer.Counts(await importer.BringInAsync(taken)));
        var old = await importer.BringInAsync("Date,Score\n2026-11-20,2\n", "survey=effort-and-intention&scale=1-7&page=channel:telephone&column.answeredAt=Date&column.score=Score");

        Assert.Equal("1 1 0 0", Importer.Counts(old));
        Assert.Equal(
            ["channel:desk/amsterdam", "channel:desk/utrecht", "channel:telephone/", "shop.example/contact"],
            (await other.GetAsync("touchpoints")).Body!["items"]!.AsArray().Select(item => (string)item!["touchpoint"]!).Order(StringComparer.Ordinal));
    }

    private static SomeResponse By(TestSite site, string channel) => site.Response(effort: 3).With("page", null).With("channel", channel);
}
