namespace Collector.Benchmarks.Widget;

/// <summary>What one script cost one page, and when it was seen.</summary>
internal sealed record Measurement
{
    public required Contestant Contestant { get; init; }

    /// <summary>Processor time of the page's main thread, in milliseconds, until three seconds after it began.</summary>
    public required double MainThread { get; init; }

    /// <summary>Of that, what was spent in scripts.</summary>
    public required double Script { get; init; }

    /// <summary>Tasks of more than 50 milliseconds.</summary>
    public required int LongTasks { get; init; }

    /// <summary>How much the page's content was moved (cumulative layout shift).</summary>
    public required double Shift { get; init; }

    /// <summary>Milliseconds from the page's start until it was on the screen, on a processor of a quarter of the speed and a slow mobile connection; null when nothing shows.</summary>
    public double? Visible { get; init; }
}
