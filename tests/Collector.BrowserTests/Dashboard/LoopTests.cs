using Collector.BrowserTests.Browsers;

namespace Collector.BrowserTests.Dashboard;

/// <summary>The whole loop, as somebody goes through it who has just started: measure, explain, prioritise, change, verify.</summary>
public sealed class LoopTests(FilledCollector collector, Engines engines)
{
    [Theory]
    [InlineData(Engine.Chromium)]
    [InlineData(Engine.Firefox)]
    public async Task ANewSiteSeesItsFirstResponseArrive(Engine engine)
    {
        await using var desk = await Desk.OfAsync("operator", collector, engines, engine);
        await desk.GoAsync("/sites/new");
        await desk.Tab.FillAsync("[name=name]", $"Teapots in {engine}");
        await desk.Tab.FillAsync("[name=address]", "http://localhost:8123");
        await desk.Tab.ClickAsync("button.primary");
        await desk.ArriveAsync("/start");
        Assert.Contains("Waiting", await desk.TextAsync("#received"), StringComparison.Ordinal);

        // The tag as it is copied, on a page of the site. It is of this machine, since browsers keep pages of others from what is on it.
        var tag = await desk.TextAsync("#script-tag");
        var shop = await desk.NewTabAsync();
        await shop.RouteAsync("http://localhost:8123/**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = $"<!DOCTYPE html><title>Teapots</title><h1>Teapots</h1>{tag}" }));
        await shop.GotoAsync("http://localhost:8123/blue");
        var score = shop.Locator("input[name=effort][value='6']");
        await score.WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
        await shop.WaitForTimeoutAsync(1_000); // That it was shown has arrived.
        collector.Time.Now += TimeSpan.FromSeconds(5); // A person reads the question first: who answers sooner counts as a bot.
        await score.CheckAsync(new() { Force = true });

        await desk.Tab.BringToFrontAsync();
        await desk.Tab.Locator("#received", new() { HasText = "localhost:8123/blue" }).WaitForAsync();
        await desk.Tab.ClickAsync("main a.primary");
        await desk.Tab.Locator(".figure-value", new() { HasText = "6" }).WaitForAsync();
        Assert.Contains("n = 1", await desk.TextAsync(".figure-sure"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engine.Chromium)]
    [InlineData(Engine.Firefox)]
    public async Task APatternLeadsToItsPriorityAndThatToANotedChangeAndItsVerdict(Engine engine)
    {
        await using var desk = await Desk.OfAsync("analyst", collector, engines, engine);
        await desk.GoAsync("~/patterns");
        await desk.Tab.ClickAsync("tr:has-text('/contact') a.heat-cell:has-text('▲')");
        var pattern = desk.Tab.Locator(".pattern:target");
        Assert.Contains("shop.example/contact", await pattern.Locator(".sentence").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Matches(@"n = \d+", await pattern.Locator(".facts").InnerTextAsync());

        await pattern.GetByText("See its priority").ClickAsync();
        var priority = desk.Tab.Locator(".priority:target");
        Assert.Matches(@"^\+\d\.\d points", await priority.Locator(".gain").InnerTextAsync());
        await priority.GetByText("Note a change").ClickAsync();
        await desk.Tab.FillAsync("[name=title]", $"Answers within a day ({engine})");
        await desk.Tab.FillAsync("[name=date]", "2026-10-10");
        await desk.Tab.ClickAsync("text=Note the change");
        Assert.Contains("No effect can be told from chance", await desk.TextAsync(".verdict"), StringComparison.Ordinal);

        await desk.GoAsync("~/changes");
        await desk.Tab.ClickAsync($"text=Answers within a day ({engine})");
        await desk.Tab.ClickAsync("text=Remove this note");
        await desk.Tab.ClickAsync("button.danger");
        Assert.Equal("The note is removed.", await desk.TextAsync(".notice"));
    }
}
