using System.Globalization;
using System.Runtime.InteropServices;
using Collector.Benchmarks;
using Collector.Benchmarks.Figures;
using Collector.Benchmarks.Ingest;
using Collector.Benchmarks.Widget;

const string Usage =
    """
    dotnet run -c Release --project tests/Collector.Benchmarks -- ingest [options]

      --seconds 10            how long each measurement takes
      --rounds 3              how often each is repeated; the table shows medians
      --connections 1,64,256  how many requests are under way at a time
      --only NAME,NAME        these rows only, of bare, naive, lock, collector, postgres-naive, postgres, postgres-2 and postgres-3
      --json FILE             writes every single measurement, too

    dotnet run -c Release --project tests/Collector.Benchmarks -- widget [--rounds 9]

    dotnet run -c Release --project tests/Collector.Benchmarks -- figures [options]

      --sizes 1000000,10000000  how many responses there are
      --on sqlite               or postgres
      --of api                  or dashboard: its pages
      --folder FOLDER           keeps the databases there, and takes those that are there already
    """;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    switch (args)
    {
        case ["serve", var name, var database, .. var settings]:
            await Baselines.ServeAsync(name, database, settings, stop.Token);
            return 0;
        case ["ingest", .. var options] when IngestOptions.TryParse(options, out var parsed):
            await IngestBenchmark.RunAsync(parsed, stop.Token);
            return 0;
        case ["widget"]:
            await WidgetBenchmark.RunAsync(rounds: 9, stop.Token);
            return 0;
        case ["widget", "--rounds", var count] when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds is > 0 and <= 100:
            await WidgetBenchmark.RunAsync(rounds, stop.Token);
            return 0;
        case ["figures", .. var options] when FiguresOptions.TryParse(options, out var parsed):
            await FiguresBenchmark.RunAsync(parsed, stop.Token);
            return 0;
        default:
            await Console.Error.WriteLineAsync(Usage);
            return 2;
    }
}
catch (BenchmarkFailedException failure)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}

// The servers under test are stopped on the way out.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
