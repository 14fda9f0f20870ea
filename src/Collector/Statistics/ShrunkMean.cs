using MathNet.Numerics.Distributions;

namespace Collector.Statistics;

/// <summary>One touchpoint's mean, shrunk to the selection's mean, by formula <c>priorities-1</c> (empirical Bayes, Efron and Morris 1975).</summary>
/// <param name="Answers">How many answers it is made from.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Shrunk">
/// The shrunk mean: selection's mean + (mean − selection's mean) · between / (between + within / answers). It lies between the two.
/// </param>
/// <param name="Deviation">The standard deviation of what is still unknown about the touchpoint's true mean. Null when the selection is a single answer.</param>
/// <param name="AllAnswers">How many answers the selection has.</param>
public sealed record ShrunkMean(long Answers, double Mean, double Shrunk, double? Deviation, long AllAnswers)
{
    /// <summary>The probability, 0 to 1, that the touchpoint's true mean is below a target. Null when the selection is a single answer.</summary>
    public double? ProbabilityBelow(double target) => Deviation switch
    {
        null => null,
        0 => Shrunk < target ? 1 : 0,
        { } deviation => Normal.CDF(Shrunk, deviation, target),
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
        var varianceOfBetween = 2 / groups.Sum(group => 1 / Square(betweenVariance + Error(group)));

        ShrunkMean Shrink(GroupSums group)
        {
            var (own, share, error) = (group.Mean, Share(group), Error(group));
            if (error == 0)
            {
                return new ShrunkMean(group.Answers, own, own, withinVariance, answers);
            }

            var pull = error / (betweenVariance + error);

            // The mean squared error of the shrunk mean as a linear predictor (Robinson 1991): the touchpoint's own error, its own distance from the
            // common mean, and what the other touchpoints bring into the selection's mean. To this comes that the between-variance is only estimated,
            // twice, as the estimate is also biased by it (Prasad and Rao 1990).
            var others = varianceOfMean - (Square(share) * (betweenVariance + error));
            var known = (Square(1 - pull + (pull * share)) * error) + (Square(pull) * ((Square(1 - share) * betweenVariance) + others));
            var distance = (Square(1 - share) * (betweenVariance + error)) + others;
            var estimated = 2 * varianceOfBetween * distance * Square(pull / (betweenVariance + error));
            return new ShrunkMean(
                group.Answers, own, mean + ((1 - pull) * (own - mean)), Math.Sqrt(Math.Max(0, known + estimated)), answers);
        }

        return [.. groups.Select(Shrink)];
    }

    private static double Square(double value) => value * value;
}
