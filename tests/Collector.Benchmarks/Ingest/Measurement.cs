namespace Collector.Benchmarks.Ingest;

/// <summary>One server under one load for a few seconds.</summary>
internal sealed record Measurement
{
    public required string Server { get; init; }

    public required int Connections { get; init; }

    public required int Round { get; init; }

    public required long Responses { get; init; }

    public required double PerSecond { get; init; }

    public required double MedianMilliseconds { get; init; }

    public required double P99Milliseconds { get; init; }

    public required double LongestMilliseconds { get; init; }

    public required double ProcessorMicroseconds { get; init; }

    /// <summary>Those of the database's own processes; null where it has none.</summary>
    public required double? DatabaseMicroseconds { get; init; }

    public required double PeakMegabytes { get; init; }
}
