using MathNet.Numerics.Distributions;

namespace Collector.Statistics;

/// <summary>One touchpoint's mean, shrunk to the selection's mean, by formula <c>priorities-1</c> (empirical Bayes, Efron and Morris 1975).</summary>
/// <param name="Answers">How many answers it is made from.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Shrunk">
/// The shrunk mean: selection's mean + (mean − selection's mean) · between / (between + within / answers). It lies between the two.
/// </param>
/// <param name="Deviation">The standard deviation of what is still unknown about the touchpoint's true mean. Null when the selection is a single answer.</param>
/// <param name="Freedom">
/// On how many degrees of freedom that deviation rests (Satterthwaite 1946): few where it comes from how much touchpoints differ and there are few of them, without end where it does not.
/// </param>
/// <param name="AllAnswers">How many answers the selection has.</param>
public sealed record ShrunkMean(long Answers, double Mean, double Shrunk, double? Deviation, double Freedom, long AllAnswers)
{
    // From here on, t is normal in all digits that anybody reads.
    private const double Many = 10_000;

    /// <summary>
    /// The probability, 0 to 1, that the touchpoint's true mean is below a target: by Student's t, since of few touchpoints one hardly knows how much they differ. Null when the selection
    /// is a single answer.
    /// </summary>
    public double? ProbabilityBelow(double target) => Deviation switch
    {
        null => null,
        0 => Shrunk < target ? 1 : 0,
        { } deviation when Freedom >= Many => Normal.CDF(Shrunk, deviation, target),
        { } deviation => StudentT.CDF(Shrunk, deviation, Freedom, target),
    };

    /// <summary>What the selection's mean would gain if this touchpoint came up to the target: answers · max(0, target − shrunk) / all answers.</summary>
    public double Gain(double target) => Answers * Math.Max(0, target - Shrunk) / AllAnswers;

    internal static IReadOnlyList<ShrunkMean> Of(
        IReadOnlyList<GroupSums> groups, double mean, long answers, double? withinVariance, double betweenVariance)
    {
        double Share(GroupSums group) => (double)group.Answers / answers;
        double Error(GroupSums group) => withinVariance.GetValueOrDefault() / group.Answers;

        // The variance of the selection's mean, which is itself made from touchpoints that happen to be as they are; and that of the between-variance.
        var varianceOfMean = groups.Sum(group => Square(Share(group)) * (betweenVariance + Error(group)));
        var squaresOfShares = groups.Sum(group => Square(Share(group)));
        var varianceOfBetween = 2 / groups.Sum(group => 1 / Square(betweenVariance + Error(group)));

        ShrunkMean Shrink(GroupSums group)
        {
            var (own, share, error) = (group.Mean, Share(group), Error(group));
            if (error == 0)
            {
                return new ShrunkMean(group.Answers, own, own, withinVariance, double.PositiveInfinity, answers);
            }

            var pull = error / (betweenVariance + error);

            // The mean squared error of the shrunk mean as a linear predictor (Robinson 1991): the touchpoint's own error, its own distance from the
            // common mean, and what the other touchpoints bring into the selection's mean. To this comes that the between-variance is only estimated,
            // twice, as the estimate is also biased by it (Prasad and Rao 1990).
            var others = varianceOfMean - (Square(share) * (betweenVariance + error));
            var known = (Square(1 - pull + (pull * share)) * error) + (Square(pull) * ((Square(1 - share) * betweenVariance) + others));
            var distance = (Square(1 - share) * (betweenVariance + error)) + others;
            var estimated = 2 * varianceOfBetween * distance * Square(pull / (betweenVariance + error));

            // How the whole follows the between-variance tells how sure it is; as sure as the number of touchpoints makes it, at the least.
            var variance = Math.Max(0, known + estimated);
            var slope = Square(pull) * (Square(1 - share) + squaresOfShares - Square(share));
            var freedom = groups.Count == 1 ? double.PositiveInfinity : Math.Max(groups.Count - 1, 2 * Square(variance / slope) / varianceOfBetween);
            return new ShrunkMean(group.Answers, own, mean + ((1 - pull) * (own - mean)), Math.Sqrt(variance), freedom, answers);
        }

        return [.. groups.Select(Shrink)];
    }

    private static double Square(double value) => value * value;
}
