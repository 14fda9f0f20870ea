using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Collector.Benchmarks.Ingest;

/// <summary>What wrk saw: how many requests were answered, and in which time.</summary>
/// <param name="Responses">Requests that were answered.</param>
/// <param name="Refused">Those among them whose status was no success.</param>
/// <param name="Broken">Connections that failed, and answers that came too late.</param>
/// <param name="Finished">Connections on which the last request was answered, too.</param>
/// <param name="Median">In milliseconds.</param>
/// <param name="P99">In milliseconds.</param>
/// <param name="Longest">In milliseconds.</param>
internal sealed record Load(long Responses, long Refused, long Broken, int Finished, double Median, double P99, double Longest)
{
    private const int Threads = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Sends new responses over so many connections, each as soon as the one before is answered. After these seconds nothing more is
    /// sent, and the answers that are still due come in. All must succeed.
    /// </summary>
    public static async Task<Load> RunAsync(ServerProcess server, int connections, int seconds, int slowestAnswer, CancellationToken cancellation)
    {
        var load = await WrkAsync(server, connections, seconds, slowestAnswer, cancellation);
        return load is { Refused: 0, Broken: 0 } && load.Finished == connections
            ? load
            : throw new BenchmarkFailedException(
                $"Of {load.Responses} responses, {load.Refused} were refused; {load.Broken} times a connection broke or an answer took more than "
                + $"{slowestAnswer} s; {connections - load.Finished} last requests were not answered at all.");
    }

    private static async Task<Load> WrkAsync(ServerProcess server, int connections, int seconds, int slowestAnswer, CancellationToken cancellation)
    {
        var command = new ProcessStartInfo("wrk",
        [
            "--threads", Text(Math.Min(Threads, connections)), "--connections", Text(connections), "--duration", $"{Text(seconds + slowestAnswer)}s",
            "--timeout", $"{Text(slowestAnswer)}s", "--script", Path.Combine(AppContext.BaseDirectory, "Ingest", "load.lua"),
            new Uri(server.Address, "/v1/responses").ToString(), "--", server.SiteKey, Text(seconds),
        ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var wrk = Start(command);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(TimeSpan.FromSeconds(seconds + slowestAnswer) + Patience);
        try
        {
            var words = wrk.StandardOutput.ReadToEndAsync(late.Token);
            var result = await wrk.StandardError.ReadToEndAsync(late.Token);
            await wrk.WaitForExitAsync(late.Token);
            return wrk.ExitCode == 0
                ? JsonSerializer.Deserialize<Load>(result)!
                : throw new BenchmarkFailedException($"wrk failed: {result}{await words}");
        }
        finally
        {
            if (!wrk.HasExited)
            {
                wrk.Kill();
            }
        }
    }

    private static Process Start(ProcessStartInfo command)
    {
        try
        {
            return Process.Start(command)!;
        }
        catch (Win32Exception)
        {
            throw new BenchmarkFailedException("wrk, which makes the load, is not installed. On Debian and Ubuntu: apt-get install wrk");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
