using Collector.BrowserTests.Browsers;
using Collector.BrowserTests.Pages;
using Collector.BrowserTests.Support;
using static Collector.BrowserTests.Support.Patience;

namespace Collector.BrowserTests.Samples;

/// <summary>Each sample is run as its README says, and answered.</summary>
public sealed class SamplesTests(DemoCollector demo, Engines engines)
{
    [Theory, InEveryEngine]
    public async Task VueMovesOnAndEachPagesResponsesCarryThatPage(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo, PageKind.Vue, """{ "show": {} }""");
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.WaitUntilAsync("window.collector");
        foreach (var (room, score) in new[] { ("drizzle", 2), ("cloudburst", 6) })
        {
            await visitor.ClickAsync($"nav a[href='/rooms/{room}']");
            await visitor.AskAsync<object?>("collector('show')");
            await visitor.ReadAsync();
            await visitor.ChooseAsync("effort", score);
            await visitor.WaitForAsync("input[name=intent]");
            await visitor.AskAsync<object?>("collector('close')");
        }

        await EventuallyAsync(async () => Assert.Equal(2, (double?)(await website.CesAsync($"{website.Address}/rooms/drizzle"))["mean"]));
        await EventuallyAsync(async () => Assert.Equal(6, (double?)(await website.CesAsync($"{website.Address}/rooms/cloudburst"))["mean"]));
    }

    [Theory]
    [InlineData("""{ "show": { "event": "booked" } }""", "body > collector-survey")]
    [InlineData("""{ "show": { "inline": true } }""", "main collector-survey")]
    public async Task VueTellsOfABookingOrHasThePlaceForASurveyThen(string survey, string place)
    {
        await using var website = await Website.OpenAsync(demo, PageKind.Vue, survey);
        await using var visitor = await engines.NewVisitorAsync(Engine.Chromium);
        await visitor.GoToAsync($"{website.Address}/tickets");
        await visitor.SeesNoSurveyForAsync(0.5);
        await visitor.ClickAsync("main form button");

        await visitor.WaitForAsync("input[name=effort]");
        Assert.True(await visitor.AskAsync<bool>($"!!document.querySelector('{place}')"));
    }

    [Theory, InEveryEngine]
    public async Task ATagManagerAddsTheScript(Engine engine)
    {
        await using var website = await Website.OpenAsync(demo, PageKind.TagManager);
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync(website);
        await visitor.ReadAsync();
        await visitor.ChooseAsync("effort", 5);

        await EventuallyAsync(async () => Assert.Equal(5, (double?)(await website.CesAsync(website.Page))["mean"]));
    }

    [Theory, InEveryEngine]
    public async Task ASurveyOutlivesTheEnhancedNavigationOfBlazorAndItsResponseCarriesItsPage(Engine engine)
    {
        await using var library = await SampleServer.StartBlazorAsync(demo);
        await using var visitor = await engines.NewVisitorAsync(engine);
        await visitor.GoToAsync($"{library.Address}/shelves/travel");
        await visitor.ReadAsync();
        await visitor.ClickAsync("nav a[href='shelves/weather']");
        await visitor.WaitUntilAsync("document.querySelector('h1').textContent === 'weather'");
        await visitor.ChooseAsync("effort", 3);
        await visitor.WaitForAsync("input[name=intent]");

        await EventuallyAsync(async () => Assert.Equal(3, (double?)(await library.CesAsync("/shelves/travel"))["mean"]));
    }

    [Fact]
    public async Task AnInteractivePageOfBlazorTellsWhatHappened()
    {
        await using var library = await SampleServer.StartBlazorAsync(demo, """{ "show": { "event": "reserved" } }""");
        await using var visitor = await engines.NewVisitorAsync(Engine.Chromium);
        await visitor.GoToAsync($"{library.Address}/reserve");
        await visitor.WaitUntilAsync("window.collector && window.Blazor");
        await EventuallyAsync(async () =>
        {
            await visitor.ClickAsync("main button, main [role=status]"); // Nobody hears it until the page is connected.
            Assert.True(await visitor.SeesAsync(Visitor.Survey));
        });
    }

    [Fact]
    public async Task WordPressCarriesTheScriptOnceItsAddressIsAmongTheSettings()
    {
        const string Script = "https://collector.example/st_shopsample0000000000.js";
        await using var wordPress = await WordPress.StartAsync(SampleServer.Sample("wordpress/collector.php"), SampleServer.FreeAddress());

        Assert.DoesNotContain("<script async", await wordPress.ReadAsync("/"), StringComparison.Ordinal);
        Assert.Contains("this is not the address of its script", await wordPress.SetAsync("https://collector.example/not-a-script"), StringComparison.Ordinal);
        Assert.DoesNotContain("<script async", await wordPress.ReadAsync("/"), StringComparison.Ordinal);
        Assert.Contains("Settings saved.", await wordPress.SetAsync(Script), StringComparison.Ordinal);
        Assert.Contains($"""<script async src="{Script}"></script>""", await wordPress.ReadAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain(Script + "\"></script>", await wordPress.ReadAsync("/wp-admin/"), StringComparison.Ordinal);
    }
}
