using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Collector.Statistics;

namespace Collector.Insights.Goals;

/// <summary>What a goal measures. Higher is better in all of them.</summary>
public enum GoalMetric
{
    /// <summary>The mean ease, in points of the scale. Without a value where the selection holds answers on different scales.</summary>
    Ces,

    /// <summary>The mean ease as 0 (hardest) to 100 (easiest), whatever the scales.</summary>
    Index,

    /// <summary>The share of answers above the scale's midpoint, 0 to 1.</summary>
    Easy,

    /// <summary>The share of visitors for whom it worked out, 0 to 1; who was still busy is left out.</summary>
    Success,

    /// <summary>The Net Promoter Score, −100 to 100.</summary>
    Nps,

    /// <summary>Customer satisfaction as an index, 0 to 100.</summary>
    Csat,
}

/// <summary>A goal to be made.</summary>
public sealed record NewGoal : GoalChange
{
    /// <summary>What people call it; 1 to 200 characters.</summary>
    [Required]
    public override string? Name { get; init; }

    /// <summary>What it measures.</summary>
    [Required]
    public override GoalMetric? Metric { get; init; }

    /// <summary>What the figure is to reach, in the metric's unit: <c>ces</c> 0 to 10, <c>index</c> 0 to 100, <c>easy</c> and <c>success</c> 0 to 1, <c>nps</c> −100 to 100, <c>csat</c> 0 to 100.</summary>
    [Required]
    public override double? Target { get; init; }

    /// <summary>The last day on which it may be met, in the site's time zone; from 2000 to 2099.</summary>
    [Required, JsonPropertyName("date")]
    public override DateOnly? Day { get; init; }
}

/// <summary>What of a goal is to change. What is left out stays as it is.</summary>
public record GoalChange
{
    /// <summary>What people call it; 1 to 200 characters.</summary>
    public virtual string? Name { get; init; }

    /// <summary>What it measures.</summary>
    public virtual GoalMetric? Metric { get; init; }

    /// <summary>Which responses it is about; it is replaced as a whole. By default all of the site.</summary>
    public SavedSelection? Selection { get; init; }

    /// <summary>What the figure is to reach, in the metric's unit: <c>ces</c> 0 to 10, <c>index</c> 0 to 100, <c>easy</c> and <c>success</c> 0 to 1, <c>nps</c> −100 to 100, <c>csat</c> 0 to 100.</summary>
    public virtual double? Target { get; init; }

    /// <summary>The last day on which it may be met, in the site's time zone; from 2000 to 2099.</summary>
    [JsonPropertyName("date")]
    public virtual DateOnly? Day { get; init; }

    /// <summary>Of how many days, up to today, the figure is made; 1 to 366, default 28.</summary>
    [Range(1, 366)]
    public int? Days { get; init; }

    /// <summary>How much it counts beside the site's other goals, for whoever adds them up: 0 to 100, default 1.</summary>
    [Range(0, 100)]
    public double? Weight { get; init; }
}

/// <summary>A goal, and where it stands.</summary>
public sealed record GoalAnswer
{
    /// <summary>Its name in routes.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it measures.</summary>
    public required GoalMetric Metric { get; init; }

    /// <summary>Which responses it is about.</summary>
    public required SavedSelection Selection { get; init; }

    /// <summary>What the figure is to reach, in the metric's unit.</summary>
    public required double Target { get; init; }

    /// <summary>The last day on which it may be met.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Of how many days the figure is made.</summary>
    public required int Days { get; init; }

    /// <summary>How much it counts beside the site's other goals.</summary>
    public required double Weight { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Where it stands. Left out in the replies to writes, which a key without the scope <c>read</c> may make.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GoalFigure? Standing { get; init; }
}

/// <summary>Where a goal stands, by formula <c>goal-1</c>.</summary>
public sealed record GoalFigure
{
    /// <summary>The first day of the figure.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day, included: today, or the goal's date once that has passed.</summary>
    public required DateOnly To { get; init; }

    /// <summary>How many answers the figure is made from.</summary>
    public required long Answers { get; init; }

    /// <summary>The figure, in the metric's unit, as the figures' own routes give it for the same days. Null without answers.</summary>
    public required double? Value { get; init; }

    /// <summary>Its 95 % interval. Null when there are too few answers for one.</summary>
    public required Interval? Interval { get; init; }

    /// <summary>
    /// Where it stands. <c>met</c>: there are enough answers, and the interval's lower end has reached the target. <c>missed</c>: the date has passed without that.
    /// <c>on track</c>: the value, moved on by its trend up to the date, reaches the target. <c>at risk</c>: it does not.
    /// </summary>
    public required GoalStatus Status { get; init; }

    /// <summary>What is missing from the value up to the target, in the metric's unit; 0 once it has reached it. Null without answers.</summary>
    public required double? Missing { get; init; }

    /// <summary>How much the value rises from one day to the next: the straight line through the answers of these days. Null when fewer than two days have any.</summary>
    public required Trend? Trend { get; init; }

    /// <summary>Whether there are as many answers as the site asks for before a figure is to be relied on.</summary>
    public required bool Enough { get; init; }

    /// <summary>The formula's name.</summary>
    public required string Formula { get; init; }
}

/// <summary>Goals, in the order in which they were made.</summary>
/// <param name="Items">This page of them.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record GoalList(IReadOnlyList<GoalAnswer> Items, string? Next);
