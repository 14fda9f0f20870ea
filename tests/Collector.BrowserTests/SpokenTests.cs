using Collector.BrowserTests.Browsers;
using Collector.BrowserTests.Pages;
using Collector.BrowserTests.Support;

namespace Collector.BrowserTests;

/// <summary>What visitors read and hear: their own language, and what happens.</summary>
public sealed class SpokenTests(DemoCollector demo, Engines engines)
{
    [Theory, InEveryEngine]
    public Task WhoSpeaksDutchIsAskedInDutch(Engine engine) => IsAskedAsync(engine, "nl-NL", "Hoe makkelijk was het om te doen waarvoor u kwam?");

    [Theory, InEveryEngine]
    public Task WhoseLanguageTheSurveyLacksIsAskedInThePages(Engine engine) => IsAskedAsync(engine, "ja-JP", "How easy was it to do what you came for?");

    [Theory, InEveryEngine]
    public async Task AScreenReaderHearsThatItIsThereOnceAndHowItEnds(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo, script:
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
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.IsToldAsync("Short survey");
        Assert.Equal("inset(50%)", await ClipAsync()); // For ears alone.

        await visitor.ChooseAsync("effort", 6);
        await visitor.ChooseAsync("intent", "buy");
        await visitor.ChooseAsync("success", "yes");
        await visitor.IsToldAsync(website.Thanks);
        Assert.Equal("none", await ClipAsync());
        Assert.Equal(["", "Short survey", "Sending…", website.Thanks], await visitor.AskAsync<string[]>("said"));

        Task<string> ClipAsync() => visitor.AskAsync<string>("getComputedStyle(find('[role=status]')).clipPath");
    }

    private async Task IsAskedAsync(Engine engine, string language, string question)
    {
        // A setting of the browser that not every driver changes.
        await using var website = await Website.OpenAsync(
            demo, site: """{ "languages": ["nl", "en"] }""", script: $"Object.defineProperty(navigator, 'languages', {{ value: ['{language}'] }});");
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.WaitForAsync(Visitor.Survey);

        Assert.Equal(question, await visitor.TextAsync("legend"));
        Assert.Equal(language == "nl-NL" ? "nl" : "en", await visitor.AskAsync<string>("find('.card[role]').lang"));
    }
}
