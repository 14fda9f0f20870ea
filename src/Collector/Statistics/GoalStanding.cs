using System.Text.Json.Serialization;

namespace Collector.Statistics;

/// <summary>Where a goal stands.</summary>
public enum GoalStatus
{
    /// <summary>The whole 95 % interval of the figure has reached the target.</summary>
    Met,

    /// <summary>Not met yet, but the figure will reach the target by the date if it goes on as it does.</summary>
    [JsonStringEnumMemberName("on track")]
    OnTrack,

    /// <summary>If it goes on as it does, the figure will not reach the target by the date.</summary>
    [JsonStringEnumMemberName("at risk")]
    AtRisk,

    /// <summary>The date has passed, and the goal is not met.</summary>
    Missed,
}

/// <summary>A goal's figure beside its target. Higher is better: all figures that can be a goal are of that kind.</summary>
/// <param name="Value">The figure; null without answers.</param>
/// <param name="Interval">Its 95 % interval; null when there are too few answers for one.</param>
/// <param name="Target">What it is to reach, in the figure's unit.</param>
public sealed record GoalStanding(double? Value, Interval? Interval, double Target)
{
    /// <summary>What is missing up to the target, in the figure's unit; 0 once the figure has reached it. Null without answers.</summary>
    public double? Missing => Value is { } value ? Math.Max(0, Target - value) : null;

    /// <summary>
    /// Where the goal stands. It is on track when the figure, moved on by its trend up to the date, reaches the target. A trend that chance explains counts
    /// as none, so that a figure that stands still is on track only when it has reached the target itself, and merely is not sure of it yet.
    /// </summary>
    /// <param name="trend">The figure's trend, in its unit per day; null when there is none.</param>
    /// <param name="today">The site's day.</param>
    /// <param name="date">The last day on which the goal may be met.</param>
    public GoalStatus StatusOn(DateOnly today, DateOnly date, Trend? trend)
    {
        if (Interval is { } interval && interval.Low >= Target)
        {
            return GoalStatus.Met;
        }

        if (today > date)
        {
            return GoalStatus.Missed;
        }

        var slope = trend is { IsClear: true } clear ? clear.PerDay : 0;
        return Value + (slope * (date.DayNumber - today.DayNumber)) >= Target ? GoalStatus.OnTrack : GoalStatus.AtRisk;
    }
}
