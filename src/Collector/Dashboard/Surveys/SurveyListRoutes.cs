using System.Data.Common;
using System.Globalization;
using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Insights;
using Collector.Sites;
using Collector.Statistics;
using Collector.Storage;
using Collector.Surveys;
using Collector.Web;
using Dapper;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Dashboard.Surveys;

/// <summary>The surveys of a site: what they ask, whom, and what came of it; shown, paused and removed from here.</summary>
internal static class SurveyListRoutes
{
    // Four weeks, or a week where so much was shown that the cells of more days would keep people waiting.
    private const int ManyDays = 28, FewDays = 7;

    private const long MostShown = 150_000;

    /// <summary>Maps the pages.</summary>
    public static void MapSurveyList(this RouteGroupBuilder site)
    {
        site.MapGet("/surveys", GetAsync);
        site.MapPost("/surveys/{id}/state", ChangeStateAsync);
        site.MapGet("/surveys/{id}/remove", AskToRemoveAsync);
        site.MapPost("/surveys/{id}/remove", RemoveAsync);
    }

    /// <summary>The names of the site's groups, by id.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> GroupsAsync(Site site, Database database, CancellationToken cancellation) =>
        (await GroupRoutes.ListAsync(site, new PagingQuery { Limit = "500" }, database, cancellation)).ValueOf<GroupList>()!.Items.ToDictionary(group => group.Id, group => group.Name);

    private static async Task<IResult> GetAsync(Site site, PageContext page, Database database, TimeProvider time, CancellationToken cancellation)
    {
        var surveys = (await SurveyRoutes.ListAsync(site, new PagingQuery { Limit = "500" }, database, cancellation)).ValueOf<SurveyList>()!.Items;
        var to = site.DayOf(time.GetUtcNow());
        await using var connection = await database.ReadAsync(cancellation);
        var from = await FirstDayAsync(connection, site, to, cancellation);
        return HtmlPage.Of<SurveyListView, SurveyListModel>(page, page.Words.Say("Surveys"), new SurveyListModel
        {
            // As they are asked: what visitors may get first, in the order of priority.
            Surveys = [.. surveys.OrderBy(survey => survey.State switch { SurveyState.Live => 0, SurveyState.Paused => 1, _ => 2 }).ThenByDescending(survey => survey.Priority).ThenBy(survey => survey.Id, StringComparer.Ordinal)],
            Groups = await GroupsAsync(site, database, cancellation),
            Shown = surveys.Count == 0 ? new Dictionary<string, SurveyShown>() : await ShownAsync(connection, site, from, to, cancellation),
            From = from,
            To = to,
        });
    }

    private static async Task<DateOnly> FirstDayAsync(DbConnection connection, Site site, DateOnly to, CancellationToken cancellation)
    {
        var shown = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            """
            select cast(coalesce(sum(shown), 0) as bigint)
            from totals
            where site = @Id and touchpoint = @All and period between @From and @To
            """,
            new { site.Id, All = Touchpoint.AllNumber, From = DayNumber.Of(to.AddDays(1 - ManyDays)), To = DayNumber.Of(to) },
            cancellationToken: cancellation));
        return to.AddDays(1 - (shown > MostShown ? FewDays : ManyDays));
    }

    // Of all surveys in one way through the cells, since the totals do not tell them apart; first in the order of their key, which needs no sorting.
    private static async Task<IReadOnlyDictionary<string, SurveyShown>> ShownAsync(DbConnection connection, Site site, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var rows = await connection.QueryAsync<(string Survey, long Shown, long Answered)>(new CommandDefinition(
            """
            select survey, cast(sum(shown) as bigint), cast(sum(answered) as bigint)
            from (
              select survey, sum(shown) as shown, sum(answered) as answered
              from cells
              where site = @Id and day between @From and @To
              group by day, touchpoint, survey) as parts
            group by survey
            """,
            new { site.Id, From = DayNumber.Of(from), To = DayNumber.Of(to) },
            cancellationToken: cancellation));
        return rows.ToDictionary(row => row.Survey, row => new SurveyShown(row.Shown, row.Answered, ShareFigure.Of(new Proportion(row.Answered, row.Shown))));
    }

    private static async Task<IResult> ChangeStateAsync(Site site, string id, [FromForm] string? state, PageContext page, SurveyChanges changes, CancellationToken cancellation)
    {
        var live = state == "live";
        var changed = await SurveyRoutes.ChangeAsync(site, id, new SurveyChange { State = live ? SurveyState.Live : SurveyState.Paused }, changes, page.Audit, cancellation);
        return changed.ValueOf<SurveyAnswer>() is null ? page.Refuse(changed)
            : Notice.ThenGo(page, page.Words.Say(live ? "{0} is live: visitors get it within a minute." : "{0} is paused.", id), $"{page.SitePath}/surveys");
    }

    private static async Task<IResult> AskToRemoveAsync(Site site, string id, PageContext page, Database database, CancellationToken cancellation)
    {
        var found = await SurveyRoutes.GetAsync(site, id, database, cancellation);
        return found.ValueOf<SurveyAnswer>() is { } survey
            ? HtmlPage.Of<RemoveSurveyView, SurveyAnswer>(page, page.Words.Say("Remove {0}", id), survey)
            : page.Refuse(found);
    }

    private static async Task<IResult> RemoveAsync(Site site, string id, PageContext page, SurveyChanges changes, CancellationToken cancellation)
    {
        var removed = await SurveyRoutes.DeleteAsync(site, id, changes, page.Audit, cancellation);
        return removed.Result is Microsoft.AspNetCore.Http.HttpResults.NoContent ? Notice.ThenGo(page, page.Words.Say("{0} is removed.", id), $"{page.SitePath}/surveys") : page.Refuse(removed);
    }
}

/// <summary>How often a survey was shown, and answered.</summary>
/// <param name="Shown">How often it was shown.</param>
/// <param name="Answered">How many of these got an answer.</param>
/// <param name="Rate">The share that did, with its interval; null when it was not shown.</param>
public sealed record SurveyShown(long Shown, long Answered, ShareFigure? Rate);

/// <summary>The surveys of a site.</summary>
public sealed record SurveyListModel
{
    /// <summary>Those that are not removed.</summary>
    public required IReadOnlyList<SurveyAnswer> Surveys { get; init; }

    /// <summary>The names of groups, by id.</summary>
    public required IReadOnlyDictionary<string, string> Groups { get; init; }

    /// <summary>How often each was shown, by id.</summary>
    public required IReadOnlyDictionary<string, SurveyShown> Shown { get; init; }

    /// <summary>The first day that is counted.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day that is counted.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The days as the API takes them.</summary>
    internal (string Name, string? Value)[] Days => [("from", From.ToString("O", CultureInfo.InvariantCulture)), ("to", To.ToString("O", CultureInfo.InvariantCulture))];
}
