using Collector.BrowserTests.Browsers;
using Collector.BrowserTests.Pages;
using Collector.BrowserTests.Support;
using static Collector.BrowserTests.Support.Patience;

namespace Collector.BrowserTests;

/// <summary>A single-page application moves on without loading anything; the survey keeps up with it.</summary>
public sealed class ApplicationTests(DemoCollector demo, Engines engines)
{
    // As in a browser from before the Navigation API: there, what moves the page is listened to.
    private const string WithoutNavigationApi = "Object.defineProperty(window, 'navigation', { value: undefined });";

    [Theory, InEveryEngine]
    public Task EachPagesResponsesCarryThatPage(Engine engine) => EachPagesResponsesCarryThatPageAsync(engine, "");

    [Theory, InEveryEngine]
    public Task EachPagesResponsesCarryThatPageWithoutANavigationApi(Engine engine) => EachPagesResponsesCarryThatPageAsync(engine, WithoutNavigationApi);

    [Theory, InEveryEngine]
    public async Task ADelayIsNotStartedAnewByNavigation(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo, PageKind.Application, """{ "show": { "afterSeconds": 3 } }""");
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        for (var moves = 0; !await visitor.SeesAsync(Visitor.Survey); moves++)
        {
            Assert.True(moves < 30, "It never comes, to who moves on each half second.");
            await visitor.ClickAsync(moves % 2 == 0 ? To("glazing") : To("raku"));
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }

        // And what shows names the page on which it did.
        var path = await visitor.AskAsync<string>("witness.where[0]");
        await EventuallyAsync(async () => Assert.Equal((1, 0), await website.CountsAsync(website.Address + path)));
        Assert.InRange(await visitor.AskAsync<double>("witness.appeared[0]"), 3_000, 10_000);
    }

    [Theory, InEveryEngine]
    public Task NothingArmedOnOnePageFiresOnAnother(Engine engine) => NothingArmedOnOnePageFiresOnAnotherAsync(engine, "");

    [Theory, InEveryEngine]
    public Task NothingArmedOnOnePageFiresOnAnotherWithoutANavigationApi(Engine engine) =>
        NothingArmedOnOnePageFiresOnAnotherAsync(engine, WithoutNavigationApi);

    [Theory, InEveryEngine]
    public async Task NothingShowsTwice(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo, PageKind.Application);
        await website.AddSurveyAsync("""{ "id": "second", "show": { "afterSeconds": 1 } }""");
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.WaitForAsync(Visitor.Survey);
        foreach (var workshop in new[] { "glazing", "raku", "throwing" })
        {
            await visitor.ClickAsync(To(workshop));
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }

        Assert.Equal((1, 1), (await visitor.AskAsync<int>("hosts().length"), await visitor.AskAsync<int>("witness.appeared.length")));
        await visitor.ClickAsync("button[aria-label]");
        await visitor.ClickAsync(To("glazing"));
        await visitor.SeesNoSurveyForAsync(1.5);
        await visitor.ClickAsync(To("raku"));
        await visitor.SeesNoSurveyForAsync(0.5);
        Assert.Equal(1, await visitor.AskAsync<int>("witness.appeared.length"));
    }

    [Theory, InEveryEngine]
    public async Task PagesThatAnApplicationMovedThroughCountAsPagesOfTheVisit(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo, PageKind.Application, """{ "show": { "afterSeconds": 0, "pages": 3 } }""");
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.ClickAsync(To("glazing"));
        await visitor.SeesNoSurveyForAsync(0.7);
        await visitor.ClickAsync(To("raku"));
        await visitor.WaitForAsync(Visitor.Survey);
    }

    private async Task EachPagesResponsesCarryThatPageAsync(Engine engine, string script)
    {
        await using var website = await Website.OpenAsync(demo, PageKind.Application, """{ "show": {} }""", script: script);
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        foreach (var (workshop, score) in new[] { ("throwing", 2), ("glazing", 6) })
        {
            await visitor.ClickAsync(To(workshop));
            await visitor.AskAsync<object?>("collector('show')");
            await visitor.ReadAsync();
            await visitor.ChooseAsync("effort", score);
            await visitor.WaitForAsync("input[name=intent]");
            await visitor.AskAsync<object?>("collector('close')");
        }

        await visitor.WaitUntilAsync("hosts().length === 0");
        await EventuallyAsync(async () => Assert.Equal(2, (double)(await website.CesAsync($"{website.Address}/workshops/throwing"))["mean"]!));
        await EventuallyAsync(async () => Assert.Equal(6, (double)(await website.CesAsync($"{website.Address}/workshops/glazing"))["mean"]!));
    }

    private async Task NothingArmedOnOnePageFiresOnAnotherAsync(Engine engine, string script)
    {
        // The page itself moves on, so that it is gone before its delay is over, however slow the visitor is.
        await using var website = await Website.OpenAsync(
            demo,
            PageKind.Application,
            """{ "where": { "include": ["/workshops/throwing"] }, "show": { "afterSeconds": 2, "exit": true, "inactiveSeconds": 2, "click": "h1" } }""",
            script: $$"""
                {{script}}
                const waiting = setInterval(() => {
                  const link = document.querySelector("{{To("glazing")}}");
                  if (!link || !window.collector) return;
                  clearInterval(waiting);
                  link.click();
                }, 300);
                """);
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.WaitUntilAsync("location.pathname === '/workshops/glazing'");
        await visitor.AskAsync<bool>("document.documentElement.dispatchEvent(new MouseEvent('mouseleave', { clientX: 300, clientY: -1 }))");
        await visitor.ClickAsync("h1");
        await visitor.SeesNoSurveyForAsync(3);

        // It is still there for its own page.
        await visitor.ClickAsync(To("throwing"));
        await visitor.WaitForAsync(Visitor.Survey);
        Assert.Equal("/workshops/throwing", await visitor.AskAsync<string>("witness.where.join()"));
    }

    private static string To(string workshop) => $"nav a[href='/workshops/{workshop}']";
}
