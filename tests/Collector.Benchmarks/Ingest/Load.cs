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
/// <param name="Thousandths">The times to answer, in milliseconds: of each thousandth of the requests, from the quickest on, the longest.</param>
internal sealed record Load(long Responses, long Refused, long Broken, int Finished, IReadOnlyList<double> Thousandths)
{
    private const int Threads = 2;

    // Of sums of thousandths.
    private const double Rounding = 1e-6;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public double Median => Thousandths[499];

    public double P99 => Thousandths[989];

    public double Longest => Thousandths[^1];

    /// <summary>
    /// Sends new responses over so many connections, each as soon as the one before is answered; where there are several servers, evenly to all of them. After
    /// these seconds nothing more is sent, and the answers that are still due come in. All must succeed.
    /// </summary>
    public static async Task<Load> RunAsync(Servers servers, int connections, int seconds, int slowestAnswer, CancellationToken cancellation)
    {
        var count = servers.All.Count;
        var shares = servers.All.Select((server, i) => (server.Address, Connections: (connections * (i + 1) / count) - (connections * i / count))).Where(share => share.Connections > 0);
        var threads = Math.Max(1, Threads / count);
        var load = Sum(await Task.WhenAll(shares.Select(share =>
            WrkAsync(share.Address, servers.SiteKey, Math.Min(threads, share.Connections), share.Connections, seconds, slowestAnswer, cancellation))));
        return load is { Refused: 0, Broken: 0 } && load.Finished == connections
            ? load
            : throw new BenchmarkFailedException(
                $"Of {load.Responses} responses, {load.Refused} were refused; {load.Broken} times a connection broke or an answer took more than "
                + $"{slowestAnswer} s; {connections - load.Finished} last requests were not answered at all.");
    }

    /// <summary>All of them as one, whose times to answer are those of all requests together.</summary>
    private static Load Sum(IReadOnlyList<Load> loads)
    {
        var responses = loads.Sum(load => load.Responses);
        var times = loads.SelectMany(load => load.Thousandths.Select(time => (Time: time, Requests: load.Responses / 1000.0))).OrderBy(part => part.Time);
        var (thousandths, requests) = (new List<double>(), 0.0);
        foreach (var part in times)
        {
            requests += part.Requests;
            while (thousandths.Count < 1000 && requests >= responses * (thousandths.Count + 1.0 - Rounding) / 1000)
            {
                thousandths.Add(part.Time);
            }
        }

        return new Load(responses, loads.Sum(load => load.Refused), loads.Sum(load => load.Broken), loads.Sum(load => load.Finished), thousandths);
    }

    private static async Task<Load> WrkAsync(
        Uri address, string siteKey, int threads, int connections, int seconds, int slowestAnswer, CancellationToken cancellation)
    {
        var command = new ProcessStartInfo("wrk",
        [
            "--threads", Text(threads), "--connections", Text(connections), "--duration", $"{Text(seconds + slowestAnswer)}s",
            "--timeout", $"{Text(slowestAnswer)}s", "--script", Path.Combine(AppContext.BaseDirectory, "Ingest", "load.lua"),
            new Uri(address, "/v1/responses").ToString(), "--", siteKey, Text(seconds),
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
