using Collector.BrowserTests.Support;
using Microsoft.Playwright;
using static Collector.BrowserTests.Support.Patience;

namespace Collector.BrowserTests;

/// <summary>The main job, end to end: a visitor answers on a page of the sample shop, and the API's figure changes. Each test has a page of its own.</summary>
public sealed class SurveyOnTheShopTests(DemoCollector demo, Chromium chromium)
{
    [Fact]
    public async Task AnAnswerOnAPageChangesThatPagesFigure()
    {
        var before = (int)(await demo.CesAsync("/contact"))["answers"]!;
        await using var visitor = await chromium.NewVisitorAsync();
        var page = await visitor.NewPageAsync();
        await page.GotoAsync($"{demo.Shop}/contact/?utm_source=mail#form");
        await ReadAsync(page);

        await page.Locator("input[name=effort][value='6']").ClickAsync();
        await EventuallyAsync(async () => Assert.Equal(before + 1, (int)(await demo.CesAsync("/contact"))["answers"]!));
        Assert.Equal(6, (double)(await demo.CesAsync("/contact"))["mean"]!);

        await page.Locator("input[name=intent][value=contact]").ClickAsync();
        await page.Locator("input[name=success][value=yes]").ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]")).ToHaveTextAsync("Thank you. This helps us improve.");

        var touchpoint = (await demo.TouchpointAsync("/contact"))!;
        Assert.Equal((1, 1), ((int)touchpoint["shown"]!, (int)touchpoint["responses"]!));
        Assert.Equal("contact", (string?)touchpoint["intents"]![0]!["intent"]);
        Assert.Equal(1, (double)touchpoint["success"]!["share"]!);
    }

    [Fact]
    public async Task TheKeyboardAloneIsEnoughAndADifficultVisitIsAskedForItsReason()
    {
        await using var visitor = await chromium.NewVisitorAsync();
        var page = await visitor.NewPageAsync();
        await page.GotoAsync($"{demo.Shop}/products/");
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Short survey" }).WaitForAsync();
        Assert.Equal("BODY", await page.EvaluateAsync<string>("document.activeElement.tagName")); // It took no focus.

        await ReadAsync(page);
        await page.Locator("input[name=effort][value='1']").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("ArrowRight"); // 2: a choice of the keyboard waits for its Enter
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("input[name=intent]").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("input[name=success]").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("textarea[name=reason]").WaitForAsync();
        await page.Locator("textarea[name=reason]").FocusAsync();
        await page.Keyboard.TypeAsync("Could not find the price");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).PressAsync("Enter");

        await Assertions.Expect(page.Locator("[role=status]")).ToHaveTextAsync("Thank you. This helps us improve.");
        Assert.Equal(2, (double)(await demo.CesAsync("/products"))["mean"]!);
    }

    [Fact]
    public async Task WhoClosesItIsCountedAsShownAndNotAskedAgain()
    {
        await using var visitor = await chromium.NewVisitorAsync();
        var page = await visitor.NewPageAsync();
        await page.GotoAsync($"{demo.Shop}/checkout/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Assertions.Expect(page.Locator("collector-survey .card")).ToHaveCountAsync(0);
        await EventuallyAsync(async () => Assert.Equal(1, (int)(await demo.TouchpointAsync("/checkout"))!["shown"]!));

        await page.GotoAsync($"{demo.Shop}/checkout/");
        await page.WaitForTimeoutAsync(4_500); // It would have come after three seconds.

        Assert.Equal(0, await page.Locator("collector-survey .card").CountAsync());
        var touchpoint = (await demo.TouchpointAsync("/checkout"))!;
        Assert.Equal((1, 0), ((int)touchpoint["shown"]!, (int)touchpoint["responses"]!));
    }

    [Fact]
    public async Task NothingMovesAndNothingIsKeptBeforeTheVisitorActs()
    {
        await using var visitor = await chromium.NewVisitorAsync();
        var page = await visitor.NewPageAsync();
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(new Uri(request.Url).GetLeftPart(UriPartial.Authority));
        await page.AddInitScriptAsync(
            "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => window.shift += entry.value)).observe({ type: 'layout-shift', buffered: true });");
        await page.GotoAsync($"{demo.Shop}/products/42/");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();

        Assert.Equal(0, await page.EvaluateAsync<double>("window.shift"));
        Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length + sessionStorage.length + document.cookie.length"));
        Assert.Subset(new HashSet<string> { demo.Shop, demo.Collector }, asked.ToHashSet());
        await EventuallyAsync(async () => Assert.Equal("127.0.0.1", ((string?)(await demo.TouchpointAsync("/products/7"))?["touchpoint"])?.Split(':')[0]));
    }

    [Theory]
    [InlineData("nl-NL", "Hoe makkelijk was het om te doen waarvoor u kwam?")]
    [InlineData("en-US", "How easy was it to do what you came for?")]
    [InlineData("ja-JP", "How easy was it to do what you came for?")] // the page's own language
    public async Task TheQuestionIsAskedInTheVisitorsLanguageOrElseThePages(string language, string question)
    {
        await using var visitor = await chromium.NewVisitorAsync(language, phone: true);
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(demo.Shop);

        await Assertions.Expect(page.GetByRole(AriaRole.Radiogroup).Or(page.GetByRole(AriaRole.Group)).First).ToContainTextAsync(question);
    }

    [Fact]
    public async Task SwaggerUiShowsTheApi()
    {
        await using var visitor = await chromium.NewVisitorAsync();
        var page = await visitor.NewPageAsync();
        await page.GotoAsync($"{demo.Collector}/docs");

        await Assertions.Expect(page.Locator(".opblock-summary-path", new() { HasText = "/v1/responses" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".info .title")).ToContainTextAsync("Collector");
    }
}
