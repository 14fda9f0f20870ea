using System.Data.Common;
using Collector.Feedback;
using Collector.Sites;

namespace Collector.Insights.Goals;

/// <summary>The mean ease that touchpoints are to come up to, as a goal of <c>ces</c> or <c>index</c> has it.</summary>
internal sealed record EaseTarget
{
    private readonly GoalRow goal;

    private EaseTarget(GoalRow goal) => this.goal = goal;

    /// <summary>The goal's id.</summary>
    public string Goal => goal.Id;

    /// <summary>What the goal is about.</summary>
    public SavedSelection Selects => goal.Selects;

    /// <summary>
    /// That of the goal for the whole site: of those whose date has not passed the weightiest, and of equals the first that was made. Null where there is none.
    /// </summary>
    public static async Task<EaseTarget?> OfSiteAsync(DbConnection connection, Site site, DateTimeOffset now, CancellationToken cancellation)
    {
        var today = site.DayOf(now);
        var goals = await GoalRows.ListAsync(connection, site.Id, after: "", GoalRoutes.MostGoals, cancellation);
        return goals
            .Where(goal => IsOfEase(goal) && goal.Date >= today && goal.Selects == SavedSelection.Everything)
            .OrderByDescending(goal => goal.Weight)
            .Select(goal => new EaseTarget(goal))
            .FirstOrDefault();
    }

    /// <summary>That of the goal with this id; null when there is none, which is added to <paramref name="errors"/>.</summary>
    public static async Task<EaseTarget?> OfAsync(DbConnection connection, Site site, string id, FieldErrors errors, CancellationToken cancellation)
    {
        var found = id.Any(char.IsControl) ? null : await GoalRows.FindAsync(connection, site.Id, id, transaction: null, cancellation);
        if (found is null || !IsOfEase(found))
        {
            errors.AddMalformed("goal", found is null ? "The site has no such goal." : "Must be a goal of 'ces' or 'index'.");
            return null;
        }

        return new EaseTarget(found);
    }

    /// <summary>The target in index points, 0 to 100, for answers on these scales. Null for a goal of <c>ces</c>, which is in points of a scale, unless all are on one that has it.</summary>
    public double? On(IEnumerable<Scale> scales) => goal.Measures == GoalMetric.Index ? goal.Target
        : scales.Distinct().ToList() is [var scale] && goal.Target >= scale.Min && goal.Target <= scale.Max ? 100 * (goal.Target - scale.Min) / (scale.Max - scale.Min)
        : null;

    private static bool IsOfEase(GoalRow goal) => goal.Measures is GoalMetric.Ces or GoalMetric.Index;
}
