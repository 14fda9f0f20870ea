using Collector.Feedback;
using Collector.Sites;

namespace Collector.Insights.Goals;

/// <summary>A goal as it lies in the table.</summary>
internal sealed record GoalRow
{
    public required string Site { get; init; }
    public required string Id { get; init; }
    public string Name { get; init; } = "";
    public string Metric { get; init; } = "";
    public string Selection { get; init; } = SavedSelection.Everything.ToStored();
    public double Target { get; init; }
    public int Day { get; init; }
    public int Days { get; init; } = 28;
    public double Weight { get; init; } = 1;
    public required long CreatedAt { get; init; }

    public GoalMetric Measures => Enum.Parse<GoalMetric>(Metric);

    public SavedSelection Selects => SavedSelection.FromStored(Selection);

    public DateOnly Date => DayNumber.ToDay(Day);

    /// <summary>The goal with what a change says; null when that is not allowed, and added to <paramref name="errors"/>.</summary>
    public GoalRow? With(GoalChange change, Site site, FieldErrors errors)
    {
        var row = this with
        {
            Name = change.Name ?? Name,
            Metric = change.Metric?.ToString() ?? Metric,
            Selection = change.Selection?.ToStored() ?? Selection,
            Target = change.Target ?? Target,
            Day = change.Day is { } date ? DayNumber.Of(date) : Day,
            Days = change.Days ?? Days,
            Weight = change.Weight ?? Weight,
        };
        var before = errors.Count;
        SavedChecks.Text("/name", row.Name, shortest: 1, longest: 200, errors);
        SavedChecks.Date("/date", row.Date, errors);
        SavedChecks.Number("/target", row.Target, row.Measures == GoalMetric.Nps ? -100 : 0, HighestOf(row.Measures), errors);
        SavedChecks.Number("/days", row.Days, 1, 366, errors);
        SavedChecks.Number("/weight", row.Weight, 0, 100, errors);
        row.Selects.Check("/selection", site, errors);
        return errors.Count > before ? null : row;
    }

    private static double HighestOf(GoalMetric metric) => metric switch
    {
        GoalMetric.Ces => Scale.Highest,
        GoalMetric.Index or GoalMetric.Nps or GoalMetric.Csat => 100,
        _ => 1,
    };
}
