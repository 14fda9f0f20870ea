using Collector.Statistics;

namespace Collector.Insights;

/// <summary>How much the touchpoints of a series differ from each other, by formula <c>consistency-1</c>.</summary>
public sealed record ConsistencyFigure
{
    /// <summary>How many of them have answers.</summary>
    public required int Touchpoints { get; init; }

    /// <summary>
    /// The standard deviation between their true mean indexes, in points of 0 to 100, after what chance does to means of few answers (Paule and Mandel). 0 is
    /// perfectly consistent.
    /// </summary>
    public required double Deviation { get; init; }

    /// <summary>The p of all of them being equally easy (one-way analysis of variance), 0 to 1. Null when none has two answers, and when all answers are the same.</summary>
    public required double? P { get; init; }

    /// <summary>The formula's name.</summary>
    public required string Formula { get; init; }

    internal static ConsistencyFigure? Of(IReadOnlyList<EffortCounts> touchpoints) =>
        touchpoints.Count > 1 && GroupMeans.Of([.. touchpoints.Select(touchpoint => touchpoint.Indexes())]) is { } means
            ? new ConsistencyFigure { Touchpoints = touchpoints.Count, Deviation = means.BetweenDeviation, P = means.HomogeneityP, Formula = "consistency-1" }
            : null;
}
