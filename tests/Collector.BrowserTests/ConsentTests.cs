using Collector.BrowserTests.Browsers;
using Collector.BrowserTests.Pages;
using Collector.BrowserTests.Support;

namespace Collector.BrowserTests;

/// <summary>What is kept on a visitor's device, and who may be asked at all.</summary>
public sealed class ConsentTests(DemoCollector demo, Engines engines)
{
    private const string Kept = "localStorage.length + sessionStorage.length + document.cookie.length";

    [Theory, InEveryEngine]
    public async Task WithConsentInTheTagTheVisitIsKeptAtOnce(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo, attributes: "data-consent");
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.WaitForAsync(Visitor.Survey);

        Assert.Equal(2, await visitor.AskAsync<int>(Kept));
        await visitor.GoToAsync($"{website.Address}/products/");
        await visitor.SeesNoSurveyForAsync(1); // One a visit.
    }

    [Theory, InEveryEngine]
    public async Task ConsentMayBeGivenLaterAndTakenBack(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo);
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.WaitForAsync(Visitor.Survey);
        Assert.Equal(0, await visitor.AskAsync<int>(Kept));

        await visitor.AskAsync<object?>("collector('consent', true)");
        Assert.Equal(2, await visitor.AskAsync<int>(Kept));

        await visitor.AskAsync<object?>("collector('consent', false)");
        Assert.Equal(0, await visitor.AskAsync<int>(Kept));
    }

    [Theory, InEveryEngine]
    public async Task WhereItIsRefusedAnswersArriveAndNothingIsKept(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo, attributes: "data-consent=false");
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.ReadAsync();
        await visitor.ChooseAsync("effort", 6);
        await visitor.ChooseAsync("intent", "buy");
        await visitor.ChooseAsync("success", "yes");
        await visitor.IsToldAsync(website.Thanks);

        Assert.Equal(0, await visitor.AskAsync<int>(Kept));
        Assert.Equal((1, 1), await website.CountsAsync(website.Page));
    }

    [Theory, InEveryEngine]
    public Task WhoSendsDoNotTrackIsNotAskedUnlessTheyAskForIt(Engine engine) => IsNotAskedAsync(engine, "doNotTrack", "'1'");

    [Theory, InEveryEngine]
    public Task WhoSendsGlobalPrivacyControlIsNotAskedUnlessTheyAskForIt(Engine engine) => IsNotAskedAsync(engine, "globalPrivacyControl", "true");

    [Theory, InEveryEngine]
    public async Task ASiteMayAskThemAllTheSame(Engine engine)
    {
        await using var website = await Website.OpenAsync(
            demo, site: """{ "respectPrivacySignals": false }""", script: "Object.defineProperty(navigator, 'globalPrivacyControl', { value: true });");
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.WaitForAsync(Visitor.Survey);
    }

    // The signal is a setting of the browser that no driver changes, so the page says what the browser would.
    private async Task IsNotAskedAsync(Engine engine, string signal, string value)
    {
        await using var website = await Website.OpenAsync(demo, script: $"Object.defineProperty(navigator, '{signal}', {{ value: {value} }});");
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.WaitUntilAsync("window.collector");
        await visitor.SeesNoSurveyForAsync(1);

        await visitor.AskAsync<object?>("collector('show')");
        await visitor.WaitForAsync(Visitor.Survey);
    }
}
