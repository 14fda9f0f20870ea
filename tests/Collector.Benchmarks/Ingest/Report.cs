using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Collector.Benchmarks.Ingest;

/// <summary>The medians of all rounds.</summary>
internal sealed class Report(IngestOptions options, IReadOnlyList<Measurement> measurements)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static string Machine => string.Create(
        CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");

    public string ToMarkdown()
    {
        var table = new StringBuilder();
        table.AppendLine(
            CultureInfo.InvariantCulture,
            $"Medians of {options.Rounds} rounds of {options.Seconds} s each, in turn; {Machine}. Share: of bare Kestrel in the same round.");
        table.AppendLine();
        table.AppendLine("| connections | server | requests/s (lowest–highest) | share | p50 ms | p99 ms | CPU µs per response | PostgreSQL's | peak memory MB |");
        table.AppendLine("|--:|---|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var connections in options.Connections)
        {
            foreach (var contestant in options.Contestants)
            {
                List<Measurement> rounds = [.. measurements.Where(one => one.Connections == connections && one.Server == contestant.Name)];
                table.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"| {connections} | {contestant.Title} | {Median(rounds, one => one.PerSecond):N0} ({rounds.Min(one => one.PerSecond):N0}–{rounds.Max(one => one.PerSecond):N0}) | {Share(rounds)} | {Median(rounds, one => one.MedianMilliseconds):N2} | {Median(rounds, one => one.P99Milliseconds):N1} | {Median(rounds, one => one.ProcessorMicroseconds):N1} | {DatabaseCost(rounds)} | {Median(rounds, one => one.PeakMegabytes):N0} |");
            }
        }

        return table.ToString();
    }

    public string ToJson() => JsonSerializer.Serialize(new { Machine, options.Seconds, options.Rounds, Measurements = measurements }, Web);

    private string Share(List<Measurement> rounds)
    {
        var bare = measurements.Where(one => one.Server == Contestant.Bare.Name).ToDictionary(one => (one.Round, one.Connections), one => one.PerSecond);
        return bare.Count == 0
            ? "–"
            : Median(rounds, one => one.PerSecond / bare[(one.Round, one.Connections)]).ToString("0.000", CultureInfo.InvariantCulture);
    }

    private static string DatabaseCost(List<Measurement> rounds) => rounds.TrueForAll(one => one.DatabaseMicroseconds is not null)
        ? Median(rounds, one => one.DatabaseMicroseconds!.Value).ToString("N1", CultureInfo.InvariantCulture)
        : "–";

    private static double Median(List<Measurement> rounds, Func<Measurement, double> figure)
    {
        List<double> sorted = [.. rounds.Select(figure).Order()];
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
