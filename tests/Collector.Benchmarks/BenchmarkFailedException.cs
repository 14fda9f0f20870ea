namespace Collector.Benchmarks;

/// <summary>There is no figure to show, and the message says why.</summary>
internal sealed class BenchmarkFailedException(string message) : Exception(message);
