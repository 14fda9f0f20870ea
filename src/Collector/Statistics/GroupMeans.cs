using System.Runtime.InteropServices;
using MathNet.Numerics;

namespace Collector.Statistics;

/// <summary>What is known of one touchpoint's values.</summary>
/// <param name="Answers">How many; at least one.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="SumOfSquares">The sum of their squares.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GroupSums(long Answers, double Sum, double SumOfSquares)
{
    /// <summary>Their mean.</summary>
    public double Mean => Sum / Answers;

    // The sum of squared deviations from the group's own mean. Rounding must not make it negative.
    internal double Scatter => Math.Max(0, SumOfSquares - (Sum * Sum / Answers));

    /// <summary>The 95 % t interval of the mean. None for a single value.</summary>
    public Interval? MeanInterval()
    {
        if (Answers < 2)
        {
            return null;
        }

        var margin = StudentsT.Quantile(0.975, Answers - 1) * Math.Sqrt(Scatter / (Answers - 1) / Answers);
        return new Interval(Mean - margin, Mean + margin);
    }

    /// <summary>What is known of these values and <paramref name="count"/> times another one.</summary>
    public GroupSums And(double value, long count) => new(Answers + count, Sum + (count * value), SumOfSquares + (count * value * value));
}

/// <summary>
/// A selection's touchpoints side by side, as random effects: each has a true mean of its own, spread about a common one, and answers spread about
/// each touchpoint's mean. Everything is in the unit of the values.
/// </summary>
public sealed record GroupMeans
{
    /// <summary>The mean of all answers: the selection's mean.</summary>
    public required double Mean { get; init; }

    /// <summary>How many answers there are.</summary>
    public required long Answers { get; init; }

    /// <summary>
    /// The variance of answers within a touchpoint, pooled over all of them. The variance of all answers counts in it like one degree of freedom, so that a few
    /// touchpoints with two or three equal answers do not look certain. Null for a single answer.
    /// </summary>
    public required double? WithinVariance { get; init; }

    /// <summary>
    /// The variance between the touchpoints' true means, by Paule and Mandel (1982); DerSimonian and Kacker (2007) show that it does without assumptions on
    /// the shape. 0 where the means differ no more than by chance, and for a single touchpoint.
    /// </summary>
    public required double BetweenVariance { get; init; }

    /// <summary>The consistency of the touchpoints: the standard deviation between their true means. 0 is perfectly consistent.</summary>
    public double BetweenDeviation => Math.Sqrt(BetweenVariance);

    /// <summary>
    /// The p of all touchpoints having the same mean (one-way analysis of variance, Fisher 1925). Null for a single touchpoint, when none has two answers,
    /// and when all answers are the same.
    /// </summary>
    public required double? HomogeneityP { get; init; }

    /// <summary>Each touchpoint's mean, shrunk to the selection's, in the order given.</summary>
    public required IReadOnlyList<ShrunkMean> Touchpoints { get; init; }

    /// <summary>Lays touchpoints side by side; null when there are none.</summary>
    /// <param name="groups">Each with at least one answer.</param>
    public static GroupMeans? Of(IReadOnlyList<GroupSums> groups)
    {
        if (groups.Count == 0)
        {
            return null;
        }

        var answers = groups.Sum(group => group.Answers);
        var mean = groups.Sum(group => group.Sum) / answers;
        var within = groups.Sum(group => group.Scatter);
        var between = groups.Sum(group => group.Answers * Square(group.Mean - mean));
        var freedom = answers - groups.Count;
        double? withinVariance = answers == 1 ? null : (within + ((within + between) / (answers - 1))) / (freedom + 1);
        var betweenVariance = PauleMandel(groups, withinVariance ?? 0);
        return new GroupMeans
        {
            Mean = mean,
            Answers = answers,
            WithinVariance = withinVariance,
            BetweenVariance = betweenVariance,
            HomogeneityP = HomogeneityOf(within, freedom, between, groups.Count - 1),
            Touchpoints = ShrunkMean.Of(groups, mean, answers, withinVariance, betweenVariance),
        };
    }

    // The between-variance at which the weighted squares of the means add up to what they are expected to. They fall with it along a convex curve, so
    // that Newton's steps from 0 come nearer from one side and never beyond.
    private static double PauleMandel(IReadOnlyList<GroupSums> groups, double withinVariance)
    {
        var variance = 0.0;
        while (withinVariance > 0 && groups.Count > 1)
        {
            double weights = 0, weighted = 0;
            foreach (var group in groups)
            {
                var weight = 1 / (variance + (withinVariance / group.Answers));
                weights += weight;
                weighted += weight * group.Mean;
            }

            double squares = 0, slope = 0;
            foreach (var group in groups)
            {
                var weight = 1 / (variance + (withinVariance / group.Answers));
                var square = weight * Square(group.Mean - (weighted / weights));
                squares += square;
                slope += weight * square;
            }

            var step = (squares - (groups.Count - 1)) / slope;
            if (!(step > variance * 1e-14))
            {
                break;
            }

            variance += step;
        }

        return variance;
    }

    private static double? HomogeneityOf(double within, long withinFreedom, double between, long betweenFreedom) =>
        betweenFreedom == 0 || withinFreedom == 0 || within + between == 0
            ? null

            // The upper tail of F as a regularized incomplete beta function, since 1 − CDF would lose the small p.
            : SpecialFunctions.BetaRegularized(withinFreedom / 2.0, betweenFreedom / 2.0, within / (within + between));

    private static double Square(double value) => value * value;
}
