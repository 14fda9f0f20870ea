using Collector.BrowserTests.Browsers;
using Collector.BrowserTests.Pages;
using Collector.BrowserTests.Support;

namespace Collector.BrowserTests;

/// <summary>The widget is a guest on somebody's page: it takes nothing, moves nothing, breaks nothing, and is not to be overlooked.</summary>
public sealed class GuestTests(DemoCollector demo, Engines engines)
{
    [Theory, OnEveryPageInEveryEngine]
    public async Task ThePageStaysAsItWas(Engine engine, PageKind kind)
    {
        await using var website = await Website.OpenAsync(demo, kind);
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.ReadAsync();

        // Nothing is on the device before the visitor acts.
        Assert.Equal("", await visitor.AskAsync<string>("[...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie].join()"));

        // It took no focus, moved nothing, raised no error, broke no policy, and has one global.
        Assert.Equal("BODY", await visitor.AskAsync<string>("document.activeElement.tagName"));
        Assert.Equal("", await visitor.AskAsync<string>("witness.focused.join()"));
        Assert.Equal(0, await visitor.AskAsync<double>("witness.shift"));
        Assert.Equal("", await visitor.AskAsync<string>("[...witness.errors, ...witness.violations].join()"));
        Assert.Equal("collector", await visitor.AskAsync<string>("witness.globals().filter(name => !/^__(react|pw)/.test(name)).join()"));

        // It speaks to the collector alone.
        Assert.Equal(demo.Collector, await visitor.AskAsync<string>(
            "[...new Set(performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin))].filter(origin => origin !== location.origin).join()"));

        // And so it stays, when the visitor has answered.
        await visitor.ChooseAsync("effort", 6);
        await visitor.ChooseAsync("intent", "buy");
        await visitor.ChooseAsync("success", "yes");
        await visitor.IsToldAsync(website.Thanks);
        Assert.Equal(0, await visitor.AskAsync<double>("witness.shift"));
        Assert.Equal("", await visitor.AskAsync<string>("[...witness.errors, ...witness.violations].join()"));
    }

    [Theory, OnEveryPageInEveryEngine]
    public async Task ItIsSeenInItsPlaceInItsOwnColours(Engine engine, PageKind kind)
    {
        await using var website = await Website.OpenAsync(demo, kind);
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.ReadAsync();

        await visitor.WaitUntilAsync("getComputedStyle(find('.card[role]')).opacity === '1'"); // It fades in.
        var look = await visitor.AskAsync<Look>(
            """
            (card => {
              const { left, top, right, bottom } = card.getBoundingClientRect();
              const { backgroundColor, color, visibility, direction } = getComputedStyle(card);
              const option = find('input[name=effort][value="6"]').parentElement.getBoundingClientRect();
              const [x, y] = [option.x + option.width / 2, option.y + option.height / 2];
              return {
                left, top, right: innerWidth - right, bottom: innerHeight - bottom, backgroundColor, color, visibility, direction,
                optionSize: Math.min(option.width, option.height),
                onTop: document.elementFromPoint(x, y)?.tagName,
                hit: card.getRootNode().elementFromPoint(x, y)?.closest('label')?.control?.value,
              };
            })(find('.card[role]'))
            """);

        // In the corner where lines end, whole and near.
        var isRightToLeft = kind == PageKind.RightToLeft;
        Assert.Equal(isRightToLeft ? "rtl" : "ltr", look.Direction);
        Assert.InRange(isRightToLeft ? look.Left : look.Right, 0, 32);
        Assert.InRange(look.Bottom, 0, 32);
        Assert.True(look is { Left: >= 0, Top: >= 0, Right: >= 0 }, $"{look}");

        // In the colours that it has by default.
        Assert.Equal(("rgb(255, 255, 255)", "rgb(27, 31, 39)", "visible"), (look.BackgroundColor, look.Color, look.Visibility));

        // A press in the middle of an option lands on it.
        Assert.Equal(("COLLECTOR-SURVEY", "6"), (look.OnTop, look.Hit));
        Assert.InRange(look.OptionSize, 24, 100);
    }

    private sealed record Look(
        double Left, double Top, double Right, double Bottom, string BackgroundColor, string Color, string Visibility, string Direction,
        double OptionSize, string? OnTop, string? Hit);
}
