using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OpenQA.Selenium;
using OpenQA.Selenium.Remote;

namespace Collector.BrowserTests.Browsers;

/// <summary>
/// WebKitGTK's driver, on a screen that nobody looks at, with one window for all: to start one takes seconds, and now and then never ends, since it listens
/// on a port that was free a moment before.
/// </summary>
internal sealed class WebKitDriver : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly Process process;
    private readonly Uri address;
    private RemoteWebDriver? window;

    private WebKitDriver(Process process, Uri address) => (this.process, this.address) = (process, address);

    public static async Task<WebKitDriver> StartAsync()
    {
        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        var started = Process.Start(new ProcessStartInfo("xvfb-run", ["-a", "WebKitWebDriver", "--host=127.0.0.1", $"--port={port}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NO_AT_BRIDGE"] = "1" },
        })!;
        _ = started.StandardOutput.ReadToEndAsync(); // A full pipe would stop it.
        _ = started.StandardError.ReadToEndAsync();
        var driver = new WebKitDriver(started, new Uri($"http://127.0.0.1:{port}"));
        await driver.WaitAsync();
        return driver;
    }

    /// <summary>The window, as if nobody had used it: what it keeps, it keeps by a page's origin, and each test's pages have one of their own. (Of two tabs one would not be seen.)</summary>
    public Task<WebDriverTab> OpenAsync() => Task.Run(() =>
    {
        if (window is null)
        {
            window = new RemoteWebDriver(address, new Options().ToCapabilities(), Patience);
            window.Manage().Window.Size = new(1280, 800);
        }

        return new WebDriverTab(window);
    });

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
        window?.Dispose(); // Which would wait for the process.
    }

    private async Task WaitAsync()
    {
        using var client = new HttpClient { BaseAddress = address };
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(50, TestContext.Current.CancellationToken))
        {
            try
            {
                await client.GetStringAsync(new Uri("/status", UriKind.Relative));
                return;
            }
            catch (HttpRequestException) when (!process.HasExited && waited.Elapsed < Patience)
            {
                // Not listening yet.
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Options : DriverOptions
    {
        private static readonly string[] Arguments = ["--automation"];

        public override ICapabilities ToCapabilities()
        {
            var capabilities = GenerateDesiredCapabilities(true);
            capabilities.SetCapability("webkitgtk:browserOptions", new Dictionary<string, object>
            {
                ["binary"] = MiniBrowser(),
                ["args"] = Arguments,
            });
            return capabilities;
        }

        public override void AddAdditionalOption(string optionName, object optionValue) => AddKnownCapabilityName(optionName, optionName);

        // It lies below a folder that is named after the machine's kind.
        private static string MiniBrowser() =>
            Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu*").Select(folder => Path.Combine(folder, "webkit2gtk-4.1", "MiniBrowser")).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException("MiniBrowser is not there; test.sh installs it with webkit2gtk-driver.");
    }
}
