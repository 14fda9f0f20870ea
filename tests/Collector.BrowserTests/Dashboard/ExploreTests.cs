using Collector.BrowserTests.Support;

namespace Collector.BrowserTests.Dashboard;

/// <summary>Looking around: from the list of touchpoints to one of them, from the map to a pattern, along the journey.</summary>
public sealed class ExploreTests(FilledCollector collector, Chromium chromium)
{
    [Fact]
    public async Task ATouchpointIsFoundSortedAndOpened()
    {
        await using var desk = await Desk.OfAsync("analyst", collector, chromium);
        await desk.GoAsync("~/touchpoints");
        Assert.Equal("shop.example/contact", Whole(await desk.TextAsync("tbody th a")));
        Assert.Equal("ascending", await desk.Tab.GetAttributeAsync("th:has(#sort-ease)", "aria-sort"));

        await desk.Tab.ClickAsync("#sort-ease");
        await desk.Tab.Locator("th[aria-sort=descending] #sort-ease").WaitForAsync();
        Assert.Equal("shop.example/jobs", Whole(await desk.TextAsync("tbody th a")));

        await desk.Tab.FillAsync("#search", "RETURN");
        await desk.Tab.PressAsync("#search", "Enter");
        await desk.ArriveAsync("search=RETURN");
        await desk.Tab.ClickAsync("tbody th a");
        await desk.ArriveAsync("/touchpoint?name=");
        Assert.Equal("shop.example/returns", await desk.TextAsync("h1"));
        Assert.EndsWith("/changes/new?touchpoint=shop.example%2Freturns", await desk.Tab.GetAttributeAsync("text=Note a change", "href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMarkedCellLeadsToItsPatternAndThatToAChange()
    {
        await using var desk = await Desk.OfAsync("analyst", collector, chromium);
        await desk.GoAsync("~/patterns");

        await desk.Tab.ClickAsync("tr:has-text('/contact') a.heat-cell:has-text('▲')");
        var pattern = desk.Tab.Locator(".pattern:target");
        Assert.Contains("/contact", await pattern.InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await pattern.Locator(".quote").CountAsync() > 0);
        await pattern.GetByText("Note a change").ClickAsync();
        await desk.ArriveAsync("/changes/new?");
    }

    [Fact]
    public async Task TheJourneyNamesItsPeakAndItsLow()
    {
        await using var desk = await Desk.OfAsync("viewer", collector, chromium);
        await desk.GoAsync("~/journey");

        Assert.Equal(["Peak", "Low"], (await desk.Tab.Locator(".journey .badge").AllInnerTextsAsync()).Select(text => text[2..]).OrderDescending());
        await desk.Tab.ClickAsync(".stage-groups a");
        await desk.ArriveAsync("/touchpoint?group=");
    }

    // The host and the path of a name may break between them.
    private static string Whole(string name) => name.Replace("\n", "", StringComparison.Ordinal);
}
