using System.Globalization;
using Collector.Dashboard.Parts;
using Collector.Feedback;
using Collector.Insights;
using Collector.Insights.Goals;

namespace Collector.Dashboard.Goals;

/// <summary>What the form of a goal sends. Shares are percentages in it.</summary>
public sealed record GoalForm
{
    /// <summary>What people call it.</summary>
    public string? Name { get; init; }

    /// <summary>What it measures.</summary>
    public string? Metric { get; init; }

    /// <summary>What the figure is to reach.</summary>
    public string? Target { get; init; }

    /// <summary>The last day on which it may be met.</summary>
    public string? Date { get; init; }

    /// <summary>Of how many days the figure is made.</summary>
    public string? Days { get; init; }

    /// <summary>How much it counts.</summary>
    public string? Weight { get; init; }

    /// <summary>Which responses it is about.</summary>
    public SelectionForm? Selection { get; init; }

    /// <summary>What is stored.</summary>
    public static GoalForm Of(GoalAnswer goal) => new()
    {
        Name = goal.Name,
        Metric = goal.Metric.ToString(),
        Target = (GoalUnit.IsShare(goal.Metric) ? 100 * goal.Target : goal.Target).ToString("0.####", CultureInfo.InvariantCulture),
        Date = goal.Date.ToString("O", CultureInfo.InvariantCulture),
        Days = goal.Days.ToString(CultureInfo.InvariantCulture),
        Weight = goal.Weight.ToString(CultureInfo.InvariantCulture),
        Selection = SelectionForm.Of(goal.Selection),
    };

    /// <summary>What is to be stored; what cannot be read is added to <paramref name="errors"/>.</summary>
    internal GoalChange Read(SavedSelection? before, FieldErrors errors)
    {
        GoalMetric? metric = Enum.TryParse<GoalMetric>(Metric, out var known) && Enum.IsDefined(known) ? known : null;
        var target = FormNumber.Read("/target", Target, errors);
        if (metric is { } share && GoalUnit.IsShare(share) && target is { } percentage)
        {
            if (percentage is < 0 or > 100)
            {
                errors.Add("/target", "From 0 to 100.");
            }

            target = Math.Clamp(percentage, 0, 100) / 100;
        }

        return new GoalChange
        {
            Name = Name?.Trim(),
            Metric = metric,
            Target = target,
            Day = FormNumber.ReadDay("/date", Date, errors),
            Days = FormNumber.ReadWhole("/days", Days, errors),
            Weight = FormNumber.Read("/weight", Weight, errors, isOptional: true),
            Selection = (Selection ?? new SelectionForm()).ToSaved(before),
        };
    }
}
