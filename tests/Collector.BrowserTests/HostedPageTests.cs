using Collector.BrowserTests.Support;
using Microsoft.Playwright;

namespace Collector.BrowserTests;

/// <summary>A survey as a page of its own, in a browser that runs no scripts.</summary>
public sealed class HostedPageTests(DemoCollector demo, Chromium chromium)
{
    private string Address => $"{demo.Collector}/s/st_shopsample0000000000/effort-and-intention?touchpoint={demo.Shop}";

    [Fact]
    public async Task TheKeyboardAloneIsEnoughFromTheFirstQuestionToTheThanks()
    {
        await using var visitor = await chromium.NewVisitorAsync(scripts: false);
        var page = await visitor.NewPageAsync();
        var refused = new List<string>();
        page.Console += (_, message) => refused.Add(message.Text);
        await page.GotoAsync($"{Address}/hosted");

        await ChooseAsync(page, times: 5);
        await page.Keyboard.PressAsync("Enter"); // As anywhere, it sends the form.
        await Assertions.Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("What is the main purpose of your visit today?");
        await ChooseAsync(page, times: 2);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Did you manage to do it?");
        await ChooseAsync(page, times: 0);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Thank you. This helps us improve.");

        var touchpoint = (await demo.TouchpointAsync("/hosted"))!;
        Assert.Equal((1, "buy"), ((int)touchpoint["responses"]!, (string?)touchpoint["intents"]![0]!["intent"]));
        Assert.Equal(6, (double)touchpoint["ces"]!["mean"]!);
        Assert.Empty(refused); // The policy lets its own style pass.
        Assert.Empty(await visitor.CookiesAsync());
    }

    [Fact]
    public async Task WhatIsMissingIsSaidWhereTheFocusIsAndTheLinkLeadsThere()
    {
        await using var visitor = await chromium.NewVisitorAsync(phone: true, scripts: false);
        var page = await visitor.NewPageAsync();
        await page.GotoAsync($"{Address}/hosted/missing");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).TapAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Radiogroup)).ToHaveAccessibleDescriptionAsync("Choose an answer.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Choose an answer." }).TapAsync();
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.GetByRole(AriaRole.Radio, new() { Checked = true })).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData(320, 568)]
    [InlineData(1280, 800)]
    public async Task NothingRunsOverTheEdgeAndEveryTargetIsLargeEnough(int width, int height)
    {
        await using var visitor = await chromium.NewVisitorAsync(scripts: false);
        var page = await visitor.NewPageAsync();
        await page.SetViewportSizeAsync(width, height);
        await page.GotoAsync($"{Address}/hosted/narrow");

        foreach (var option in await page.Locator("label, button").AllAsync())
        {
            var box = (await option.BoundingBoxAsync())!;
            Assert.True(box.Width >= 24 && box.Height >= 44 && box.X >= 0 && box.X + box.Width <= width, $"{await option.TextContentAsync()}: {box.X} {box.Width} × {box.Height}");
        }
    }

    // Through the group by the arrows.
    private static async Task ChooseAsync(IPage page, int times)
    {
        await page.Locator("input[type=radio]").First.FocusAsync();
        await page.Keyboard.PressAsync("Space");
        for (var i = 0; i < times; i++)
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }

        await page.WaitForTimeoutAsync(1_000); // Read, as a person does: who answers sooner counts as a bot.
    }
}
