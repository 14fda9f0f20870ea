using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json.Nodes;
using Collector.BrowserTests.Support;

namespace Collector.BrowserTests.Samples;

/// <summary>A sample that runs by itself, at an address of its own, with a site of its own at the collector.</summary>
internal sealed class SampleServer : IAsyncDisposable
{
    private readonly DemoCollector demo;
    private readonly string site;
    private readonly Process process;

    private SampleServer(DemoCollector demo, string address, string site, Process process) => (this.demo, Address, this.site, this.process) = (demo, address, site, process);

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>Starts <c>samples/blazor</c>.</summary>
    public static async Task<SampleServer> StartBlazorAsync(DemoCollector demo, string survey = """{ "show": { "afterSeconds": 0 } }""")
    {
        var address = FreeAddress();
        var (site, script) = await demo.NewSiteAsync(address, survey);
        return await StartAsync(demo, address, site, new ProcessStartInfo("dotnet", ["run", "--no-build", "--configuration", Configuration, "--project", Sample("blazor"), "--urls", address])
        {
            Environment = { ["Collector__Script"] = script, ["ASPNETCORE_ENVIRONMENT"] = "Development" }, // Built, not published: its files are found only so.
        });
    }

    /// <summary>The score of one of its pages.</summary>
    public async Task<JsonNode> CesAsync(string path) => (await demo.SendAsync(HttpMethod.Get, $"/v1/sites/{site}/ces?page={Address}{path}"))["ces"]!;

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static string Configuration => Directory.GetParent(AppContext.BaseDirectory.TrimEnd('/'))!.Name;

    /// <summary>Where a sample is.</summary>
    public static string Sample(string name) => Path.Combine(typeof(SampleServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Samples").Value!, name);

    /// <summary>An address of this machine at which nobody listens.</summary>
    public static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://{listener.LocalEndpoint}";
    }

    private static async Task<SampleServer> StartAsync(DemoCollector demo, string address, string site, ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var server = new SampleServer(demo, address, site, Process.Start(start)!);
        _ = server.process.StandardOutput.ReadToEndAsync(); // A full pipe would stop it.
        var said = server.process.StandardError.ReadToEndAsync();
        using var http = new HttpClient();
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(100, TestContext.Current.CancellationToken))
        {
            try
            {
                using var answer = await http.GetAsync(address, TestContext.Current.CancellationToken);
                return server;
            }
            catch (HttpRequestException) when (!server.process.HasExited && waited.Elapsed < TimeSpan.FromSeconds(30))
            {
            }
            catch (HttpRequestException)
            {
                await server.DisposeAsync();
                Assert.Fail($"{start.FileName} did not listen at {address}: {await said}");
            }
        }
    }
}
