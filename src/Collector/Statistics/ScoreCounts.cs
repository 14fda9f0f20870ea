namespace Collector.Statistics;

/// <summary>How often each score of a scale was given.</summary>
/// <param name="Lowest">The scale's lowest score.</param>
/// <param name="Counts">One count for each score of the scale, from the lowest up to the highest, 0 where nobody gave it: at least two.</param>
public sealed record ScoreCounts(int Lowest, IReadOnlyList<long> Counts)
{
    /// <summary>The scale's highest score.</summary>
    public int Highest => Lowest + Counts.Count - 1;

    /// <summary>How many scores there are, their mean and spread; null when there are none.</summary>
    public Sample? Sample() => Statistics.Sample.Of(Lowest, [.. Counts]);
}
