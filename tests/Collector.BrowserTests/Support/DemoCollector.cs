using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Collector.BrowserTests.Support;

[assembly: AssemblyFixture(typeof(DemoCollector))]
[assembly: AssemblyFixture(typeof(Chromium))]

namespace Collector.BrowserTests.Support;

/// <summary><c>collector demo</c>, as a newcomer starts it: the collector and the sample shop, in a process and a folder of their own.</summary>
public sealed class DemoCollector : IAsyncLifetime
{
    private const string ReadKey = "ck_shop_demo";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-tests-");
    private readonly HttpClient client = new();
    private Process? process;

    /// <summary>Where the shop is, as the demo told.</summary>
    public string Shop { get; private set; } = "";

    /// <summary>Where the collector is, as the demo told.</summary>
    public string Collector { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        string[] arguments = [typeof(Program).Assembly.Location, "demo", "--urls", "http://127.0.0.1:0", "--shop", "http://127.0.0.1:0"];
        process = Process.Start(new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = folder.FullName })!;
        while (Collector.Length == 0 && await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Shop = words is ["Shop", var shop] ? new Uri(shop).GetLeftPart(UriPartial.Authority) : Shop;
            Collector = words is ["API", var api] ? new Uri(api).GetLeftPart(UriPartial.Authority) : Collector;
        }

        _ = process.StandardOutput.ReadToEndAsync(); // A full pipe would stop it.
        client.DefaultRequestHeaders.Authorization = new("Bearer", ReadKey);
    }

    /// <summary>The score of a page of the shop, asked as the demo says.</summary>
    public async Task<JsonNode> CesAsync(string path) => (await FigureAsync(path))["ces"]!;

    /// <summary>The score of a page of the shop, with what stands beside it.</summary>
    public async Task<JsonNode> FigureAsync(string path) =>
        (await client.GetFromJsonAsync<JsonNode>($"{Collector}/v1/sites/shop/ces?page={Shop}{path}"))!;

    /// <summary>What is known of a page of the shop; null when it was never shown a survey.</summary>
    public async Task<JsonNode?> TouchpointAsync(string path) =>
        (await client.GetFromJsonAsync<JsonNode>($"{Collector}/v1/sites/shop/touchpoints?page={Shop}{path}"))!["items"]!.AsArray().SingleOrDefault();

    /// <summary>The shop's site and its settings.</summary>
    public async Task<JsonNode> SiteAsync() => (await client.GetFromJsonAsync<JsonNode>($"{Collector}/v1/sites/shop"))!;

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        folder.Delete(recursive: true);
    }
}
