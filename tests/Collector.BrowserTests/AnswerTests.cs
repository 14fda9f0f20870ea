using Collector.BrowserTests.Browsers;
using Collector.BrowserTests.Pages;
using Collector.BrowserTests.Support;
using static Collector.BrowserTests.Support.Patience;

namespace Collector.BrowserTests;

/// <summary>The main job, end to end: a visitor answers on a page, and the API's figure of that very page changes.</summary>
public sealed class AnswerTests(DemoCollector demo, Engines engines)
{
    [Theory, OnEveryPageInEveryEngine]
    public async Task WhoAnswersByPointerIsThankedAndThatPagesFigureChanges(Engine engine, PageKind kind)
    {
        await using var website = await Website.OpenAsync(demo, kind);
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website, "?utm_source=mail#form");
        await visitor.ReadAsync();

        await visitor.ChooseAsync("effort", 6);
        await EventuallyAsync(async () => Assert.Equal(1, (int)(await website.CesAsync(website.Page))["answers"]!));
        Assert.Equal(6, (double)(await website.CesAsync(website.Page))["mean"]!);

        await visitor.ChooseAsync("intent", "contact");
        await visitor.ChooseAsync("success", "yes");
        await visitor.IsToldAsync(website.Thanks);

        Assert.Equal((1, 1), await website.CountsAsync(website.Page));
        var intents = (await website.FigureAsync($"{website.Page}&by=intent"))["breakdown"]!.AsArray();
        Assert.Equal("contact", (string?)Assert.Single(intents)!["key"]);
    }

    [Theory, OnEveryPageInEveryEngine]
    public async Task TheKeyboardAloneIsEnoughAndADifficultVisitIsAskedForItsReason(Engine engine, PageKind kind)
    {
        await using var website = await Website.OpenAsync(demo, kind);
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.ReadAsync();

        await visitor.TabToAsync("input[name=effort]");
        await visitor.PressUntilAsync(" ", "focused().checked");
        await visitor.PressUntilAsync("ArrowDown", "focused().value === '2'"); // A choice of the keyboard waits for its Enter.
        await visitor.PressUntilAsync("Enter", "focused()?.name !== 'effort'");
        foreach (var question in new[] { "intent", "success" })
        {
            await visitor.WaitUntilAsync($"focused().name === '{question}'");
            await visitor.PressUntilAsync(" ", "focused().checked");
            await visitor.PressUntilAsync("Enter", $"focused()?.name !== '{question}'");
        }

        await visitor.WaitUntilAsync("focused().name === 'reason'");
        await visitor.TypeAsync("Could not find the price");
        await visitor.TabToAsync("form button:last-of-type");
        await visitor.PressAsync("Enter");

        await visitor.IsToldAsync(website.Thanks);
        Assert.Equal(2, (double)(await website.CesAsync(website.Page))["mean"]!);
        Assert.Equal((1, 1), await website.CountsAsync(website.Page));
    }

    [Theory, InEveryEngine]
    public async Task WhoGoesBackFindsTheAnswerThereAndMayChangeIt(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo);
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.ReadAsync();
        await visitor.ChooseAsync("effort", 6);
        await visitor.WaitForAsync("input[name=intent]");

        await visitor.ClickAsync("form button[type=button]");
        await visitor.WaitForAsync("input[name=effort]:checked");
        Assert.Equal("6", await visitor.AskAsync<string>("find('input[name=effort]:checked').value"));
        await visitor.ChooseAsync("effort", 3);
        await visitor.WaitForAsync("input[name=intent]");

        await EventuallyAsync(async () => Assert.Equal(3, (double?)(await website.CesAsync(website.Page))["mean"]));
        Assert.Equal((1, 1), await website.CountsAsync(website.Page));
    }
}
