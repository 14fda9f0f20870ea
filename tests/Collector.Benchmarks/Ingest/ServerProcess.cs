using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Collector.Benchmarks.Ingest;

/// <summary>A server under test: a process of its own, on an address of its own, from start to kill.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly string adminKey;

    private ServerProcess(Process process, string adminKey) => (this.process, this.adminKey) = (process, adminKey);

    public int Id => process.Id;

    public Uri Address { get; private set; } = null!;

    /// <summary>The processor time it has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>The most memory it had at a time (VmHWM).</summary>
    public double PeakMegabytes
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64 / 1048576.0;
        }
    }

    public static async Task<ServerProcess> StartAsync(Contestant contestant, string database, CancellationToken cancellation)
    {
        var key = RandomNumberGenerator.GetHexString(64, lowercase: true);
        var server = new ServerProcess(Process.Start(contestant.Command(database, key))!, key);
        try
        {
            using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            late.CancelAfter(LongestStart);
            await server.ListenAsync(late.Token);
            return server;
        }
        catch (Exception exception)
        {
            await server.DisposeAsync();
            throw exception is OperationCanceledException && !cancellation.IsCancellationRequested
                ? new BenchmarkFailedException($"{contestant.Title}: did not start within {LongestStart.TotalSeconds} seconds.")
                : exception;
        }
    }

    /// <summary>Killed, not stopped: what was acknowledged must be there all the same.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    /// <summary>Makes a site, and gives its id and its public key.</summary>
    public async Task<(string Id, string SiteKey)> MakeSiteAsync(object site, CancellationToken cancellation)
    {
        using var client = Operator();
        using var reply = await client.PostAsJsonAsync("/v1/sites", site, cancellation);
        reply.EnsureSuccessStatusCode();
        var made = (await reply.Content.ReadFromJsonAsync<JsonNode>(cancellation))!;
        return ((string)made["id"]!, (string)made["siteKey"]!);
    }

    /// <summary>Speaks to it with the key that may do everything.</summary>
    public HttpClient Operator() => new() { BaseAddress = Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", adminKey) } };

    private async Task ListenAsync(CancellationToken cancellation)
    {
        while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is var start and >= 0)
            {
                Address = new Uri(line[(start + Listening.Length)..].TrimEnd());
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None); // A full pipe would stop it.
                return;
            }
        }

        throw new BenchmarkFailedException("A server under test ended before it listened.");
    }
}
