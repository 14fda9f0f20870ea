using System.Text.Json;
using Collector.BrowserTests.Browsers;
using Collector.BrowserTests.Pages;
using Collector.BrowserTests.Support;
using Microsoft.Playwright;

namespace Collector.BrowserTests;

/// <summary>Other screens and other eyes: phones, zoom, darkness, forced colours, and what a screen reader is told.</summary>
public sealed class AppearanceTests(DemoCollector demo, Chromium chromium)
{
    private const string Nps = """{ "questions": [ { "standard": "nps" } ], "show": { "afterSeconds": 0 } }""";

    [Theory]
    [InlineData(320, 568)]
    [InlineData(320, 256)] // A screen of 1,280 by 1,024 at 400 %.
    [InlineData(390, 844)]
    [InlineData(1280, 800)]
    public async Task EveryTargetIsLargeEnoughAndNothingRunsOverTheEdge(int width, int height)
    {
        await using var website = await Website.OpenAsync(demo, survey: Nps);
        await using var visitor = await chromium.NewVisitorAsync();
        var page = await OpenAsync(visitor, website, width, height);

        foreach (var target in await page.Locator("collector-survey").Locator("label, button:visible").AllAsync())
        {
            await target.ScrollIntoViewIfNeededAsync();
            var box = (await target.BoundingBoxAsync())!;
            Assert.True(
                box.Width >= 24 && box.Height >= 24 && box.X >= 0 && box.X + box.Width <= width && box.Y >= 0 && box.Y + box.Height <= height,
                $"{await target.TextContentAsync()}: {box.X} {box.Y} {box.Width} × {box.Height}");
        }

        Assert.Equal(0, await page.Locator(Visitor.Survey).EvaluateAsync<int>("card => card.scrollWidth - card.clientWidth"));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task TextsAndEdgesStandOutInLightAndInDark(ColorScheme scheme)
    {
        await using var website = await Website.OpenAsync(demo);
        await using var visitor = await chromium.NewVisitorAsync();
        var page = await OpenAsync(visitor, website, 1280, 800, new() { ColorScheme = scheme });
        await page.Locator("input[name=effort][value='2']").FocusAsync();
        await page.Keyboard.PressAsync("Space");

        // Contrast as WCAG reckons it, between colours as the browser has them: 4.5 for text, 3 for what shows where and what can be pressed.
        var contrasts = await page.EvaluateAsync<double[]>(
            """
            () => {
              const root = document.querySelector('collector-survey').shadowRoot;
              const style = (selector) => getComputedStyle(root.querySelector(selector));
              const light = (color) => {
                const [r, g, b] = color.match(/[\d.]+/g).map((part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const contrast = (one, other) => { const [a, b] = [light(one), light(other)].sort((x, y) => y - x); return (a + 0.05) / (b + 0.05); };
              const ground = style('.card').backgroundColor;
              return [
                contrast(style('legend').color, ground),
                contrast(style('.scale :checked').parentElement ? ground : style('label:has(:checked)').color, style('label:has(:checked)').backgroundColor),
                contrast(style('label:not(:has(:checked))').borderTopColor, ground),
                contrast(style('label:has(:focus-visible)').outlineColor, ground),
              ];
            }
            """);
        Assert.All(contrasts.Zip([4.5, 4.5, 3, 3]), pair => Assert.True(pair.First >= pair.Second, string.Join(' ', contrasts)));
    }

    [Fact]
    public async Task WhatIsChosenShowsInForcedColours()
    {
        await using var website = await Website.OpenAsync(demo);
        await using var visitor = await chromium.NewVisitorAsync();
        var page = await OpenAsync(visitor, website, 1280, 800, new() { ForcedColors = ForcedColors.Active });
        await page.Locator("input[name=effort][value='2']").FocusAsync();
        await page.Keyboard.PressAsync("Space");

        var grounds = await page.Locator("collector-survey label").EvaluateAllAsync<string[]>("labels => labels.map((label) => getComputedStyle(label).backgroundColor)");
        Assert.Equal(2, grounds.Distinct().Count());
        Assert.Equal(1, grounds.Count(ground => ground == grounds[1]));
    }

    [Fact]
    public async Task WhoWantsNoMotionSeesNone()
    {
        await using var website = await Website.OpenAsync(demo);
        await using var visitor = await chromium.NewVisitorAsync();
        var page = await OpenAsync(visitor, website, 1280, 800, new() { ReducedMotion = ReducedMotion.Reduce });

        // It may fade; nothing may move or grow.
        var properties = await page.Locator("collector-survey *").EvaluateAllAsync<string[]>(
            "all => [...new Set(all.map((one) => { const { transitionProperty, transitionDuration, animationName } = getComputedStyle(one); return `${transitionDuration === '0s' ? '' : transitionProperty} ${animationName}`; }))]");
        Assert.Subset(new HashSet<string> { " none", "opacity none" }, properties.ToHashSet());
    }

    [Fact]
    public async Task AScreenReaderIsToldOfADialogARadiogroupAndItsEnds()
    {
        await using var website = await Website.OpenAsync(demo);
        await using var visitor = await chromium.NewVisitorAsync();
        var page = await OpenAsync(visitor, website, 1280, 800);

        Assert.Equal(
            [
                "dialog \"Short survey\"", "button \"Close\"", "radiogroup \"How easy was it to do what you came for?\"",
                "radio \"1, Very difficult\"", "radio \"2\"", "radio \"3\"", "radio \"4\"", "radio \"5\"", "radio \"6\"", "radio \"7, Very easy\"",
                "button \"Next\"", "status \"\"",
            ],
            await SpokenAsync(visitor, page));

        await page.Locator("input[name=effort][value='2']").ClickAsync();
        await page.Locator("input[name=intent][value=other]").ClickAsync();
        await page.Locator("textarea[name=intent-text]").WaitForAsync();
        var spoken = await SpokenAsync(visitor, page);
        Assert.Contains("textbox \"Could you briefly describe it?\"", spoken);
        Assert.Contains("button \"Back\"", spoken);
    }

    private static async Task<IPage> OpenAsync(IBrowserContext visitor, Website website, int width, int height, PageEmulateMediaOptions? media = null)
    {
        var page = await visitor.NewPageAsync();
        await page.SetViewportSizeAsync(width, height);
        await page.EmulateMediaAsync(media ?? new());
        await page.GotoAsync(website.Entrance);
        await page.Locator(Visitor.Survey).WaitForAsync();
        await page.WaitForTimeoutAsync(1_500);
        return page;
    }

    // The tree that the browser gives to assistive technology: what has a role of its own, with its name.
    private static async Task<string[]> SpokenAsync(IBrowserContext visitor, IPage page)
    {
        string[] silent = ["generic", "none", "StaticText", "InlineTextBox", "LabelText", "Legend", "paragraph", "form"];
        var session = await visitor.NewCDPSessionAsync(page);
        var nodes = (await session.SendAsync("Accessibility.getFullAXTree"))!.Value.GetProperty("nodes").EnumerateArray().ToDictionary(node => node.GetProperty("nodeId").GetString()!);
        var dialog = nodes.Values.Single(node => Role(node) == "dialog");
        return [.. Below(dialog).Where(node => !node.GetProperty("ignored").GetBoolean() && !silent.Contains(Role(node)))
            .Select(node => $"{Role(node)} \"{node.GetProperty("name").GetProperty("value").GetString()}\"")];

        static string? Role(JsonElement node) => node.TryGetProperty("role", out var role) ? role.GetProperty("value").GetString() : null;

        IEnumerable<JsonElement> Below(JsonElement node) =>
            [node, .. node.TryGetProperty("childIds", out var children) ? children.EnumerateArray().SelectMany(child => Below(nodes[child.GetString()!])) : []];
    }
}
