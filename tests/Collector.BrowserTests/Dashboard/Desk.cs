using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Collector.BrowserTests.Browsers;
using Collector.BrowserTests.Support;
using Collector.Dashboard.People;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Collector.BrowserTests.Dashboard;

/// <summary>Somebody at the dashboard, in a browser of their own. What the browser complains of, scripts or policies, fails the test when they leave.</summary>
internal sealed class Desk : IAsyncDisposable
{
    private static readonly string AxeFile = typeof(Desk).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Axe").Value!;

    private readonly IBrowserContext browser;
    private readonly FilledCollector collector;
    private readonly List<string> complaints = [];

    private Desk(IBrowserContext browser, IPage tab, FilledCollector collector)
    {
        (this.browser, Tab, this.collector) = (browser, tab, collector);
        tab.Console += (_, message) =>
        {
            // A browser says of each error status that it failed to load the resource; the tests look at those themselves.
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                complaints.Add(message.Text);
            }
        };
        tab.PageError += (_, error) => complaints.Add(error);
    }

    /// <summary>Their tab.</summary>
    public IPage Tab { get; }

    /// <summary>Another tab of the same browser.</summary>
    public Task<IPage> NewTabAsync() => browser.NewPageAsync();

    /// <summary>Whoever has this role (operator, owner, analyst, viewer), signed in; nobody has not.</summary>
    public static async Task<Desk> OfAsync(string? role, FilledCollector collector, Chromium chromium, string language = "en-GB", bool phone = false, bool scripts = true, bool policies = true) =>
        await SitDownAsync(role, collector, await chromium.NewVisitorAsync(language, phone, scripts, policies));

    /// <summary>The same, in either browser.</summary>
    public static async Task<Desk> OfAsync(string? role, FilledCollector collector, Engines engines, Engine engine) =>
        await SitDownAsync(role, collector, await engines.NewContextAsync(engine));

    private static async Task<Desk> SitDownAsync(string? role, FilledCollector collector, IBrowserContext browser)
    {
        var desk = new Desk(browser, await browser.NewPageAsync(), collector);
        if (role is not null)
        {
            // As if they had signed in some time ago: how that goes is SignInTests' to see.
            var cancellation = TestContext.Current.CancellationToken;
            var person = await collector.Services.GetRequiredService<Accounts>().FindAsync($"{role}@shop.example", cancellation);
            var secret = await collector.Services.GetRequiredService<Sessions>().BeginAsync(person!, isComplete: true, cancellation);
            await browser.AddCookiesAsync([new() { Name = SessionCookie.Name, Value = secret.Text, Url = collector.Address, HttpOnly = true }]);
        }

        return desk;
    }

    /// <summary>Goes to a path; <c>~</c> stands for the shop's pages.</summary>
    /// <returns>The status.</returns>
    public async Task<int> GoAsync(string path) =>
        (await Tab.GotoAsync(collector.Address + path.Replace("~", $"/sites/{collector.Shop.Id}", StringComparison.Ordinal)))!.Status;

    /// <summary>Waits until the address has this in it.</summary>
    // Asks again and again: the driver's own waiting misses an address that changes without a load between its look and its listening.
    public Task ArriveAsync(string part) => Assertions.Expect(Tab).ToHaveURLAsync(new Regex(Regex.Escape(part), RegexOptions.None, TimeSpan.FromSeconds(1)), new() { Timeout = 30_000 });

    /// <summary>The text of the first element that fits.</summary>
    public Task<string> TextAsync(string selector) => Tab.Locator(selector).First.InnerTextAsync();

    /// <summary>What axe finds on the whole page that WCAG 2.2 AA forbids, by the rule and the element.</summary>
    public async Task<string[]> FindBarriersAsync()
    {
        // Through the driver, whose scripts no policy stops.
        await Tab.EvaluateAsync(await File.ReadAllTextAsync(AxeFile));
        return await Tab.EvaluateAsync<string[]>(
            """
            async () => (await axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
              .violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html, failureSummary }) => html + failureSummary).join(' ')}`)
            """);
    }

    /// <summary>What a first visit to the page costs: the bytes that came over the wire (without a frame's own), how far its parts moved while it loaded (CLS, and which parts), and its longest task in milliseconds, 0 where none took over 50.</summary>
    public async Task<(int Bytes, string Shifts, double LongestTask)> WeighAsync()
    {
        var measured = await Tab.EvaluateAsync<JsonElement>(
            """
            async () => {
              const shifts = [];
              let longestTask = 0;
              const observe = (type, see) => new PerformanceObserver(list => list.getEntries().forEach(see)).observe({ type, buffered: true });
              observe('layout-shift', ({ value, sources }) => shifts.push(`${value}: ${sources.map(({ node }) => node?.parentElement?.className + '/' + node?.className).join(', ')}`));
              observe('longtask', ({ duration }) => longestTask = Math.max(longestTask, duration));
              await new Promise(later => setTimeout(later, 100)); // What was seen before comes soon after.
              const loaded = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
              return { bytes: loaded.reduce((bytes, { transferSize }) => bytes + transferSize, 0), shifts: shifts.join('; '), longestTask };
            }
            """);
        return (measured.GetProperty("bytes").GetInt32(), measured.GetProperty("shifts").GetString()!, measured.GetProperty("longestTask").GetDouble());
    }

    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync();
        Assert.Empty(complaints);
    }
}
