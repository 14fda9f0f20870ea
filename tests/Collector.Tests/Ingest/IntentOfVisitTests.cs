using Collector.Tests.Support;

namespace Collector.Tests.Ingest;

/// <summary>The intent holds for the visit: a response without one takes the intent that the same visit gave elsewhere.</summary>
public sealed class IntentOfVisitTests(RunningCollector collector)
{
    private readonly string visit = Guid.NewGuid().ToString();

    [Fact]
    public async Task AResponseTakesTheIntentThatItsVisitGaveBefore()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(InVisit(site.Response(intent: "buy")), InVisit(site.Response(effort: 3)));

        Assert.Equal(1, (int)(await site.CesAsync("intent=buy"))["answers"]!);
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Fact]
    public async Task AResponseTakesTheIntentThatItsVisitGivesLater()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(InVisit(site.Response(effort: 3)));
        Assert.Equal(0, (int)(await site.CesAsync("intent=buy"))["answers"]!);

        await site.StoreAsync(InVisit(site.Response(intent: "buy")));

        Assert.Equal(1, (int)(await site.CesAsync("intent=buy"))["answers"]!);
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Fact]
    public async Task ItsOwnIntentGoesBeforeTheVisits()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(InVisit(site.Response(intent: "buy")), InVisit(site.Response(effort: 3, intent: "help")));

        Assert.Equal(0, (int)(await site.CesAsync("intent=buy"))["answers"]!);
        Assert.Equal(1, (int)(await site.CesAsync("intent=help"))["answers"]!);
    }

    [Fact]
    public async Task FiguresFollowWhenTheIntentIsChangedOrTakenBack()
    {
        var site = await collector.NewSiteAsync();
        var giver = InVisit(site.Response(intent: "buy"));
        await site.StoreAsync(giver, InVisit(site.Response(effort: 3)));

        var changed = giver.Next().Answering("intent", choice: "help");
        await site.StoreAsync(changed);
        Assert.Equal(1, (int)(await site.CesAsync("intent=help"))["answers"]!);

        await site.StoreAsync(changed.Next().Answering("intent"));
        Assert.Equal(0, (int)(await site.CesAsync("intent=help"))["answers"]!);
        Assert.Null((string?)(await site.GetAsync("ces?by=intent")).Body!["breakdown"]![0]!["key"]);
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Fact]
    public async Task FiguresFollowWhenTheResponseTurnsOutToBeOfAnotherVisit()
    {
        var site = await collector.NewSiteAsync();
        var giver = InVisit(site.Response(intent: "buy"));
        await site.StoreAsync(giver, InVisit(site.Response(effort: 3)), giver.Next().With("visit", Guid.NewGuid().ToString()));

        Assert.Equal(0, (int)(await site.CesAsync("intent=buy"))["answers"]!);
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Fact]
    public async Task AnotherVisitsIntentIsNobodyElses()
    {
        var (site, other) = (await collector.NewSiteAsync(), await collector.NewSiteAsync());
        await site.StoreAsync(site.Response(intent: "buy").With("visit", Guid.NewGuid().ToString()), InVisit(site.Response(effort: 3)), site.Response(effort: 3));
        await other.StoreAsync(InVisit(other.Response(intent: "buy")));

        Assert.Equal(0, (int)(await site.CesAsync("intent=buy"))["answers"]!);
    }

    [Fact]
    public async Task AVisitOfMoreThanAHundredResponsesIsNone()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync([.. Enumerable.Range(0, 103).Select(_ => InVisit(site.Response(effort: 3)))]);
        var last = InVisit(site.Response(intent: "buy"));
        await site.StoreAsync(last, last);

        Assert.Equal(0, (int)(await site.CesAsync("intent=buy"))["answers"]!);
        Assert.Equal(103, (int)(await site.CesAsync())["answers"]!);
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    private SomeResponse InVisit(SomeResponse response) => response.With("visit", visit);
}
