using Collector.BrowserTests.Support;

namespace Collector.BrowserTests.Dashboard;

/// <summary>Signing in, as people do it.</summary>
public sealed class SignInTests(FilledCollector collector, Chromium chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhoSignsInGetsToThePageThatTheyWanted(bool scripts)
    {
        await using var desk = await Desk.OfAsync(role: null, collector, chromium, scripts: scripts);
        await desk.GoAsync("~?device=mobile");
        Assert.Equal("Sign in", await desk.TextAsync("h1"));
        Assert.True(!scripts || (await desk.FindBarriersAsync()).Length == 0);

        await desk.Tab.FillAsync("[name=email]", "Ann@Shop.example");
        await desk.Tab.FillAsync("[name=password]", "wrong");
        await desk.Tab.PressAsync("[name=password]", "Enter");
        Assert.Contains("not right", await desk.TextAsync(".form-error"), StringComparison.Ordinal);

        await desk.Tab.FillAsync("[name=email]", "Analyst@Shop.example");
        await desk.Tab.FillAsync("[name=password]", FilledCollector.Password);
        await desk.Tab.PressAsync("[name=password]", "Enter");
        Assert.Equal("Overview", await desk.TextAsync("h1"));
        Assert.EndsWith("?device=mobile", desk.Tab.Url, StringComparison.Ordinal);
    }
}
