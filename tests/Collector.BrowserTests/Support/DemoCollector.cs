using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Collector.BrowserTests.Support;

[assembly: AssemblyFixture(typeof(DemoCollector))]

namespace Collector.BrowserTests.Support;

/// <summary><c>collector demo</c>, as a newcomer starts it: the collector and the sample shop, in a process and a folder of their own.</summary>
public sealed class DemoCollector : IAsyncLifetime
{
    private const string AdminKey = "the-operators-admin-key";

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
        process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = folder.FullName,
            Environment = { ["Collector__AdminKey"] = AdminKey, ["Collector__Limits__PerAddressPerMinute"] = "0" }, // All visitors come from one address.
        })!;
        while (Collector.Length == 0 && await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Shop = words is ["Shop", var shop] ? new Uri(shop).GetLeftPart(UriPartial.Authority) : Shop;
            Collector = words is ["API", var api] ? new Uri(api).GetLeftPart(UriPartial.Authority) : Collector;
        }

        _ = process.StandardOutput.ReadToEndAsync(); // A full pipe would stop it.
        client.DefaultRequestHeaders.Authorization = new("Bearer", AdminKey);
    }

    /// <summary>Calls the API as its operator, and gives what it answers; it must be right.</summary>
    public async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, Collector + path) { Content = body is null ? null : JsonContent.Create(body) };
        using var reply = await client.SendAsync(request);
        var answer = await reply.Content.ReadFromJsonAsync<JsonNode>();
        Assert.True(reply.IsSuccessStatusCode, $"{method} {path}: {answer}");
        return answer!;
    }

    /// <summary>Makes a site for pages of an origin, and gives its name in routes and the address of its script.</summary>
    public async Task<(string Id, string Script)> NewSiteAsync(string origin, string survey)
    {
        var site = await SendAsync(HttpMethod.Post, "/v1/sites", new JsonObject { ["name"] = origin, ["languages"] = new JsonArray("en"), ["allowedOrigins"] = new JsonArray(origin) });
        await SendAsync(HttpMethod.Patch, $"/v1/sites/{site["id"]}/surveys/effort-and-intention", JsonNode.Parse(survey));
        return ((string)site["id"]!, $"{Collector}/{site["siteKey"]}.js");
    }

    /// <summary>The shop's site and its settings.</summary>
    public Task<JsonNode> SiteAsync() => SendAsync(HttpMethod.Get, "/v1/sites/shop");

    /// <summary>The score of a page of the shop.</summary>
    public async Task<JsonNode> CesAsync(string path) => (await SendAsync(HttpMethod.Get, $"/v1/sites/shop/ces?page={Shop}{path}"))["ces"]!;

    /// <summary>What is known of a page of the shop; null when it was never shown a survey.</summary>
    public async Task<JsonNode?> TouchpointAsync(string path) =>
        (await SendAsync(HttpMethod.Get, $"/v1/sites/shop/touchpoints?page={Shop}{path}"))["items"]!.AsArray().SingleOrDefault();

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
