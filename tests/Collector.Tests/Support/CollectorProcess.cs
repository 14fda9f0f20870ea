using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Collector.Tests.Support;

/// <summary>The collector as an operator starts it: a process of its own, on a port that is free.</summary>
public sealed partial class CollectorProcess : IAsyncDisposable
{
    private readonly Process process;

    private CollectorProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<CollectorProcess> StartAsync(string database, CancellationToken cancellation)
    {
        var started = Process.Start(new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "--urls", "http://127.0.0.1:0"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["Collector__Database"] = $"Data Source={database}", ["Collector__AdminKey"] = RunningCollector.AdminKey },
        })!;
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

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Listening();
}
