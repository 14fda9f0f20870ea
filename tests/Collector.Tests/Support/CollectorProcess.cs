using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Collector.Tests.Support;

/// <summary>The collector as an operator starts it: a process of its own, on a port that is free.</summary>
public sealed partial class CollectorProcess : IAsyncDisposable
{
    private readonly Process process;

    private CollectorProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Starts it, with a verb and its arguments if there are any, and waits until it listens.</summary>
    public static async Task<CollectorProcess> StartAsync(string database, CancellationToken cancellation, params string[] verb)
    {
        var started = Start(database, [.. verb, "--urls", "http://127.0.0.1:0"]);
        while (await started.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                _ = started.StandardOutput.ReadToEndAsync(CancellationToken.None); // A full pipe would stop it.
                return new CollectorProcess(started, new Uri(match.Value));
            }
        }

        throw new InvalidOperationException($"The collector ended with code {started.ExitCode}.");
    }

    /// <summary>Runs a verb that ends by itself; gives its exit code and what it said.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string database, string verb, CancellationToken cancellation)
    {
        using var started = Start(database, [verb]);
        var output = await started.StandardOutput.ReadToEndAsync(cancellation);
        await started.WaitForExitAsync(cancellation);
        return (started.ExitCode, output);
    }

    /// <summary>kill -9: it gets no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a supervisor sends it. Gives the exit code.</summary>
    public async Task<int> TerminateAsync(CancellationToken cancellation)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private static Process Start(string database, string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                ["Collector__Database"] = $"Data Source={database}",
                ["Collector__AdminKey"] = RunningCollector.AdminKey,
                ["Collector__Limits__PerAddressPerMinute"] = "0", // All tests send from one address, at full speed.
                ["Collector__Limits__PerSitePerSecond"] = "0",
            },
        })!;

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Listening();
}
