using Collector.BrowserTests.Browsers;
using Collector.BrowserTests.Pages;
using Collector.BrowserTests.Support;

namespace Collector.BrowserTests;

/// <summary>WCAG 2.2 AA, as far as a program can tell.</summary>
public sealed class AccessibilityTests(DemoCollector demo, Engines engines)
{
    // One of each kind, some of them in both their looks.
    private const string AllKinds =
        """
        { "id": "all", "priority": 9, "show": { "afterSeconds": 0 }, "questions": [
            { "standard": "ces-2" }, { "standard": "intent" }, { "standard": "success" }, { "standard": "nps" }, { "standard": "csat" },
            { "id": "stars", "type": "rating", "text": { "en": "How good was the search?" }, "low": { "en": "Bad" }, "high": { "en": "Good" } },
            { "id": "one", "type": "choice", "text": { "en": "Which one?" }, "choices": [ { "id": "a", "text": { "en": "This" } }, { "id": "other", "text": { "en": "Another" } } ] },
            { "id": "some", "type": "choices", "text": { "en": "Which ones?" }, "choices": [ { "id": "a", "text": { "en": "This" } }, { "id": "b", "text": { "en": "That" } } ] },
            { "standard": "reason" } ] }
        """;

    [Theory, InEveryEngine]
    public async Task AxeFindsNothingInAnyQuestionNorInTheEnd(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo, survey: """{ "show": { "event": "never" } }""");
        await website.AddSurveyAsync(AllKinds);
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.ReadAsync();
        await visitor.WaitUntilAsync("getComputedStyle(find('.card')).opacity === '1'");

        var questions = 0;
        for (; await visitor.SeesAsync(".card form"); questions++)
        {
            Assert.Empty(await Axe.FindAsync(visitor));
            var legend = await visitor.TextAsync("legend");
            if (await visitor.SeesAsync("form input"))
            {
                await visitor.ClickAsync("form label:last-of-type");
            }

            if (await visitor.SeesAsync("textarea"))
            {
                await visitor.ClickAsync("textarea");
                await visitor.TypeAsync("It was hard to find");
                Assert.Empty(await Axe.FindAsync(visitor));
            }

            if (await visitor.TextAsync("legend") == legend && (await visitor.SeesAsync("textarea") || await visitor.SeesAsync("[type=checkbox]")))
            {
                await visitor.ClickAsync("form > :last-child");
            }

            await visitor.WaitUntilAsync($"find('legend')?.textContent !== {System.Text.Json.JsonSerializer.Serialize(legend)}");
        }

        await visitor.IsToldAsync("Thank you. This helps us improve.");
        Assert.Empty(await Axe.FindAsync(visitor));
        Assert.Equal(9, questions);
    }

    [Theory, InEveryEngine]
    public async Task AxeFindsNothingFromRightToLeft(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo, PageKind.RightToLeft);
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.ReadAsync();
        await visitor.WaitUntilAsync("getComputedStyle(find('.card')).opacity === '1'");
        Assert.Empty(await Axe.FindAsync(visitor));
    }

    [Theory, InEveryEngine]
    public async Task AxeFindsNothingInATabNorInline(Engine engine)
    {
        await using var website = await Website.OpenAsync(
            demo,
            survey: """{ "show": { "tab": true, "inline": true } }""",
            script: "addEventListener('DOMContentLoaded', () => { const place = document.createElement('div'); place.dataset.collector = 'survey'; document.querySelector('main').append(place); });");
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.WaitUntilAsync("hosts().length === 2");
        await visitor.WaitUntilAsync("hosts().every((host) => getComputedStyle(host.shadowRoot.querySelector('.card')).opacity === '1')");
        Assert.Empty(await Axe.FindAsync(visitor));
    }

    [Theory, InEveryEngine]
    public async Task AxeFindsNothingOnAHostedPageFromItsFirstQuestionToItsThanks(Engine engine)
    {
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync($"{demo.Collector}/s/st_shopsample0000000000/effort-and-intention?touchpoint={demo.Shop}/hosted/axe&lang=en");
        await SendAsync(); // What lacks is told, and that is a page, too.
        foreach (var question in new[] { "effort", "intent", "success", "reason" })
        {
            Assert.Equal(question, await visitor.AskAsync<string>("find('[name=question]').value"));
            await visitor.ClickAsync(question == "reason" ? "textarea" : "form label");
            if (question == "reason")
            {
                await visitor.TypeAsync("It was hard to find");
            }

            await SendAsync();
        }

        Assert.Equal("Thank you. This helps us improve.", await visitor.TextAsync("h1"));
        Assert.Empty(await Axe.FindAsync(visitor, "html"));

        async Task SendAsync()
        {
            Assert.Empty(await Axe.FindAsync(visitor, "html"));
            await visitor.ClickAsync("button.on");
            await visitor.WaitUntilAsync("!window.axe && find('h1')");
        }
    }
}
