using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Collector.BrowserTests.Dashboard;
using Collector.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(FilledCollector))]

namespace Collector.BrowserTests.Dashboard;

/// <summary>
/// A collector on a real port, with a shop that has been measured for three months, and people of every role. Its clock stands at noon of 22 November 2026.
/// </summary>
public sealed class FilledCollector : WebApplicationFactory<Program>, IAsyncLifetime
{
    /// <summary>The password of everybody.</summary>
    public const string Password = "purple heron by the canal";

    private const string AdminKey = "the-operators-admin-key";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-tests-");

    /// <summary>The clock.</summary>
    public SettableTime Time { get; } = new(new DateTimeOffset(2026, 11, 22, 11, 0, 0, TimeSpan.Zero));

    /// <summary>Where it is.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Calls with the operator's admin key.</summary>
    public HttpClient Operator { get; private set; } = null!;

    /// <summary>The site that has been measured.</summary>
    public SampleShop Shop { get; private set; } = null!;

    /// <summary>A site that nobody has answered on.</summary>
    public string EmptySite { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        UseKestrel(int.Parse(Environment.GetEnvironmentVariable("COLLECTOR_PORT") ?? "0", CultureInfo.InvariantCulture));
        Operator = CreateClient();
        Operator.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
        Address = Operator.BaseAddress!.GetLeftPart(UriPartial.Authority);
        Shop = await SampleShop.CreateAsync(this);
        EmptySite = (string)(await SendAsync(HttpMethod.Post, "/v1/sites", new JsonObject { ["name"] = "Nobody’s yet", ["timeZone"] = "Europe/Amsterdam" }))["id"]!;
        await People.AddAsync(this);
    }

    /// <summary>Calls the API as its operator, and gives what it answers; it must be right.</summary>
    public async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var reply = await Operator.SendAsync(request);
        var text = await reply.Content.ReadAsStringAsync();
        Assert.True(reply.IsSuccessStatusCode, $"{method} {path}: {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Collector:Database", $"Data Source={Path.Combine(folder.FullName, "collector.db")}");
        builder.UseSetting("Collector:Mail:Host", "127.0.0.1");
        builder.UseSetting("Collector:Mail:From", "collector@shop.example");
        builder.UseSetting("Collector:PublicAddress", "https://collector.example");
        builder.UseSetting("Collector:AdminKey", AdminKey);
        builder.UseSetting("Collector:Limits:PerAddressPerMinute", "0");
        builder.UseSetting("Collector:Limits:PerSitePerSecond", "0");
        builder.UseSetting("Collector:StopDelay", "0");
        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Time));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (folder.Exists)
        {
            folder.Delete(recursive: true);
        }
    }
}
