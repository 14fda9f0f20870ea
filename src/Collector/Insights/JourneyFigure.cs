using Collector.Feedback;
using Collector.Statistics;

namespace Collector.Insights;

/// <summary>
/// The highest and the lowest point of a journey, by formula <c>journey-1</c>, among its stages or groups that have as many answers as the site asks for. Everything is in index points, 0
/// (hardest) to 100 (easiest), so that answers on different scales can be laid side by side.
/// </summary>
public sealed record JourneyFigure
{
    /// <summary>The journey.</summary>
    public required Journey Journey { get; init; }

    /// <summary>How many of its stages or groups have answers enough; at least two.</summary>
    public required int Parts { get; init; }

    /// <summary>The easiest of them.</summary>
    public required JourneyPoint Peak { get; init; }

    /// <summary>The hardest of them.</summary>
    public required JourneyPoint Low { get; init; }

    /// <summary>The standard deviation between their true means, after what chance does to means of few answers (Paule and Mandel); 0 is an even journey.</summary>
    public required double Deviation { get; init; }

    /// <summary>
    /// The p of all of them being equally easy (one-way analysis of variance), 0 to 1. Of many that are alike one is always highest: only where this is small do peak and low
    /// differ by more than chance. An answer that counts at two of them makes it a little too large. Null when all answers are the same.
    /// </summary>
    public required double? P { get; init; }

    /// <summary>The formula's name.</summary>
    public required string Formula { get; init; }

    /// <summary>The figures of the journeys, in their order; null where a breakdown knows of none.</summary>
    /// <param name="steps">What the journeys are made of, in the order of the breakdown.</param>
    /// <param name="touchpoints">The answers of each touchpoint, by number.</param>
    /// <param name="minimumAnswers">With fewer, a step is neither peak nor low.</param>
    internal static IReadOnlyList<JourneyFigure>? Of(IReadOnlyList<JourneyStep>? steps, IReadOnlyDictionary<long, EffortCounts> touchpoints, int minimumAnswers) =>
        steps is null ? null : [.. steps.GroupBy(step => step.Journey).OrderBy(journey => journey.Key).Select(journey => Of(journey, touchpoints, minimumAnswers)).OfType<JourneyFigure>()];

    private static JourneyFigure? Of(IGrouping<Journey, JourneyStep> journey, IReadOnlyDictionary<long, EffortCounts> touchpoints, int minimumAnswers)
    {
        var parts = new List<(string Key, GroupSums Sums)>();
        foreach (var step in journey)
        {
            var effort = new EffortCounts();
            foreach (var answers in step.Touchpoints.Select(touchpoints.GetValueOrDefault).OfType<EffortCounts>())
            {
                effort.Add(answers);
            }

            if (effort.Indexes() is { Answers: > 0 } sums && sums.Answers >= minimumAnswers)
            {
                parts.Add((step.Key, sums));
            }
        }

        if (parts.Count < 2)
        {
            return null;
        }

        // Of equals, the first on the way.
        var means = GroupMeans.Of(parts.ConvertAll(part => part.Sums))!;
        return new JourneyFigure
        {
            Journey = journey.Key,
            Parts = parts.Count,
            Peak = PointOf(parts.MaxBy(part => part.Sums.Mean)),
            Low = PointOf(parts.MinBy(part => part.Sums.Mean)),
            Deviation = means.BetweenDeviation,
            P = means.HomogeneityP,
            Formula = "journey-1",
        };

        static JourneyPoint PointOf((string Key, GroupSums Sums) part) => new(part.Key, part.Sums.Answers, part.Sums.Mean, part.Sums.MeanInterval());
    }
}

/// <summary>A stage or a group of a journey.</summary>
/// <param name="Key">Its name, as in the breakdown.</param>
/// <param name="Answers">How many effort scores.</param>
/// <param name="Index">Their mean, 0 to 100.</param>
/// <param name="Interval">Its 95 % t interval. Null for a single answer.</param>
public sealed record JourneyPoint(string Key, long Answers, double Index, Interval? Interval);

/// <summary>A stage or a group of a journey, with the numbers of its touchpoints.</summary>
internal sealed record JourneyStep(Journey Journey, string Key, IReadOnlyList<long> Touchpoints);
