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
        await desk.Tab.WaitForURLAsync("**/start");
        Assert.Contains("Waiting", await desk.TextAsync("#received"), StringComparison.Ordinal);

        // The tag as it is copied, on a page of the site. It is of this machine, since browsers keep pages of others from what is on it.
        var tag = await desk.TextAsync("#script-tag");
        var shop = await desk.NewTabAsync();
        await shop.RouteAsync("http://localhost:8123/**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = $"<!DOCTYPE html><title>Teapots</title><h1>Teapots</h1>{tag}" }));
        await shop.GotoAsync("http://localhost:8123/blue");
        var score = shop.Locator("input[name=effort][value='6']");
        await score.WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
        collector.Time.Now += TimeSpan.FromSeconds(5); // A person reads the question first.
        await score.CheckAsync(new() { Force = true });

        await desk.Tab.BringToFrontAsync();
        await desk.Tab.Locator("#received", new() { HasText = "localhost:8123/blue" }).WaitForAsync();
        await desk.Tab.ClickAsync("main a.primary");
        await desk.Tab.Locator(".figure-value", new() { HasText = "6" }).WaitForAsync();
        Assert.Contains("n = 1", await desk.TextAsync(".figure-sure"), StringComparison.Ordinal);
    }
}
