using Collector.BrowserTests.Support;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Collector.BrowserTests.Support;

/// <summary>A Chromium of its own, for what is about one engine alone: other screens, no scripts, what a screen reader is told.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>A visitor: a browser with nothing in it yet.</summary>
    public Task<IBrowserContext> NewVisitorAsync(string language = "en-GB", bool phone = false, bool scripts = true, bool policies = true) => browser!.NewContextAsync(new()
    {
        Locale = language,

        // As the same browser says it with a head on: without one it tells that it is driven, and what is answered counts as a bot's.
        UserAgent = $"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{browser.Version.Split('.')[0]}.0.0.0 Safari/537.36",
        ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 800 },
        HasTouch = phone,
        IsMobile = phone,
        JavaScriptEnabled = scripts,
        BypassCSP = !policies,
    });

    public async ValueTask DisposeAsync()
    {
        await (browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        playwright?.Dispose();
    }
}
