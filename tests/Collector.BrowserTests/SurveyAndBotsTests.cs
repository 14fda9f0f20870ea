using Collector.BrowserTests.Support;
using Microsoft.Playwright;
using static Collector.BrowserTests.Support.Patience;

namespace Collector.BrowserTests;

/// <summary>Bots answer surveys, too: what they answer is taken and left out of the figures.</summary>
public sealed class SurveyAndBotsTests(DemoCollector demo, Chromium chromium)
{
    private const string Bait = "collector-survey input[name=website]";

    [Fact]
    public async Task WhoFillsInAllThatThereIsCountsAsABot()
    {
        await using var bot = await chromium.NewVisitorAsync();
        var page = await GoAsync(bot, "/form/filler");
        await ReadAsync(page);
        await page.EvaluateAsync(
            "document.querySelector('collector-survey').shadowRoot.querySelectorAll('input:not([type=radio])').forEach(input => input.value = 'https://spam.example')");
        await page.Locator("input[name=effort][value='7']").ClickAsync();

        await EventuallyAsync(async () => Assert.Equal((0, 1), await CountedAndSuspectAsync("/form/filler")));
    }

    [Fact]
    public async Task WhoAnswersInNoTimeCountsAsABot()
    {
        await using var bot = await chromium.NewVisitorAsync();
        var page = await bot.NewPageAsync();
        await page.AddInitScriptAsync(
            """
            new MutationObserver((_, watch) => {
              const choice = document.querySelector('collector-survey')?.shadowRoot.querySelector("input[name=effort][value='7']");
              if (!choice) return;
              watch.disconnect();
              choice.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
              choice.click();
            }).observe(document, { childList: true, subtree: true });
            """);
        await GoAsync(page, "/in/no/time");

        await EventuallyAsync(async () => Assert.Equal((0, 1), await CountedAndSuspectAsync("/in/no/time")));
    }

    [Fact]
    public async Task APersonNeitherSeesNorReachesTheBait()
    {
        await using var visitor = await chromium.NewVisitorAsync();
        var page = await GoAsync(visitor, "/nobody/baited");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();

        Assert.Equal(0, await page.GetByRole(AriaRole.Textbox, new() { IncludeHidden = false }).CountAsync()); // No screen reader tells of it.
        var focused = new HashSet<string?>();
        for (var i = 0; i < 20; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            focused.Add(await page.EvaluateAsync<string?>("document.activeElement.shadowRoot?.activeElement?.name"));
        }

        Assert.Contains("effort", focused);
        Assert.DoesNotContain("website", focused);
        await page.EvaluateAsync("document.querySelector('collector-survey').shadowRoot.querySelector('[name=website]').focus()");
        Assert.NotEqual("website", await page.EvaluateAsync<string?>("document.activeElement.shadowRoot?.activeElement?.name"));

        // Nothing of it is painted, and no press lands on it.
        Assert.NotEqual("website", await page.Locator(Bait).EvaluateAsync<string?>(
            "bait => { const { x, y, width, height } = bait.getBoundingClientRect(); return bait.getRootNode().elementFromPoint(x + width / 2, y + height / 2)?.name; }"));
        Assert.Equal("inset(50%)", await page.Locator(Bait).EvaluateAsync<string>("bait => getComputedStyle(bait).clipPath"));
    }

    private async Task<IPage> GoAsync(IBrowserContext visitor, string path)
    {
        var page = await visitor.NewPageAsync();
        await GoAsync(page, path);
        return page;
    }

    private async Task GoAsync(IPage page, string path)
    {
        await page.GotoAsync(demo.Shop);
        await page.EvaluateAsync("path => history.pushState(null, '', path)", path);
    }

    private async Task<(int Counted, int Suspect)> CountedAndSuspectAsync(string path)
    {
        var figure = await demo.FigureAsync(path);
        return ((int)figure["ces"]!["answers"]!, (int)figure["suspect"]!["responses"]!);
    }
}
