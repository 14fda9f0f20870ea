using System.Globalization;
using Collector.Dashboard.Parts;
using Collector.Dashboard.Shell;
using Collector.Insights;
using Collector.Insights.Goals;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Dashboard.Priorities;

/// <summary>The touchpoints whose improvement would bring most.</summary>
internal static class PrioritiesPage
{
    private const string PageSize = "20";

    /// <summary>Maps the page.</summary>
    public static void MapPrioritiesPage(this RouteGroupBuilder readers) => readers.MapGet("/priorities", GetAsync);

    private static async Task<IResult> GetAsync(
        Site site,
        [FromQuery(Name = "goal")] string? goal,
        [FromQuery(Name = "target")] string? target,
        [FromQuery(Name = "cursor")] string? cursor,
        [FromQuery(Name = "before")] string? before,
        PageContext page,
        Selections selections,
        SettledTotals settled,
        Database database,
        TimeProvider time,
        CancellationToken cancellation)
    {
        // A form sends what is not chosen as an empty text. Of two that are given, the goal counts: it was chosen from a list.
        goal = string.IsNullOrEmpty(goal) ? null : goal;
        target = goal is not null || string.IsNullOrWhiteSpace(target) ? null : target.Trim().Replace(',', '.');
        var ranked = await PrioritiesRoute.GetAsync(
            site, page.Filters.Query, target, goal, page.Words.Language, new PagingQuery { Limit = PageSize, Cursor = cursor }, selections, settled, database, time, cancellation);
        var list = ranked.ValueOf<PriorityList>();
        var errors = ranked.ErrorsOf();
        if (list is null && !errors.Keys.All(field => field is "goal" or "target"))
        {
            return page.Refuse(ranked);
        }

        return HtmlPage.Of<PrioritiesView, PrioritiesModel>(
            page,
            page.Words.Say("Priorities"),
            new PrioritiesModel
            {
                Choices = await FilterChoices.ReadAsync(page, database, time, cancellation),
                Goals = await GoalsOfEaseAsync(site, database, cancellation),
                Goal = goal,
                Target = target,
                List = list,
                Errors = errors,
                Before = cursor is not null && int.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var ranks) ? ranks : 0,
            },
            list is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static async Task<IReadOnlyList<(string Id, string Name, bool IsOfSite)>> GoalsOfEaseAsync(Site site, Database database, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        var goals = await GoalRows.ListAsync(connection, site.Id, after: "", GoalRoutes.MostGoals, cancellation);
        return [.. goals.Where(goal => goal.Measures is GoalMetric.Ces or GoalMetric.Index).Select(goal => (goal.Id, goal.Name, goal.Selects == SavedSelection.Everything))];
    }
}

/// <summary>What to improve first.</summary>
public sealed record PrioritiesModel
{
    /// <summary>The period and what can be filtered by.</summary>
    public required FilterChoices Choices { get; init; }

    /// <summary>The goals that it can be ranked by.</summary>
    public required IReadOnlyList<(string Id, string Name, bool IsOfSite)> Goals { get; init; }

    /// <summary>The goal that was chosen.</summary>
    public required string? Goal { get; init; }

    /// <summary>The target that was typed.</summary>
    public required string? Target { get; init; }

    /// <summary>The ranking; null where it cannot be made by what was chosen.</summary>
    public required PriorityList? List { get; init; }

    /// <summary>Why not.</summary>
    public required IReadOnlyDictionary<string, string[]> Errors { get; init; }

    /// <summary>How many stand on the pages before this one.</summary>
    public required int Before { get; init; }
}
