using MathNet.Numerics;

namespace Collector.Statistics;

/// <summary>Whether values after a change tend to be higher than those before it (Mann and Whitney 1947).</summary>
/// <param name="U">The pairs of one value after and one before in which the one after is higher; equal pairs count half.</param>
/// <param name="Superiority">
/// The probability of superiority: U divided by all pairs. 0 to 1; 0.5 when neither tends to be higher.
/// </param>
/// <param name="P">The two-sided p by the normal approximation, with tie and continuity correction. 1 when all values are the same.</param>
public sealed record MannWhitney(double U, double Superiority, double P)
{
    /// <summary>Compares scores before with scores after. Null where one of them is empty.</summary>
    /// <exception cref="ArgumentException">They are on different scales.</exception>
    public static MannWhitney? Of(ScoreCounts before, ScoreCounts after)
    {
        if ((after.Lowest, after.Highest) != (before.Lowest, before.Highest))
        {
            throw new ArgumentException("Scores on different scales have no ranks in common.", nameof(after));
        }

        long sizeBefore = 0, sizeAfter = 0;
        var twiceU = Int128.Zero;
        var cubes = Int128.Zero;
        for (var i = 0; i < before.Counts.Count; i++)
        {
            Int128 tied = before.Counts[i] + after.Counts[i];
            cubes += tied * tied * tied;
            twiceU += (Int128)after.Counts[i] * ((2 * sizeBefore) + before.Counts[i]);
            sizeBefore += before.Counts[i];
            sizeAfter += after.Counts[i];
        }

        if (sizeBefore == 0 || sizeAfter == 0)
        {
            return null;
        }

        // Whole numbers up to here, so that nothing cancels out when nearly all are tied.
        Int128 all = sizeBefore + sizeAfter;
        var pairs = (Int128)sizeBefore * sizeAfter;
        var untied = (double)((all * all * all) - cubes);
        var deviation = Math.Sqrt(untied / 12 * (double)pairs / ((double)all * (double)(all - 1)));
        var distance = ((double)Int128.Abs(twiceU - pairs) / 2) - 0.5;
        return new MannWhitney(
            (double)twiceU / 2,
            (double)twiceU / 2 / (double)pairs,
            distance <= 0 || deviation == 0 ? 1 : SpecialFunctions.Erfc(distance / deviation / Constants.Sqrt2));
    }
}
