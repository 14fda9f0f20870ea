using Collector.Feedback;
using Collector.Insights.Goals;
using Collector.Statistics;

namespace Collector.Insights.Watch;

/// <summary>A goal came to stand otherwise than the day before: the data of <c>goal.status_changed</c>.</summary>
public sealed record GoalStatusChanged
{
    /// <summary>The site's id.</summary>
    public required string Site { get; init; }

    /// <summary>The goal's id.</summary>
    public required string Goal { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it measures.</summary>
    public required GoalMetric Metric { get; init; }

    /// <summary>How it stood before.</summary>
    public required GoalStatus Before { get; init; }

    /// <summary>How it stands now.</summary>
    public required GoalStatus Status { get; init; }

    /// <summary>The figure, in the metric's unit; null without answers.</summary>
    public required double? Value { get; init; }

    /// <summary>Its 95 % interval; null where there are too few answers for one.</summary>
    public required Interval? Interval { get; init; }

    /// <summary>What it is to reach.</summary>
    public required double Target { get; init; }

    /// <summary>The last day on which it may be met.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The same in words, in the site's language.</summary>
    public required string Sentence { get; init; }
}

/// <summary>A pattern that was none in the four weeks before: the data of <c>pattern.found</c>. A new site's first patterns are told of by nobody: they are where one begins.</summary>
public sealed record PatternFound
{
    /// <summary>The site's id.</summary>
    public required string Site { get; init; }

    /// <summary>The touchpoint; null for an intent over all of them.</summary>
    public required string? Touchpoint { get; init; }

    /// <summary>The intent; null for a touchpoint over all of them.</summary>
    public required string? Intent { get; init; }

    /// <summary><c>harder</c> or <c>easier</c> than the rest.</summary>
    public required PatternDirection Direction { get; init; }

    /// <summary>The cell's figures, as in <c>patterns-1</c>, of the last 28 whole days.</summary>
    public required PatternCell Cell { get; init; }

    /// <summary>The same in words, in the site's language.</summary>
    public required string Sentence { get; init; }
}

/// <summary>
/// A touchpoint, or the whole site, was harder in the last seven whole days than in the 28 before: the data of <c>ces.dropped</c>. It is told when the difference of means lies below zero with its whole 95 %
/// interval, and the p of Mann and Whitney's test, corrected by Benjamini and Hochberg for all touchpoints that were looked at, is below 0.01: it is looked at every day. Told once, until it is over.
/// </summary>
public sealed record CesDropped
{
    /// <summary>The site's id.</summary>
    public required string Site { get; init; }

    /// <summary>The touchpoint; null for the whole site.</summary>
    public required string? Touchpoint { get; init; }

    /// <summary>The first of the seven days.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last of them.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The scale of the scores.</summary>
    public required Scale Scale { get; init; }

    /// <summary>How many answered in the 28 days before.</summary>
    public required long AnswersBefore { get; init; }

    /// <summary>How many answered in the seven days.</summary>
    public required long Answers { get; init; }

    /// <summary>The mean ease in the 28 days before.</summary>
    public required double MeanBefore { get; init; }

    /// <summary>The mean ease in the seven days.</summary>
    public required double Mean { get; init; }

    /// <summary>The difference of means; below zero.</summary>
    public required double Difference { get; init; }

    /// <summary>Its 95 % interval.</summary>
    public required Interval Interval { get; init; }

    /// <summary>The corrected p.</summary>
    public required double Q { get; init; }

    /// <summary>The same in words, in the site's language.</summary>
    public required string Sentence { get; init; }
}
