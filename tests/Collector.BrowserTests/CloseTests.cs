using Collector.BrowserTests.Browsers;
using Collector.BrowserTests.Pages;
using Collector.BrowserTests.Support;
using static Collector.BrowserTests.Support.Patience;

namespace Collector.BrowserTests;

/// <summary>Who does not want to be asked is not asked again.</summary>
public sealed class CloseTests(DemoCollector demo, Engines engines)
{
    [Theory, OnEveryPageInEveryEngine]
    public Task WhoPressesTheCloseButtonIsNotAskedAgain(Engine engine, PageKind kind) =>
        IsNotAskedAgainAsync(engine, kind, visitor => visitor.ClickAsync("button[aria-label]"));

    [Theory, OnEveryPageInEveryEngine]
    public Task WhoPressesEscapeIsNotAskedAgain(Engine engine, PageKind kind) => IsNotAskedAgainAsync(engine, kind, async visitor =>
    {
        await visitor.TabToAsync("input[name=effort]");
        await visitor.PressUntilAsync("Escape", "hosts().length === 0");
    });

    private async Task IsNotAskedAgainAsync(Engine engine, PageKind kind, Func<Visitor, Task> close)
    {
        await using var website = await Website.OpenAsync(demo, kind);
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.WaitForAsync(Visitor.Survey);
        await close(visitor);
        await visitor.WaitUntilAsync("hosts().length === 0");
        await EventuallyAsync(async () => Assert.Equal((1, 0), await website.CountsAsync(website.Page)));

        await visitor.GoToAsync(website);
        await visitor.SeesNoSurveyForAsync(1.5); // It came at once.

        Assert.Equal((1, 0), await website.CountsAsync(website.Page));
    }
}
