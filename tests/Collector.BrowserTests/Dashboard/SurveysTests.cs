using Collector.BrowserTests.Support;

namespace Collector.BrowserTests.Dashboard;

/// <summary>Somebody makes a survey, and sees it as visitors will.</summary>
public sealed class SurveysTests(FilledCollector collector, Chromium chromium)
{
    [Fact]
    public async Task WhatIsTypedShowsInTheWidgetAndNothingThatIsAnsweredThereIsSent()
    {
        await using var desk = await Desk.OfAsync("analyst", collector, chromium);
        var sent = new List<string>();
        desk.Tab.Request += (_, request) => sent.Add(request.Url);
        await desk.GoAsync("~/surveys/new");
        await desk.Tab.FillAsync("[name=id]", "seen-before");
        await desk.Tab.CheckAsync("[value=single]");
        await desk.Tab.ClickAsync("button.primary");
        await desk.ArriveAsync("/surveys/seen-before");

        await desk.Tab.ClickAsync("[value='own comment']");
        await desk.Tab.FillAsync("[name='/questions/1/text/en']", "What would have helped?");
        await desk.Tab.FillAsync("[name='/questions/0/text/en']", "How easy was it, really?");
        var widget = desk.Tab.FrameLocator("iframe[name=preview]").Locator("collector-survey");
        await widget.Locator("legend", new() { HasText = "How easy was it, really?" }).WaitForAsync();
        await widget.Locator("label", new() { HasText = "6" }).ClickAsync();
        await widget.Locator("legend", new() { HasText = "What would have helped?" }).WaitForAsync();
        await widget.Locator("textarea").FillAsync("A price.");
        await widget.GetByText("Send").ClickAsync();
        await widget.Locator(".thanks").WaitForAsync();

        await desk.Tab.ClickAsync("[value=live]");
        await desk.Tab.Locator(".notice").WaitForAsync();
        await desk.GoAsync("~/surveys");
        Assert.Contains("What would have helped?", await desk.TextAsync("[aria-labelledby=survey-seen-before]"), StringComparison.Ordinal);
        Assert.DoesNotContain(sent, address => address.Contains("/v1/", StringComparison.Ordinal));
        await collector.SendAsync(HttpMethod.Delete, $"/v1/sites/{collector.Shop.Id}/surveys/seen-before");
    }
}
