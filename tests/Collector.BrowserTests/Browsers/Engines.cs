using Collector.BrowserTests.Browsers;
using Microsoft.Playwright;
using OpenQA.Selenium;

[assembly: AssemblyFixture(typeof(Engines))]

namespace Collector.BrowserTests.Browsers;

/// <summary>
/// Real browsers from the operating system's packages; test.sh installs them. There is one process of each, started when it is first needed, and one
/// visitor at a time in it: keys go to the window in front.
/// </summary>
public sealed class Engines : IAsyncLifetime
{
    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",

        // In place of the driver's list, which takes storage from frames; the first would draw parts of a window that nobody sees, again for each visitor.
        "--disable-features=PreloadTopChromeWebUI,HttpsUpgrades,LocalNetworkAccessChecks,MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,PaintHolding,Translate",
    ];

    private readonly Dictionary<Engine, SemaphoreSlim> turns = Enum.GetValues<Engine>().ToDictionary(engine => engine, _ => new SemaphoreSlim(1));
    private IPlaywright? playwright;
    private IBrowser? chromium, firefox;
    private WebKitDriver? webKit;

    public async ValueTask InitializeAsync() => playwright = await Playwright.CreateAsync();

    /// <summary>A visitor with a browser that has nothing in it yet, as soon as it is their turn.</summary>
    internal async Task<Visitor> NewVisitorAsync(Engine engine)
    {
        var turn = turns[engine];
        await turn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return new Visitor(await OpenAsync(engine), turn);
        }
        catch
        {
            turn.Release();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (chromium?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (firefox?.DisposeAsync() ?? ValueTask.CompletedTask);
        playwright?.Dispose();
        webKit?.Dispose();
        foreach (var turn in turns.Values)
        {
            turn.Dispose();
        }
    }

    /// <summary>Chromium or Firefox with nothing in it yet, for who needs all that the driver can do.</summary>
    internal async Task<IBrowserContext> NewContextAsync(Engine engine)
    {
        await turns[engine].WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return await OpenContextAsync(engine);
        }
        finally
        {
            turns[engine].Release();
        }
    }

    private async Task<ITab> OpenAsync(Engine engine)
    {
        if (engine == Engine.WebKit)
        {
            return await OpenInWebKitAsync();
        }

        return new PlaywrightTab(await (await OpenContextAsync(engine)).NewPageAsync());
    }

    private async Task<IBrowserContext> OpenContextAsync(Engine engine)
    {
        var browser = engine == Engine.Chromium
            ? chromium ??= await playwright!.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Quiet })
            : firefox ??= await playwright!.Firefox.LaunchAsync(new() { Channel = "moz-firefox", ExecutablePath = "/usr/bin/firefox-esr" });
        return await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = 1280, Height = 800 },

            // As Chromium says it with a head on: without one it tells that it is driven, and what is answered counts as a bot's.
            UserAgent = engine == Engine.Chromium
                ? $"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{browser.Version.Split('.')[0]}.0.0.0 Safari/537.36"
                : null,
        });
    }

    private async Task<ITab> OpenInWebKitAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            webKit ??= await WebKitDriver.StartAsync();
            try
            {
                return await webKit.OpenAsync();
            }
            catch (WebDriverException) when (attempt < 3)
            {
                webKit.Dispose();
                webKit = null;
            }
        }
    }
}
