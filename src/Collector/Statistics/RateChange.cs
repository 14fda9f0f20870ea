namespace Collector.Statistics;

/// <summary>Whether a rate changed from one window to the next: a response rate that did makes a figure doubtful, since others may have answered than before.</summary>
/// <param name="Before">The rate before.</param>
/// <param name="After">The rate after.</param>
public sealed record RateChange(Proportion Before, Proportion After)
{
    private const double Level = 0.01;
    private const double Material = 0.2;

    /// <summary>After less before, −1 to 1.</summary>
    public double Difference => After.Share - Before.Share;

    /// <summary>
    /// The two-sided p of the rate being the same: Fisher's exact test where an expected count is below 5, Pearson's χ² without Yates' correction
    /// otherwise.
    /// </summary>
    public double P() => new FourfoldTable(After.Count, After.Of, Before.Count, Before.Of).P();

    /// <summary>The 95 % interval of the difference: Newcombe's (1998) method 10, made from the Wilson intervals of both.</summary>
    public Interval Interval()
    {
        var (before, after) = (Before.WilsonInterval(), After.WilsonInterval());
        return new Interval(
            Difference - Math.Sqrt(Square(After.Share - after.Low) + Square(before.High - Before.Share)),
            Difference + Math.Sqrt(Square(after.High - After.Share) + Square(Before.Share - before.Low)));
    }

    /// <summary>
    /// Whether to warn: p is below 0.01, so that one warning in a hundred comes from chance alone, and the rate rose or fell by at least a fifth of what it
    /// was, since with many visitors any trifle is beyond chance.
    /// </summary>
    public bool IsDoubtful() => Math.Abs(Difference) >= Material * Before.Share && P() < Level;

    private static double Square(double value) => value * value;
}
