using System.Net;
using System.Net.Sockets;
using Collector.Operations;
using Collector.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Collector.Tests.Operations;

/// <summary>A probe that needs no shell: <c>collector health</c>.</summary>
[Trait("Database", "Own")]
public sealed class HealthVerbTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-tests-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(folder.FullName, "collector.db");

    [Fact]
    public async Task ACollectorIsHealthyUntilItIsToldToEnd()
    {
        await using var collector = await CollectorProcess.StartAsync(Database, Cancellation, "--Collector:StopDelay=5");

        Assert.Equal((0, $"{collector.Address}health/ready: Healthy{Environment.NewLine}"), await AskAsync(collector.Address));
        var ending = collector.TerminateAsync(Cancellation);
        await Task.Delay(500, Cancellation);
        Assert.Equal((1, $"{collector.Address}health/ready: Unhealthy{Environment.NewLine}"), await AskAsync(collector.Address));
        Assert.False(ending.IsCompleted);
        await ending;
        Assert.Equal(1, (await AskAsync(collector.Address)).ExitCode);
    }

    [Fact]
    public async Task ACollectorThatAnswersToItsNameAloneIsAskedByIt()
    {
        await using var collector = await CollectorProcess.StartAsync(Database, Cancellation, "--AllowedHosts=collector.example");
        using var stranger = new HttpClient();
        using var reply = await stranger.GetAsync(new Uri(collector.Address, "/health/ready"), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal(0, (await AskAsync(collector.Address, "--AllowedHosts=*.shop.example;collector.example")).ExitCode);
    }

    [Fact]
    public async Task WhoDoesNotAnswerIsNotHealthyAndNoDatabaseIsTouched()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        var (exitCode, said) = await AskAsync(new Uri($"http://{silent.LocalEndpoint}"));

        Assert.True(exitCode == 1, said);
        Assert.False(File.Exists(Database));
    }

    [Theory]
    [InlineData("http://localhost:5080/")]
    [InlineData("http://localhost:5080/", "http_ports", "5080")]
    [InlineData("http://localhost:8080/", "http_ports", "8080;8081")]
    [InlineData("http://localhost:5080/", "urls", "http://0.0.0.0:5080", "http_ports", "8080")]
    [InlineData("http://localhost:80/", "urls", "http://*")]
    [InlineData("http://localhost:5080/", "urls", "http://[::]:5080")]
    [InlineData("http://[::1]:5080/", "urls", "http://[::1]:5080")]
    [InlineData("http://10.1.2.3:5080/", "urls", "https://+:5443;http://10.1.2.3:5080")]
    [InlineData("https://collector.example:5443/", "urls", "https://collector.example:5443")]
    public void ItIsAskedWhereItListens(string expected, params string[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Chunk(2).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1]))).Build();

        Assert.Equal(new Uri(expected), Health.AddressIn(configuration));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private Task<(int ExitCode, string Output)> AskAsync(Uri address, params string[] settings) =>
        CollectorProcess.RunAsync(Database, Cancellation, ["health", "--urls", address.OriginalString, .. settings]);
}
