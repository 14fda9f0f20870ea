using System.Globalization;
using Dapper;

namespace Collector.Benchmarks.Ingest;

/// <summary>Measures all servers in turn, in each round anew, so that a machine that slows down or speeds up does so for all of them.</summary>
internal static class IngestBenchmark
{
    // Until the runtime has compiled what is used most; a single connection would take minutes for that.
    private const int WarmUpSeconds = 8, WarmUpConnections = 64;

    private static bool IsDebugBuild =>
#if DEBUG
        true;
#else
        false;
#endif

    public static async Task RunAsync(IngestOptions options, CancellationToken cancellation)
    {
        if (IsDebugBuild)
        {
            throw new BenchmarkFailedException("Figures of a debug build say nothing: dotnet run -c Release …");
        }

        var measurements = new List<Measurement>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var connections in options.Connections)
            {
                foreach (var contestant in options.Contestants)
                {
                    measurements.Add(await MeasureAsync(contestant, connections, round, options.Seconds, cancellation));
                }
            }
        }

        var report = new Report(options, measurements);
        await Console.Out.WriteLineAsync(report.ToMarkdown());
        if (options.Json is not null)
        {
            await File.WriteAllTextAsync(options.Json, report.ToJson(), cancellation);
        }
    }

    /// <summary>In a new process with a new database, so that none inherits what the one before has left.</summary>
    private static async Task<Measurement> MeasureAsync(Contestant contestant, int connections, int round, int seconds, CancellationToken cancellation)
    {
        using var database = new FreshDatabase(contestant.IsOnPostgres);
        var (measurement, acknowledged) = await MeasureAsync(contestant, database, connections, round, seconds, cancellation);
        if (contestant != Contestant.Bare)
        {
            await VerifyAsync(contestant, database, acknowledged, cancellation);
        }

        return measurement;
    }

    private static async Task<(Measurement Measurement, long Acknowledged)> MeasureAsync(
        Contestant contestant, FreshDatabase database, int connections, int round, int seconds, CancellationToken cancellation)
    {
        await using var servers = await Servers.StartAsync(contestant, database.ConnectionString, cancellation);
        await Console.Error.WriteAsync(string.Create(
            CultureInfo.InvariantCulture, $"round {round}, {connections,3} connections, {contestant.Name,-14} (process {string.Join(", ", servers.All.Select(server => server.Id))}) … "));

        // Several share the processors while each compiles what it runs: they take so many times as long, and their first answers may be slow.
        var warmUp = await Load.RunAsync(
            servers, Math.Max(connections, WarmUpConnections), WarmUpSeconds * Math.Max(1, contestant.Collectors), Contestant.SlowestWhenCold, cancellation);
        var (before, databaseBefore) = (servers.ProcessorTime, database.ProcessorTime);
        var load = await Load.RunAsync(servers, connections, seconds, contestant.SlowestAnswer, cancellation);
        var (used, usedByDatabase) = (servers.ProcessorTime - before, database.ProcessorTime - databaseBefore);
        var measurement = new Measurement
        {
            Server = contestant.Name,
            Connections = connections,
            Round = round,
            Responses = load.Responses,
            PerSecond = (double)load.Responses / seconds,
            MedianMilliseconds = load.Median,
            P99Milliseconds = load.P99,
            LongestMilliseconds = load.Longest,
            ProcessorMicroseconds = used.TotalMicroseconds / load.Responses,
            DatabaseMicroseconds = usedByDatabase?.TotalMicroseconds / load.Responses,
            PeakMegabytes = servers.PeakMegabytes,
        };
        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{measurement.PerSecond,8:N0}/s, p99 {measurement.P99Milliseconds:N1} ms, {measurement.ProcessorMicroseconds:N1} µs of CPU a response"));
        return (measurement, warmUp.Responses + load.Responses);
    }

    /// <summary>Each response that was acknowledged is there once, in the table and in the cells; and nothing else is.</summary>
    private static async Task VerifyAsync(Contestant contestant, FreshDatabase database, long acknowledged, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAfterCrashAsync(cancellation);
        var stored = await connection.ExecuteScalarAsync<long>("select count(*) from responses");
        var counted = await connection.ExecuteScalarAsync<long>("select sum(shown) from cells");
        if (stored != acknowledged || counted != acknowledged)
        {
            throw new BenchmarkFailedException($"{contestant.Title}: {acknowledged} responses were acknowledged, {stored} are stored, {counted} are counted in cells.");
        }
    }
}
