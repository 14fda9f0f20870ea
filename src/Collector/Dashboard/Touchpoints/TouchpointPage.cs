using System.Globalization;
using Collector.Dashboard.Parts;
using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Insights;
using Collector.Sites;
using Collector.Storage;
using Collector.Surveys;
using Collector.Web;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Dashboard.Touchpoints;

/// <summary>All that is known of one touchpoint, or of the touchpoints of a group.</summary>
internal static class TouchpointPage
{
    private const string MostPatterns = "5", MostTouchpoints = "12";

    /// <summary>Maps the page.</summary>
    public static void MapTouchpointPage(this RouteGroupBuilder site) => site.MapGet("/touchpoint", GetAsync);

    private static async Task<IResult> GetAsync(
        Site site,
        PageContext page,
        [FromQuery] string? name,
        Selections selections,
        SettledTotals settled,
        Database database,
        SurveyDirectory surveys,
        TimeProvider time,
        CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(name) && page.Filters["group"] is null)
        {
            return TypedResults.LocalRedirect(page.Filters.Link($"{page.SitePath}/touchpoints"));
        }

        var choices = await FilterChoices.ReadAsync(page, database, time, cancellation);
        var query = page.Filters.Query with { Touchpoint = string.IsNullOrEmpty(name) ? null : name };
        var by = TrendKeys.For(choices.From, choices.To);
        var ces = await CesRoute.GetAsync(site, query, new BreakdownQuery { By = by }, selections, database, cancellation);
        if (ces.ValueOf<CesAnswer>() is not { } answer)
        {
            return page.Refuse(ces);
        }

        var days = answer.To.DayNumber - answer.From.DayNumber + 1;
        var before = await CesOfAsync(query with { From = Text(answer.From.AddDays(-days)), To = Text(answer.From.AddDays(-1)) });
        var whole = await CesOfAsync(query with { Touchpoint = null, Group = null });
        var touchpoints = await TouchpointsRoute.GetAsync(
            site, query, "ease", null, new PagingQuery { Limit = MostTouchpoints }, selections, settled, database, time, cancellation);
        var intents = await IntentsRoute.GetAsync(site, query, selections, database, cancellation);
        var patterns = await PatternsRoute.GetAsync(site, query, page.Words.Language, MostPatterns, page.Caller, page.Audit, selections, database, surveys, cancellation);
        var circumstances = await Circumstances.ReadAsync(database, await selections.ReadAsync(query, site, new FieldErrors(), cancellation), cancellation);
        var title = query.Touchpoint is not { } touchpoint ? choices.Groups.First(group => group.Id == query.Group).Text
            : touchpoint == Touchpoint.Other.Name ? page.Words.Say("Other pages")
            : touchpoint;
        return HtmlPage.Of<TouchpointView, TouchpointModel>(page, title, new TouchpointModel
        {
            Title = title,
            Name = query.Touchpoint,
            Choices = choices,
            By = by,
            Ces = answer,
            Before = before,
            Whole = whole,
            Touchpoints = touchpoints.ValueOf<TouchpointList>()!,
            Intents = intents.ValueOf<IntentList>()!,
            Patterns = patterns.ValueOf<PatternsAnswer>()!,
            Devices = circumstances.Devices(site.MinimumAnswers),
            Languages = circumstances.Languages(site.MinimumAnswers),
        });

        async Task<CesFigure?> CesOfAsync(SelectionQuery other) =>
            (await CesRoute.GetAsync(site, other, new BreakdownQuery(), selections, database, cancellation)).ValueOf<CesAnswer>()?.Ces;
    }

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}

/// <summary>One touchpoint, or a group of them.</summary>
public sealed record TouchpointModel
{
    /// <summary>What it is called.</summary>
    public required string Title { get; init; }

    /// <summary>The touchpoint's name; null for a group, which is among the filters.</summary>
    public required string? Name { get; init; }

    /// <summary>The period and what can be filtered by.</summary>
    public required FilterChoices Choices { get; init; }

    /// <summary>What the trend is broken down by.</summary>
    public required string By { get; init; }

    /// <summary>The score, and its trend.</summary>
    public required CesAnswer Ces { get; init; }

    /// <summary>The score of as many days before.</summary>
    public required CesFigure? Before { get; init; }

    /// <summary>The score of the whole site, for the same days and other filters.</summary>
    public required CesFigure? Whole { get; init; }

    /// <summary>The touchpoint itself or the hardest of the group, and the funnel of all.</summary>
    public required TouchpointList Touchpoints { get; init; }

    /// <summary>What visitors came for.</summary>
    public required IntentList Intents { get; init; }

    /// <summary>Which of them found it harder or easier here than the others here.</summary>
    public required PatternsAnswer Patterns { get; init; }

    /// <summary>The score by device.</summary>
    public required IReadOnlyList<CesPart> Devices { get; init; }

    /// <summary>The score by language.</summary>
    public required IReadOnlyList<CesPart> Languages { get; init; }
}
