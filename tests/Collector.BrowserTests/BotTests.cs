using Collector.BrowserTests.Browsers;
using Collector.BrowserTests.Pages;
using Collector.BrowserTests.Support;
using static Collector.BrowserTests.Support.Patience;

namespace Collector.BrowserTests;

/// <summary>Bots answer surveys, too: what they answer is taken and left out of the figures.</summary>
public sealed class BotTests(DemoCollector demo, Engines engines)
{
    private const string Bait = "find('input[name=website]')";

    [Theory, InEveryEngine]
    public async Task WhoFillsInAllThatThereIsCountsAsABot(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo);
        await using var bot = await engines.NewVisitorAsync(engine);
        await bot.GoToAsync(website);
        await bot.ReadAsync();
        await bot.AskAsync<object?>("hosts()[0].shadowRoot.querySelectorAll('input:not([type=radio])').forEach(input => input.value = 'https://spam.example')");
        await bot.ChooseAsync("effort", 7);

        await EventuallyAsync(async () => Assert.Equal((0, 1), await CountedAndSuspectAsync(website)));
    }

    [Theory, InEveryEngine]
    public async Task WhoAnswersInNoTimeCountsAsABot(Engine engine)
    {
        // Ten answers: what is fast does not hang on how fast this machine is.
        var choices = string.Concat(Enumerable.Range(1, 9).Select(i =>
            $$"""
            , { "id": "choice-{{i}}", "type": "choice", "text": { "en": "?" }, "choices": [ { "id": "a", "text": { "en": "A" } }, { "id": "b", "text": { "en": "B" } } ] }
            """));
        var survey = $$"""{ "show": { "afterSeconds": 0 }, "questions": [ { "standard": "single-ease" }{{choices}} ] }""";
        await using var website = await Website.OpenAsync(demo, survey: survey, script:
            """
            setInterval(() => {
              const choice = document.querySelector('collector-survey')?.shadowRoot.querySelector('input[type=radio]');
              choice?.click();
              choice?.form.requestSubmit();
            }, 10);
            """);
        await using var bot = await engines.NewVisitorAsync(engine);
        await bot.GoToAsync(website);

        await EventuallyAsync(async () => Assert.Equal((0, 1), await CountedAndSuspectAsync(website)));
    }

    [Theory, InEveryEngine]
    public async Task APersonNeitherSeesNorReachesTheBait(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo);
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.TabToAsync("input[name=effort]");
        for (var presses = 0; presses < 4; presses++)
        {
            await visitor.PressAsync("Tab");
            Assert.NotEqual("website", await visitor.AskAsync<string?>("focused()?.name"));
        }

        await visitor.AskAsync<object?>($"{Bait}.focus()");
        Assert.NotEqual("website", await visitor.AskAsync<string?>("focused()?.name"));

        // Nothing of it is painted or told, and no press lands on it.
        Assert.Equal("inset(50%)", await visitor.AskAsync<string>($"getComputedStyle({Bait}).clipPath"));
        Assert.Equal("true", await visitor.AskAsync<string>($"{Bait}.ariaHidden"));
        Assert.NotEqual("website", await visitor.AskAsync<string?>(
            $$"""(bait => { const { x, y, width, height } = bait.getBoundingClientRect(); return bait.getRootNode().elementFromPoint(x + width / 2, y + height / 2)?.name; })({{Bait}})"""));
    }

    private static async Task<(int Counted, int Suspect)> CountedAndSuspectAsync(Website website)
    {
        var figure = await website.FigureAsync(website.Page);
        return ((int)figure["ces"]!["answers"]!, (int)figure["suspect"]!["responses"]!);
    }
}
