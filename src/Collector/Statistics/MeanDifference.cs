namespace Collector.Statistics;

/// <summary>How far means of scores lie apart, with 95 % intervals.</summary>
/// <param name="Value">The difference, in points of the scale; above 0 where the later is higher.</param>
/// <param name="Interval">
/// Its interval by t with the degrees of freedom of Welch (1947) and Satterthwaite (1946). Null where one of the samples has fewer than two values. Without width
/// when all values of each sample are the same.
/// </param>
/// <param name="BoundedInterval">
/// Its interval put together from those that each mean has as <c>ces-2</c>, by the method of variance estimates recovery (Zou and Donner 2008, as
/// Newcombe 1998 does it for shares). It holds its level where Welch's does not: small samples of very different size, of which most scores are at one end of the scale.
/// Null where Welch's is.
/// </param>
/// <param name="SmallestDetectable">
/// The smallest true difference that so many and so spread values would show with a power of 80 %, at 5 % two-sided: (t(0.975) + t(0.8)) · standard
/// error (Bloom 1995). Null without an interval, and when Welch's has no width: nothing is known then of how the values spread.
/// </param>
public sealed record MeanDifference(double Value, Interval? Interval, Interval? BoundedInterval, double? SmallestDetectable)
{
    private const double Power = 0.8;

    /// <summary>After less before. Null where one of them is empty.</summary>
    public static MeanDifference? Of(ScoreCounts before, ScoreCounts after) => Of([(after, 1), (before, -1)]);

    /// <summary>
    /// The difference in differences (after less before, less the same of the control): what changed beyond what changed elsewhere too. Null where one of
    /// the four is empty.
    /// </summary>
    public static MeanDifference? Of(ScoreCounts before, ScoreCounts after, ScoreCounts controlBefore, ScoreCounts controlAfter) =>
        Of([(after, 1), (before, -1), (controlAfter, -1), (controlBefore, 1)]);

    private static MeanDifference? Of(ReadOnlySpan<(ScoreCounts Scores, int Sign)> parts)
    {
        double value = 0, variance = 0, squares = 0, below = 0, above = 0;
        var known = true;
        foreach (var (scores, sign) in parts)
        {
            if (scores.Sample() is not { } sample)
            {
                return null;
            }

            value += sign * sample.Mean;
            if (sample.Variance is not { } spread || sample.MeanInterval(scores.Lowest, scores.Highest) is not { } bounded)
            {
                known = false;
                continue;
            }

            var error = spread / sample.Size;
            variance += error;
            squares += error * error / (sample.Size - 1);
            var (down, up) = (Square(sample.Mean - bounded.Low), Square(bounded.High - sample.Mean));
            below += sign > 0 ? down : up;
            above += sign > 0 ? up : down;
        }

        if (!known)
        {
            return new MeanDifference(value, null, null, null);
        }

        var boundedInterval = new Interval(value - Math.Sqrt(below), value + Math.Sqrt(above));
        if (variance == 0)
        {
            return new MeanDifference(value, new Interval(value, value), boundedInterval, null);
        }

        var (freedom, deviation) = (variance * variance / squares, Math.Sqrt(variance));
        var margin = StudentsT.Quantile(0.975, freedom) * deviation;
        return new MeanDifference(
            value, new Interval(value - margin, value + margin), boundedInterval, margin + (StudentsT.Quantile(Power, freedom) * deviation));
    }

    private static double Square(double value) => value * value;
}
