using Collector.BrowserTests.Support;
using Microsoft.Playwright;

namespace Collector.BrowserTests.Dashboard;

/// <summary>The settings of a site in a browser.</summary>
public sealed class SettingsTests(FilledCollector collector, Chromium chromium)
{
    private static readonly string[] Pages = ["", "/appearance", "/privacy", "/groups", "/groups/service", "/rules", "/rules/new", "/keys", "/people", "/audit", "/webhooks", "/webhooks/new"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NoPageOfThemHasBarriersInLightNorOnAPhoneInTheDark(bool phone)
    {
        await using var desk = await Desk.OfAsync("operator", collector, chromium, phone: phone);
        await desk.Tab.EmulateMediaAsync(new() { ColorScheme = phone ? ColorScheme.Dark : ColorScheme.Light });
        foreach (var page in Pages)
        {
            Assert.Equal(200, await desk.GoAsync($"~/settings{page}"));
            Assert.Empty((await desk.FindBarriersAsync()).Select(barrier => $"{page}: {barrier}"));
            Assert.True(await desk.Tab.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{page} is wider than the screen.");
        }
    }

    [Fact]
    public async Task ColoursAreSketchedWhileOneChoosesAndRefusedWhereTheyCannotBeRead()
    {
        await using var desk = await Desk.OfAsync("owner", collector, chromium);
        await desk.GoAsync("~/settings/appearance");
        var palette = desk.Tab.Locator("[data-palette]").First;
        Assert.False(await palette.IsVisibleAsync());

        await desk.Tab.CheckAsync("[name=ownLight]");
        await desk.Tab.FillAsync("#light-accent", "#ffcc00");
        Assert.Equal("#ffcc00", await palette.Locator("[data-fill=accent]").First.GetAttributeAsync("fill"));
        Assert.Contains("1.5 to 1 ✗", await palette.InnerTextAsync(), StringComparison.Ordinal);

        await desk.Tab.ClickAsync(".save button");
        Assert.Contains("contrast", await desk.TextAsync("#light-accent-error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWebhookThatTakesNothingSaysSoAndItsPageHasNoBarriers()
    {
        await using var desk = await Desk.OfAsync("analyst", collector, chromium);
        await desk.GoAsync("~/settings/webhooks/new");
        await desk.Tab.FillAsync("[name=name]", "Channel");
        await desk.Tab.FillAsync("[name=url]", "https://receiver.invalid/hook");
        await desk.Tab.CheckAsync("[value='response.completed']");
        await desk.Tab.ClickAsync("text=Make the webhook");
        await desk.Tab.ClickAsync("text=Done");
        await desk.Tab.ClickAsync(".webhooks a");
        await desk.Tab.ClickAsync("text=Send a trial message");
        Assert.Contains("The host's name leads nowhere.", await desk.TextAsync(".notice"), StringComparison.Ordinal);
        Assert.Empty(await desk.FindBarriersAsync());

        await desk.Tab.ClickAsync("summary:has-text('remove')");
        await desk.Tab.ClickAsync("text=Remove it");
        Assert.Contains("told nothing more", await desk.TextAsync(".notice"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AKeyCanBeCopiedFromThePageThatShowsIt()
    {
        await using var desk = await Desk.OfAsync("owner", collector, chromium);
        await desk.Tab.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await desk.GoAsync("~/settings/keys");
        await desk.Tab.FillAsync("[name=name]", "Weekly report");
        await desk.Tab.ClickAsync("text=Make the key");

        await desk.Tab.ClickAsync("[data-copy=secret]");
        await desk.Tab.WaitForSelectorAsync("[data-copy=secret]:has-text('Copied')");
        Assert.Equal(await desk.TextAsync("#secret"), await desk.Tab.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }
}
