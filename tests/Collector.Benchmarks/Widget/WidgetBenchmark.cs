using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Collector.Benchmarks.Widget;

/// <summary>What a script costs the page that carries it, in a real Chromium: all contestants in turn, in each round anew.</summary>
internal sealed class WidgetBenchmark(IBrowser browser, Uri pages)
{
    // Before the page's own: notes when the element is first drawn, what was moved, and what took long.
    private const string Watch =
        """
        (() => {
          window.shift = 0;
          window.long = 0;
          new PerformanceObserver((list) => { for (const { value } of list.getEntries()) window.shift += value; }).observe({ type: "layout-shift", buffered: true });
          new PerformanceObserver((list) => { window.long += list.getEntries().length; }).observe({ type: "longtask", buffered: true });
          const look = () => {
            const found = FIND;
            const { width = 0, height = 0 } = found?.getBoundingClientRect() ?? {};
            if (width && height && getComputedStyle(found).visibility === "visible") window.visibleAt = performance.now();
            else requestAnimationFrame(look);
          };
          if (WATCHES) requestAnimationFrame(look);
        })();
        """;

    private const int Settled = 3_000, LongestWait = 20_000;

    /// <summary>Measures, and prints the table.</summary>
    public static async Task RunAsync(int rounds, CancellationToken cancellation)
    {
        var peers = Path.Combine(AppContext.BaseDirectory, "Widget/peers");
        await NpmAsync(peers, "ci", cancellation);
        await NpmAsync(peers, "run build", cancellation);
        var folder = Directory.CreateTempSubdirectory("collector-benchmark-");
        try
        {
            await using var collector = await Ingest.ServerProcess.StartAsync(Ingest.Contestant.Collector, $"Data Source={Path.Combine(folder.FullName, "benchmark.db")}", cancellation);
            using var client = collector.Operator();
            var scripts = new Dictionary<Contestant, Uri>
            {
                [Contestant.Asking] = await NewSiteAsync(client, """{ "show": { "afterSeconds": 0 } }""", cancellation),
                [Contestant.Silent] = await NewSiteAsync(client, """{ "show": { "afterSeconds": 0 }, "often": { "share": 0 } }""", cancellation),
            };
            await using var server = await PageServer.StartAsync(peers, scripts, cancellation);
            using var playwright = await Playwright.CreateAsync();
            await using var chromium = await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            });
            var measurements = await new WidgetBenchmark(chromium, server.Address).MeasureAsync(rounds, cancellation);
            var sizes = new Dictionary<Contestant, Sizes>();
            foreach (var contestant in Contestant.All)
            {
                sizes[contestant] = scripts.TryGetValue(contestant, out var script)
                    ? Sizes.Of(await client.GetByteArrayAsync(script, cancellation))
                    : Sizes.Of(contestant == Contestant.Empty ? [] : await File.ReadAllBytesAsync(Path.Combine(peers, contestant.File!), cancellation));
            }

