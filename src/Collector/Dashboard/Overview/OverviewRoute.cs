using Collector.Dashboard.Parts;
using Collector.Dashboard.Shell;
using Collector.Insights;
using Collector.Insights.Goals;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Collector.Webhooks;

namespace Collector.Dashboard.Overview;

/// <summary>How easy the site is, at a glance.</summary>
internal static class OverviewRoute
{
    /// <summary>Maps the page.</summary>
    public static void MapOverview(this RouteGroupBuilder site) => site.MapGet("", GetAsync);

    private static async Task<IResult> GetAsync(
        Site site, PageContext page, Selections selections, SettledTotals settled, Database database, TimeProvider time, CancellationToken cancellation)
    {
        var choices = await FilterChoices.ReadAsync(page, database, time, cancellation);
        var query = page.Filters.Query;
        var by = TrendKeys.For(choices.From, choices.To);
        var ces = await CesRoute.GetAsync(site, query, new BreakdownQuery { By = by }, selections, database, cancellation);
        if (ces.ValueOf<CesAnswer>() is not { } answer)
        {
            return page.Refuse(ces);
        }

        var days = answer.To.DayNumber - answer.From.DayNumber + 1;
        var before = answer.From.DayNumber < days // The calendar has not so many.
            ? null
            : await CesRoute.GetAsync(
                site,
                query with { From = Text(answer.From.AddDays(-days)), To = Text(answer.From.AddDays(-1)) },
                new BreakdownQuery(),
                selections,
                database,
                cancellation);
        var intents = await IntentsRoute.GetAsync(site, query, selections, database, cancellation);
        var touchpoints = await TouchpointsRoute.GetAsync(site, query, "ease", null, new PagingQuery { Limit = "6" }, selections, settled, database, time, cancellation);
        var priorities = await PrioritiesRoute.GetAsync(site, query, null, null, page.Words.Language, new PagingQuery { Limit = "3" }, selections, settled, database, time, cancellation);
        var goals = await GoalRoutes.ListAsync(site, new PagingQuery { Limit = "4" }, selections, database, time, cancellation);
        return HtmlPage.Of<OverviewView, OverviewModel>(page, page.Words.Say("Overview"), new OverviewModel
        {
            Choices = choices,
            By = by,
            Ces = answer,
            Before = before?.ValueOf<CesAnswer>()?.Ces,
            Intents = intents.ValueOf<IntentList>()!,
            Touchpoints = touchpoints.ValueOf<TouchpointList>()!,
            Priorities = priorities.ValueOf<PriorityList>()!,
            Goals = goals.ValueOf<GoalList>()!.Items,
            Disabled = page.May(Scopes.Manage) ? await DisabledAsync(site, database, cancellation) : [],
        });
    }

    private static async Task<IReadOnlyList<WebhookAnswer>> DisabledAsync(Site site, Database database, CancellationToken cancellation)
    {
        var webhooks = await WebhookRoutes.ListAsync(site, new PagingQuery(), database, cancellation);
        return [.. webhooks.ValueOf<WebhookList>()!.Items.Where(webhook => webhook.State == WebhookState.Disabled)];
    }

    private static string Text(DateOnly day) => day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The overview.</summary>
public sealed record OverviewModel
{
    /// <summary>The period and what can be filtered by.</summary>
    public required FilterChoices Choices { get; init; }

    /// <summary>What the trend is broken down by.</summary>
    public required string By { get; init; }

    /// <summary>The score, and its trend.</summary>
    public required CesAnswer Ces { get; init; }

    /// <summary>The score of as many days before.</summary>
    public required CesFigure? Before { get; init; }

    /// <summary>What visitors came for.</summary>
    public required IntentList Intents { get; init; }

    /// <summary>The hardest touchpoints, and the funnel of all.</summary>
    public required TouchpointList Touchpoints { get; init; }

    /// <summary>What to improve first.</summary>
    public required PriorityList Priorities { get; init; }

    /// <summary>The site's goals.</summary>
    public required IReadOnlyList<GoalAnswer> Goals { get; init; }

    /// <summary>Webhooks that are told nothing any more, for who can mend that.</summary>
    public required IReadOnlyList<WebhookAnswer> Disabled { get; init; }
}
