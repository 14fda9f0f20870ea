using Collector.BrowserTests.Browsers;
using Collector.BrowserTests.Support;
using static Collector.BrowserTests.Support.Patience;

namespace Collector.BrowserTests;

/// <summary>The widget alone, on pages that name the hash of each script.</summary>
public sealed class PinnedWidgetTests(DemoCollector demo, Chromium chromium)
{
    [Fact]
    public async Task ItFetchesItsSettingsAsksAndBringsTheAnswer()
    {
        await using var visitor = await chromium.NewVisitorAsync();
        var page = await visitor.NewPageAsync();
        await page.GotoAsync($"{demo.Shop}/shop.css"); // A page of the shop without a script of its own.
        await page.EvaluateAsync("history.pushState(null, '', '/pinned')");
        var integrity = (string)(await demo.SiteAsync())["widget"]!["integrity"]!;
        Assert.Equal("load", await page.EvaluateAsync<string>(Tag, new { src = await AddressAsync(), integrity }));
        await page.Locator(Visitor.Survey).WaitForAsync();
        await page.WaitForTimeoutAsync(1_000); // Read, as a person does: who answers sooner counts as a bot.

        await page.Locator("input[name=effort][value='6']").ClickAsync();
        await EventuallyAsync(async () => Assert.Equal(1, (int)(await demo.TouchpointAsync("/pinned"))!["responses"]!));
        Assert.Empty(await page.EvaluateAsync<string[]>("Object.keys(window).filter(name => name.length < 3)")); // Nothing of it leaked.
    }

    [Fact]
    public async Task OtherBytesThanThePageNamesAreNotRun()
    {
        await using var visitor = await chromium.NewVisitorAsync();
        var page = await visitor.NewPageAsync();
        await page.GotoAsync($"{demo.Shop}/shop.css");
        var integrity = $"sha384-{new string('A', 64)}";

        Assert.Equal("error", await page.EvaluateAsync<string>(Tag, new { src = await AddressAsync(), integrity }));
        Assert.False(await page.EvaluateAsync<bool>("'collector' in window"));
    }

    private const string Tag =
        """
        ({ src, integrity }) => new Promise((resolve) => {
          const script = document.createElement("script");
          Object.assign(script, { src, integrity, crossOrigin: "anonymous", onload: () => resolve("load"), onerror: () => resolve("error") });
          script.dataset.site = "st_shopsample0000000000";
          document.head.append(script);
        })
        """;

    private async Task<string> AddressAsync() => demo.Collector + (string)(await demo.SiteAsync())["widget"]!["pinned"]!;
}