            await Console.Out.WriteLineAsync(Table(measurements, sizes, chromium.Version));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<List<Measurement>> MeasureAsync(int rounds, CancellationToken cancellation)
    {
        var measurements = new List<Measurement>();
        for (var round = 0; round <= rounds; round++)
        {
            for (var i = 0; i < Contestant.All.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                var measurement = await CostAsync(Contestant.All[i], i) with { Visible = await VisibleAsync(Contestant.All[i], i) };
                await Console.Error.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"round {round}: {measurement.Contestant.Name}: {measurement.MainThread:0.0} ms, visible after {measurement.Visible:0} ms"));

                // The first round warms up the browser and the servers.
                if (round > 0)
                {
                    measurements.Add(measurement);
                }
            }
        }

        return measurements;
    }

    private async Task<Measurement> CostAsync(Contestant contestant, int path)
    {
        await using var context = await browser.NewContextAsync(new() { Locale = "en-GB", ViewportSize = new() { Width = 1280, Height = 800 } });
        var (page, session) = await OpenAsync(context, contestant);

        // The thread's own processor time: by the clock, each wait for a core that some other process has would count, too.
        await session.SendAsync("Performance.enable", new() { ["timeDomain"] = "threadTicks" });
        await page.GotoAsync(new Uri(pages, $"/{path}").ToString());
        await page.WaitForTimeoutAsync(Settled);
        var metrics = (await session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
        return contestant.Find is not null && await page.EvaluateAsync<double?>("window.visibleAt") is null
            ? throw new BenchmarkFailedException($"{contestant.Name}: nothing to be seen.")
            : new Measurement
            {
                Contestant = contestant,
                MainThread = metrics["TaskDuration"] * 1_000,
                Script = metrics["ScriptDuration"] * 1_000,
                LongTasks = await page.EvaluateAsync<int>("window.long"),
                Shift = await page.EvaluateAsync<double>("window.shift"),
            };
    }

    private async Task<double?> VisibleAsync(Contestant contestant, int path)
    {
        if (contestant.Find is null)
        {
            return null;
        }

        await using var context = await browser.NewContextAsync(new() { Locale = "en-GB", ViewportSize = new() { Width = 390, Height = 844 } });
        var (page, session) = await OpenAsync(context, contestant);
        await session.SendAsync("Network.enable");

        // "Slow 4G", as browsers' own tools have it.
        await session.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 150, ["downloadThroughput"] = 1_600_000 / 8, ["uploadThroughput"] = 750_000 / 8 });
        await session.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 4 });
        await page.GotoAsync(new Uri(pages, $"/{path}").ToString(), new() { WaitUntil = WaitUntilState.Commit });
        await page.WaitForFunctionAsync("window.visibleAt", null, new() { Timeout = LongestWait });
        return await page.EvaluateAsync<double>("window.visibleAt");
    }

    private static async Task<(IPage Page, ICDPSession Session)> OpenAsync(IBrowserContext context, Contestant contestant)
    {
        var page = await context.NewPageAsync();
        await page.AddInitScriptAsync(Watch.Replace("FIND", contestant.Find ?? "null", StringComparison.Ordinal).Replace("WATCHES", contestant.Find is null ? "false" : "true", StringComparison.Ordinal));
        return (page, await context.NewCDPSessionAsync(page));
    }

    private static async Task<Uri> NewSiteAsync(HttpClient client, string rules, CancellationToken cancellation)
    {
        var site = await SendAsync(client, HttpMethod.Post, "/v1/sites", """{ "name": "Benchmark", "timeZone": "Europe/Amsterdam", "languages": ["en"] }""", cancellation);
        await SendAsync(client, HttpMethod.Patch, $"/v1/sites/{site["id"]}/surveys/effort-and-intention", rules, cancellation);
        return new Uri(client.BaseAddress!, $"/{site["siteKey"]}.js");
    }

    private static async Task<JsonNode> SendAsync(HttpClient client, HttpMethod method, string path, string json, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        using var reply = await client.SendAsync(request, cancellation);
        var body = await reply.Content.ReadAsStringAsync(cancellation);
        return reply.IsSuccessStatusCode ? JsonNode.Parse(body)! : throw new BenchmarkFailedException($"{method} {path}: {body}");
    }

    private static async Task NpmAsync(string folder, string command, CancellationToken cancellation)
    {
        using var npm = Process.Start(new ProcessStartInfo("npm", $"{command} --silent --no-audit --no-fund") { WorkingDirectory = folder })!;
        await npm.WaitForExitAsync(cancellation);
        if (npm.ExitCode != 0)
        {
            throw new BenchmarkFailedException($"npm {command} failed.");
        }
    }

    private static string Table(List<Measurement> measurements, Dictionary<Contestant, Sizes> sizes, string version)
    {
        var empty = measurements.FindAll(one => one.Contestant == Contestant.Empty);
        var table = new StringBuilder();
        table.AppendLine(
            CultureInfo.InvariantCulture,
            $"Medians of {empty.Count} rounds in Chromium {version}; {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}. CPU: main thread and, of that, script, above an empty script; visible: at 4 × CPU and slow 4G.");
        table.AppendLine();
        table.AppendLine("| script, settings included | bytes raw · gzip · brotli | CPU ms | of that script ms | long tasks | layout shift | visible after ms |");
        table.AppendLine("|---|--:|--:|--:|--:|--:|--:|");
        foreach (var contestant in Contestant.All)
        {
            var rounds = measurements.FindAll(one => one.Contestant == contestant);
            table.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {contestant.Name} | {sizes[contestant]} | {Median(rounds, one => one.MainThread) - Median(empty, one => one.MainThread):0.0} | {Median(rounds, one => one.Script) - Median(empty, one => one.Script):0.0} | {rounds.Max(one => one.LongTasks)} | {rounds.Max(one => one.Shift):0.###} | {(contestant.Find is null ? "–" : Median(rounds, one => one.Visible!.Value).ToString("0", CultureInfo.InvariantCulture))} |");
        }

        return table.ToString();
    }

    private static double Median(List<Measurement> rounds, Func<Measurement, double> figure)
    {
        List<double> sorted = [.. rounds.Select(figure).Order()];
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
