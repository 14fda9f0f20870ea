using MathNet.Numerics;

namespace Collector.Statistics;

/// <summary>Two shares side by side: a table of two by two.</summary>
/// <param name="Count">How many of the first.</param>
/// <param name="Of">The first; at least zero.</param>
/// <param name="OtherCount">How many of the second.</param>
/// <param name="Other">The second; at least zero.</param>
internal sealed record FourfoldTable(long Count, long Of, long OtherCount, long Other)
{
    private long All => Of + Other;

    private long AllCount => Count + OtherCount;

    /// <summary>Whether both rows and both columns hold anything. Otherwise there is nothing to compare.</summary>
    public bool Compares => Of > 0 && Other > 0 && AllCount > 0 && AllCount < All;

    /// <summary>Whether one of the four counts is expected to be below 5 if the shares are the same (Cochran 1954).</summary>
    public bool SmallExpected => (double)Math.Min(Of, Other) * Math.Min(AllCount, All - AllCount) < 5.0 * All;

    /// <summary>
    /// The adjusted standardised residual of the first count (Haberman 1973): (observed − expected) / √(expected · (1 − row share) · (1 − column share)).
    /// Its square is Pearson's χ². 0 where there is nothing to compare.
    /// </summary>
    public double Residual()
    {
        if (!Compares)
        {
            return 0;
        }

        // Observed less expected, times all: whole numbers, so that nothing is lost where the two are large and close together.
        var surplus = (double)(((Int128)Count * All) - ((Int128)Of * AllCount));
        return surplus / Math.Sqrt((double)Of * Other) / Math.Sqrt((double)AllCount * (All - AllCount)) * Math.Sqrt(All);
    }

    /// <summary>
    /// The two-sided p of the shares being the same: Fisher's exact test where an expected count is below 5, otherwise Pearson's χ² with one degree
    /// of freedom and without Yates' correction. 1 where there is nothing to compare.
    /// </summary>
    public double P() => !Compares ? 1 : SmallExpected ? ExactP() : SpecialFunctions.Erfc(Math.Abs(Residual()) / Constants.Sqrt2);

    /// <summary>
    /// The two-sided p of Fisher's exact test: the sum of the probabilities of all tables with these margins that are no more probable than this one,
    /// with R's relative tolerance of 1e-7 for those that are equally probable.
    /// </summary>
    public double ExactP()
    {
        if (!Compares)
        {
            return 1;
        }

        // Probabilities relative to the most probable table, each from its neighbour by a ratio: factorials of large numbers, or their
        // logarithms, would leave no more than eight digits.
        var least = Math.Max(0, AllCount - Other);
        var most = Math.Min(Of, AllCount);
        var mode = Math.Clamp((long)((double)(Of + 1) * (AllCount + 1) / (All + 2)), least, most);
        var limit = RelativeTo(mode) * (1 + 1e-7);
        var (total, extreme) = limit >= 1 ? (1.0, 1.0) : (1.0, 0.0);

        void Add(double probability)
        {
            total += probability;
            extreme += probability <= limit ? probability : 0;
        }

        var ratio = 1.0;
        for (var k = mode; k < most && ratio > 0; k++)
        {
            Add(ratio *= Step(k));
        }

        ratio = 1;
        for (var k = mode; k > least && ratio > 0; k--)
        {
            Add(ratio /= Step(k - 1));
        }

        return Math.Min(1, extreme / total);
    }

    // How probable this table is, relative to the one with the given count.
    private double RelativeTo(long count)
    {
        var ratio = 1.0;
        for (var k = count; k < Count; k++)
        {
            ratio *= Step(k);
        }

        for (var k = count; k > Count; k--)
        {
            ratio /= Step(k - 1);
        }

        return ratio;
    }

    // The probability of k + 1, divided by that of k.
    private double Step(long k) => (double)(Of - k) / (k + 1) * (AllCount - k) / (Other - AllCount + k + 1);
}
