using Collector.BrowserTests.Browsers;
using Collector.BrowserTests.Pages;
using Collector.BrowserTests.Support;

namespace Collector.BrowserTests;

/// <summary>What makes a survey show: that it does, and that nothing else does.</summary>
public sealed class TriggerTests(DemoCollector demo, Engines engines, Chromium chromium)
{
    private const double AMoment = 0.7;

    [Theory, InEveryEngine]
    public async Task SomeSecondsAfterThePageWasLoaded(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo, survey: """{ "show": { "afterSeconds": 2 } }""");
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.WaitForAsync(Visitor.Survey);

        Assert.InRange(await visitor.AskAsync<double>("witness.appeared[0]"), 2_000, 10_000);
    }

    [Theory, InEveryEngine]
    public async Task WhereThePageIsScrolledTo(Engine engine)
    {
        await using var website = await Website.OpenAsync(
            demo, survey: """{ "show": { "scroll": 60 } }""", script: "addEventListener('DOMContentLoaded', () => document.body.style.minHeight = '4000px');");
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.AskAsync<object?>("scrollTo(0, 800)");
        await visitor.SeesNoSurveyForAsync(AMoment);

        await visitor.PressAsync("End");
        await visitor.WaitForAsync(Visitor.Survey);
    }

    [Theory, InEveryEngine]
    public async Task WhenThePointerLeavesAtTheTop(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo, survey: """{ "show": { "exit": true } }""");
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.MoveAsync(300, 300);
        await visitor.AskAsync<bool>(Leaves(900));
        await visitor.SeesNoSurveyForAsync(AMoment);

        await visitor.AskAsync<bool>(Leaves(-1));
        await visitor.WaitForAsync(Visitor.Survey);

        // No driver can take the pointer out of a window, so this is what the browser would say.
        static string Leaves(int y) => $"document.documentElement.dispatchEvent(new MouseEvent('mouseleave', {{ clientX: 300, clientY: {y} }}))";
    }

    // A finger leaves no trace at the edge: there, who comes back from another tab or application was about to leave.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhenWhoHasNoPointerComesBackToThePage(bool phone)
    {
        await using var website = await Website.OpenAsync(demo, survey: """{ "show": { "exit": true } }""");
        await using var visitor = await chromium.NewVisitorAsync(phone: phone);
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(website.Entrance);

        await SeenAsync("hidden");
        await page.WaitForTimeoutAsync((float)AMoment * 1_000);
        Assert.False(await page.Locator(Visitor.Survey).IsVisibleAsync());
        await SeenAsync("visible");
        if (phone)
        {
            await page.Locator(Visitor.Survey).WaitForAsync();
            return;
        }

        await page.WaitForTimeoutAsync((float)AMoment * 1_000);
        Assert.False(await page.Locator(Visitor.Survey).IsVisibleAsync());

        // A browser that nobody looks at never hides a page, so this is what it would say.
        Task SeenAsync(string state) => page.EvaluateAsync(
            """
            (state) => {
              Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
              Object.defineProperty(document, "hidden", { value: state === "hidden", configurable: true });
              document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
            }
            """, state);
    }

    [Theory, InEveryEngine]
    public async Task WhenNothingHasHappenedForAWhile(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo, survey: """{ "show": { "inactiveSeconds": 2 } }""", script:
            """
            window.last = 0;
            document.addEventListener('pointermove', () => last = performance.now());
            """);
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        for (var moves = 0; moves < 25; moves++)
        {
            await visitor.MoveAsync(300 + moves, 300);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        await visitor.WaitForAsync(Visitor.Survey);
        Assert.InRange(await visitor.AskAsync<double>("witness.appeared[0] - last"), 1_990, 10_000);
    }

    [Theory, InEveryEngine]
    public async Task NotBeforeSoManyPagesOfTheVisit(Engine engine)
    {
        // What is to outlast a page needs consent.
        await using var website = await Website.OpenAsync(demo, survey: """{ "show": { "afterSeconds": 0, "pages": 2 } }""", attributes: "data-consent");
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.SeesNoSurveyForAsync(AMoment);

        await visitor.ClickAsync("nav a[href='/products/']");
        await visitor.WaitForAsync(Visitor.Survey);
    }

    [Theory, InEveryEngine]
    public async Task WhenSomethingIsClicked(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo, survey: """{ "show": { "click": "#main h1" } }""");
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.ClickAsync(".lead");
        await visitor.SeesNoSurveyForAsync(AMoment);

        await visitor.ClickAsync("#main h1");
        await visitor.WaitForAsync(Visitor.Survey);
    }

    [Theory, InEveryEngine]
    public async Task WhenAFormWentThrough(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo, PageKind.Application, """{ "show": { "success": "form.booking" } }""");
        await using var visitor = await engines.NewVisitorAsync(engine);
        await BookAsync(visitor, website, "throwing");
        await visitor.WaitForAsync(Visitor.Survey);
    }

    [Theory, InEveryEngine]
    public async Task WhenAFormCannotBeSent(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo, survey: """{ "show": { "failure": "form.fields" } }""");
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.SeesNoSurveyForAsync(AMoment);

        await visitor.ClickAsync("form .button"); // Nothing is filled in.
        await visitor.WaitForAsync(Visitor.Survey);
    }

    [Theory, InEveryEngine]
    public async Task WhenAnErrorAppears(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo, PageKind.Application, """{ "show": { "failure": "[role=alert]" } }""");
        await using var visitor = await engines.NewVisitorAsync(engine);
        await BookAsync(visitor, website, "raku"); // All places are taken.
        await visitor.WaitForAsync(Visitor.Survey);
    }

    [Theory, InEveryEngine]
    public async Task WhenThePageTellsOfAnEvent(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo, PageKind.Application, """{ "show": { "event": "booked" } }""");
        await using var visitor = await engines.NewVisitorAsync(engine);
        await BookAsync(visitor, website, "throwing");
        await visitor.WaitForAsync(Visitor.Survey);
    }

    [Theory, InEveryEngine]
    public async Task FromATabAtTheEdge(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo, survey: """{ "show": { "tab": true } }""");
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.WaitForAsync(":host(.tab) button");
        await visitor.SeesNoSurveyForAsync(AMoment);

        await visitor.ClickAsync(":host(.tab) button");
        await visitor.WaitForAsync(Visitor.Survey);
    }

    [Theory, InEveryEngine]
    public async Task InThePageWhereThatHasAPlaceForIt(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo, PageKind.Application, """{ "show": { "inline": true } }""");
        await using var visitor = await engines.NewVisitorAsync(engine);
        await BookAsync(visitor, website, "throwing");
        await visitor.ReadAsync();

        Assert.True(await visitor.AskAsync<bool>("hosts().length === 1 && hosts()[0].parentElement.matches('main div') && hosts()[0].getBoundingClientRect().top > find('h1').getBoundingClientRect().bottom"));
        await visitor.ChooseAsync("effort", 5);
        await visitor.WaitForAsync("input[name=intent]");
        Assert.Equal(5, (double)(await website.CesAsync($"{website.Address}/booked"))["mean"]!);
    }

    [Theory, InEveryEngine]
    public async Task ByACallOfThePageAlsoOfOneThatCameBeforeTheScript(Engine engine)
    {
        await using var website = await Website.OpenAsync(
            demo, survey: """{ "show": {} }""", script: "window.collector ??= (...call) => { (collector.q ??= []).push(call); }; collector('show', 'effort-and-intention');");
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.WaitForAsync(Visitor.Survey);

        await visitor.AskAsync<object?>("collector('close')");
        await visitor.SeesNoSurveyForAsync(AMoment);
        await visitor.AskAsync<object?>("collector('show')");
        await visitor.WaitForAsync(Visitor.Survey);
    }

    private static async Task BookAsync(Visitor visitor, Website website, string workshop)
    {
        await visitor.GoToAsync($"{website.Address}/workshops/{workshop}");
        await visitor.ClickAsync(".button");
        await visitor.ClickAsync("input[name=name]");
        await visitor.TypeAsync("Ann");
        await visitor.ClickAsync("input[name=email]");
        await visitor.TypeAsync("ann@shop.example");
        Assert.False(await visitor.SeesAsync(Visitor.Survey));
        await visitor.ClickAsync("form .button");
    }
}
