using Collector.BrowserTests.Support;
using Microsoft.Playwright;
using static Collector.BrowserTests.Support.Patience;

namespace Collector.BrowserTests;

/// <summary>The widget is a guest on somebody's page: it keeps up with the page, takes nothing along, and speaks when it may.</summary>
public sealed class SurveyAsAGuestTests(DemoCollector demo, Chromium chromium)
{
    [Fact]
    public async Task AnAnswerGivenOnLeavingArrivesAndWithoutCookies()
    {
        await using var relay = await Relay.BeforeAsync(demo.Collector);
        await using var visitor = await chromium.NewVisitorAsync();
        await visitor.AddCookiesAsync([new() { Name = "session", Value = "secret", Url = relay.Address }]);
        var page = await visitor.NewPageAsync();
        await page.GotoAsync($"{demo.Shop}/shop.css"); // A page of the shop without a script of its own.
        await page.EvaluateAsync("history.pushState(null, '', '/leaving')");
        await page.AddScriptTagAsync(new() { Url = $"{relay.Address}/st_shopsample0000000000.js" });
        await ReadAsync(page);

        // A choice of the keyboard rests for a while before it is sent: here the page is gone before.
        await page.Locator("input[name=effort][value='6']").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.GotoAsync("about:blank");

        await EventuallyAsync(async () => Assert.Equal(1, (int)(await demo.TouchpointAsync("/leaving"))!["responses"]!));
        await EventuallyAsync(() =>
        {
            Assert.Equal([200, 201, 200], relay.Arrivals.Select(arrival => arrival.Status));
            return Task.CompletedTask;
        });
        Assert.Equal(["session=secret", "", ""], relay.Arrivals.Select(arrival => arrival.Cookie)); // The script tag takes it along, as any does.
        Assert.Equal(["GET", "POST", "POST"], relay.Arrivals.Select(arrival => arrival.Method));
        Assert.Contains("\"partial\"", relay.Arrivals[2].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnApplicationThatMovedOnIsNamedByWhereTheSurveyAppears()
    {
        await using var visitor = await chromium.NewVisitorAsync();
        var page = await visitor.NewPageAsync();
        await GoAsync(page, "/before/it/appears?token=secret");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();

        await EventuallyAsync(async () => Assert.Equal(1, (int)(await demo.TouchpointAsync("/before/it/appears"))!["shown"]!));
    }

    [Fact]
    public async Task AScreenReaderHearsThatItIsThereOnceAndHowItEnds()
    {
        await using var visitor = await chromium.NewVisitorAsync();
        var page = await visitor.NewPageAsync();
        await page.AddInitScriptAsync(
            """
            const said = window.said = [];
            new MutationObserver((_, watch) => {
              const status = document.querySelector('collector-survey')?.shadowRoot.querySelector('[role=status]');
              if (!status) return;
              watch.disconnect();
              const hear = () => said.push(status.textContent);
              hear();
              new MutationObserver(hear).observe(status, { childList: true, characterData: true, subtree: true });
            }).observe(document, { childList: true, subtree: true });
            """);
        await GoAsync(page, "/announced");

        var status = page.GetByRole(AriaRole.Status);
        await Assertions.Expect(status).ToHaveTextAsync("Short survey");
        await Assertions.Expect(status).ToHaveCSSAsync("clip-path", "inset(50%)"); // For ears alone.
        Assert.Equal("BODY", await page.EvaluateAsync<string>("document.activeElement.tagName"));

        await page.Locator("input[name=effort][value='6']").ClickAsync();
        await page.Locator("input[name=intent][value=buy]").ClickAsync();
        await page.Locator("input[name=success][value=yes]").ClickAsync();
        await Assertions.Expect(status).ToHaveTextAsync("Thank you. This helps us improve.");
        await Assertions.Expect(status).ToHaveCSSAsync("clip-path", "none");
        Assert.Equal(["", "Short survey", "Sending…", "Thank you. This helps us improve."], await page.EvaluateAsync<string[]>("said"));
    }

    // As an application does: from one page to the next without loading it, and so with a page of each test's own.
    private async Task GoAsync(IPage page, string path)
    {
        await page.GotoAsync(demo.Shop);
        await page.EvaluateAsync("path => history.pushState(null, '', path)", path);
    }
}
