namespace Collector.Statistics;

/// <summary>A share of a whole, with its interval.</summary>
/// <param name="Count">How many of the whole.</param>
/// <param name="Of">The whole; at least one.</param>
public sealed record Proportion(long Count, long Of)
{
    // The 0.975 quantile of the standard normal distribution.
    private const double Z = 1.959963984540054;

    /// <summary>The share, 0 to 1.</summary>
    public double Share => (double)Count / Of;

    /// <summary>The score interval without continuity correction (Wilson 1927): within 0 to 1, and sound for small numbers and extreme shares.</summary>
    public Interval WilsonInterval()
    {
        double n = Of;
        var p = Share;
        var centre = p + (Z * Z / (2 * n));
        var margin = Z * Math.Sqrt(((p * (1 - p)) + (Z * Z / (4 * n))) / n);
        var width = 1 + (Z * Z / n);

        // At 0 and n the formula's end is exactly 0 and 1; rounding must not leave a trace beyond them.
        return new Interval(
            Count == 0 ? 0 : (centre - margin) / width,
            Count == Of ? 1 : (centre + margin) / width);
    }
}
