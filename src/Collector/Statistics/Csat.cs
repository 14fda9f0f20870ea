namespace Collector.Statistics;

/// <summary>Customer satisfaction, by formula <c>csat-1</c>.</summary>
/// <param name="Index">The mean as 0 (lowest score) to 100 (highest).</param>
/// <param name="IndexInterval">The 95 % t interval of the index. Null for a single answer. It is not cut off at 0 and 100.</param>
/// <param name="TopTwo">How many gave one of the two highest scores.</param>
public sealed record Csat(double Index, Interval? IndexInterval, Proportion TopTwo)
{
    /// <summary>The satisfaction of scores of which the highest is the most satisfied; null when there are none.</summary>
    /// <param name="counts">How often each score of the scale was given, from the lowest up: at least two.</param>
    public static Csat? Of(ReadOnlySpan<long> counts)
    {
        if (Sample.Of(0, counts) is not { } sample)
        {
            return null;
        }

        var unit = 100.0 / (counts.Length - 1);
        var interval = sample.MeanInterval() is { } mean ? new Interval(mean.Low * unit, mean.High * unit) : null;
        return new Csat(sample.Mean * unit, interval, new Proportion(counts[^1] + counts[^2], sample.Size));
    }
}
