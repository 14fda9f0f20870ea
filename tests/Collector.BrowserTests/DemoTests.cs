using Collector.BrowserTests.Browsers;
using Collector.BrowserTests.Support;
using static Collector.BrowserTests.Support.Patience;

namespace Collector.BrowserTests;

/// <summary><c>collector demo</c>, as a newcomer tries it.</summary>
public sealed class DemoTests(DemoCollector demo, Engines engines)
{
    [Theory, InEveryEngine]
    public async Task AnAnswerInTheShopChangesTheFigureThatTheDemoNames(Engine engine)
    {
        var figure = $"/v1/sites/shop/ces?page={demo.Shop}/contact";
        var before = (int)(await demo.SendAsync(HttpMethod.Get, figure))["ces"]!["answers"]!;
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync($"{demo.Shop}/contact/");
        await visitor.ReadAsync();
        await visitor.ChooseAsync("effort", 6);

        await EventuallyAsync(async () => Assert.InRange((int)(await demo.SendAsync(HttpMethod.Get, figure))["ces"]!["answers"]!, before + 1, 3));
    }

    [Fact]
    public async Task SwaggerUiShowsTheApi()
    {
        await using var visitor = await engines.NewVisitorAsync(Engine.Chromium);
        await visitor.GoToAsync($"{demo.Collector}/docs");

        await visitor.WaitUntilAsync("[...document.querySelectorAll('.opblock-summary-path')].some(path => path.textContent.includes('responses'))");
        Assert.Contains("Collector", await visitor.TextAsync(".info .title"), StringComparison.Ordinal);
    }
}
