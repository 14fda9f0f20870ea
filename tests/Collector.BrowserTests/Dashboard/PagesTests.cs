using Collector.BrowserTests.Support;

namespace Collector.BrowserTests.Dashboard;

/// <summary>What holds for every page of the dashboard.</summary>
public sealed class PagesTests(FilledCollector collector, Chromium chromium)
{
    private const int MostBytes = 150_000;

    [Theory]
    [InlineData("~")]
    [InlineData("~?intent=complain")]
    [InlineData("~/touchpoints?sort=gain")]
    [InlineData("~/touchpoint?name=shop.example/contact")]
    [InlineData("~/touchpoint?group=buying")]
    [InlineData("~/patterns")]
    [InlineData("~/journey")]
    [InlineData("~/priorities")]
    [InlineData("~/goals")]
    [InlineData("~/goals/new")]
    [InlineData("~/changes")]
    [InlineData("~/changes/new?touchpoint=shop.example/contact")]
    [InlineData("~/comments?search=form")]
    [InlineData("~/start")]
    [InlineData("/sites")]
    [InlineData("/sites/new")]
    [InlineData("/account")]
    [InlineData("/account/second-factor")]
    [InlineData("/account/mail")]
    [InlineData("~/settings/webhooks")]
    [InlineData("~/surveys")]
    [InlineData("~/surveys/new")]
    [InlineData("~/surveys/effort-and-intention")]
    [InlineData("~/surveys/effort-and-intention/versions/1")]
    [InlineData("~/surveys/explain?page=shop.example/checkout")]
    [InlineData("~/nothing")]
    [InlineData("~/settings")]
    [InlineData("~/settings/people")]
    [InlineData("~/settings/keys")]
    [InlineData("~/settings/import")]
    [InlineData("~/settings/export?intent=complain")]
    public async Task APageIsLightAndStandsStillAndHasNoBarriersInLightAndDarkNorInDutchOnAPhone(string path)
    {
        foreach (var (dark, phone) in ((bool, bool)[])[(false, false), (true, true)])
        {
            await using var desk = await Desk.OfAsync(phone ? "dutch" : "operator", collector, chromium, phone: phone);
            await desk.Tab.EmulateMediaAsync(new() { ColorScheme = dark ? Microsoft.Playwright.ColorScheme.Dark : Microsoft.Playwright.ColorScheme.Light });
            await desk.GoAsync(path);
            await desk.Tab.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);

            var (bytes, shifts, longestTask) = await desk.WeighAsync();
            TestContext.Current.TestOutputHelper?.WriteLine($"{path} {(phone ? "phone, dark" : "desktop")}: {bytes:N0} bytes, shifts '{shifts}', longest task {longestTask} ms");
            Assert.InRange(bytes, 1, MostBytes);
            Assert.Empty(shifts);
            Assert.Empty(await desk.FindBarriersAsync());
            Assert.True(await desk.Tab.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "It is wider than the screen.");
        }
    }
}
