using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Collector.Tests.Support;
using Collector.Tests.Support.Contract;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(RunningCollector))]

namespace Collector.Tests.Support;

/// <summary>
/// The whole application on a real port and a database of its own. One serves all tests, each with a site of its own;
/// a test that moves the clock or stops the collector starts another.
/// </summary>
public sealed class RunningCollector : WebApplicationFactory<Program>
{
    public const string AdminKey = "the-operators-admin-key";

    private readonly (string Name, string Value)[] settings;
    private readonly ContractWatch contract = new();

    public RunningCollector()
        : this([])
    {
    }

    private RunningCollector((string Name, string Value)[] settings)
    {
        this.settings = settings;
        UseKestrel(0);
        Operator = CreateClient();
        Operator.DefaultRequestHeaders.Authorization = new("Bearer", AdminKey);
        Visitor = CreateClient();
    }

    /// <summary>Half past ten in Amsterdam.</summary>
    public SettableTime Time { get; } = new(new DateTimeOffset(2026, 11, 22, 9, 30, 0, TimeSpan.Zero));

    public TestDatabase Database { get; } = new();

    /// <summary>Calls with the operator's admin key.</summary>
    public HttpClient Operator { get; }

    /// <summary>Calls without a key, as a visitor's browser does.</summary>
    public HttpClient Visitor { get; }

    /// <summary>Another collector, with settings of its own.</summary>
    public static RunningCollector With(params (string Name, string Value)[] settings) => new(settings);

    /// <summary>A new site; what is in <paramref name="settings"/> overrides the defaults.</summary>
    public async Task<TestSite> NewSiteAsync(JsonObject? settings = null)
    {
        var request = settings ?? [];
        request["name"] ??= "Shop";
        request["timeZone"] ??= "Europe/Amsterdam";
        var created = await SendAsync(Operator.PostAsJsonAsync("/v1/sites", request));
        var key = await SendAsync(Operator.PostAsJsonAsync(
            $"/v1/sites/{(string)created["id"]!}/keys", new JsonObject { ["name"] = "Test", ["scopes"] = new JsonArray("read") }));
        var analyst = CreateClient();
        analyst.DefaultRequestHeaders.Authorization = new("Bearer", (string)key["key"]!);
        return new TestSite(this, (string)created["id"]!, (string)created["siteKey"]!, analyst);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Collector:Database", Database.ConnectionString);
        builder.UseSetting("Collector:AdminKey", AdminKey);
        builder.UseSetting("urls", "http://127.0.0.1:0");

        // All tests send from one address, at full speed.
        builder.UseSetting("Collector:Limits:PerAddressPerMinute", "0");
        builder.UseSetting("Collector:Limits:PerSitePerSecond", "0");
        builder.UseSetting("Collector:StopDelay", "0");
        foreach (var (name, value) in settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Time).AddSingleton<IStartupFilter>(contract));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            Database.Dispose();
            Assert.True(contract.Violations.Count == 0, string.Join('\n', contract.Violations));
        }
    }

    private static async Task<JsonNode> SendAsync(Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
