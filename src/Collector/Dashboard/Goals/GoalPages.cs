using System.Globalization;
using Collector.Dashboard.Parts;
using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Insights;
using Collector.Insights.Goals;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Dashboard.Goals;

/// <summary>What figures are to reach, where they stand, and making and changing that.</summary>
internal static class GoalPages
{
    private const string PageSize = "20";

    private const int TrendDays = 91;

    /// <summary>Maps the pages that show.</summary>
    public static void MapGoalPages(this RouteGroupBuilder readers)
    {
        readers.MapGet("/goals", ListAsync);
        readers.MapGet("/goals/{id}", ShowAsync);
    }

    /// <summary>Maps the pages that change.</summary>
    public static void MapGoalForms(this RouteGroupBuilder editors)
    {
        editors.MapGet("/goals/new", NewAsync);
        editors.MapPost("/goals/new", CreateAsync);
        editors.MapGet("/goals/{id}/edit", EditAsync);
        editors.MapPost("/goals/{id}/edit", ChangeAsync);
        editors.MapPost("/goals/{id}/remove", RemoveAsync);
    }

    private static async Task<IResult> ListAsync(
        Site site, [FromQuery(Name = "cursor")] string? cursor, PageContext page, Selections selections, Database database, TimeProvider time, CancellationToken cancellation)
    {
        var goals = await GoalRoutes.ListAsync(site, new PagingQuery { Limit = PageSize, Cursor = cursor }, selections, database, time, cancellation);
        if (goals.ValueOf<GoalList>() is not { } list)
        {
            return page.Refuse(goals);
        }

        var choices = await FilterChoices.ReadAsync(page, database, time, cancellation);
        return HtmlPage.Of<GoalsView, GoalsModel>(page, page.Words.Say("Goals"), new GoalsModel { Choices = choices, Goals = list, IsFirst = cursor is null });
    }

    private static async Task<IResult> ShowAsync(
        Site site, string id, PageContext page, Selections selections, Database database, TimeProvider time, CancellationToken cancellation)
    {
        var found = await GoalRoutes.GetAsync(site, id, selections, database, time, cancellation);
        if (found.ValueOf<GoalAnswer>() is not { Standing: { } standing } goal)
        {
            return page.Refuse(found);
        }

        // As many days as the figure is made of say little of how it got there.
        var from = standing.To.AddDays(1 - Math.Max(TrendDays, goal.Days));
        var by = TrendKeys.For(from, standing.To);
        var history = await GoalHistoryRoute.GetAsync(site, id, from.ToString("O", CultureInfo.InvariantCulture), standing.To.ToString("O", CultureInfo.InvariantCulture), by, selections, database, time, cancellation);
        return history.ValueOf<GoalHistory>() is not { } past
            ? page.Refuse(history)
            : HtmlPage.Of<GoalView, GoalModel>(page, goal.Name, new GoalModel
            {
                Choices = await FilterChoices.ReadAsync(page, database, time, cancellation),
                Goal = goal,
                History = past,
                By = by,
            });
    }

    private static async Task<IResult> NewAsync(Site site, PageContext page, Database database, TimeProvider time, CancellationToken cancellation) => await FormAsync(
        page,
        null,
        new GoalForm
        {
            Metric = nameof(GoalMetric.Ces),
            Date = site.DayOf(time.GetUtcNow()).AddMonths(3).ToString("O", CultureInfo.InvariantCulture),
            Days = "28",
            Weight = "1",
            Selection = SelectionForm.Of(page.Filters),
        },
        new Dictionary<string, string[]>(StringComparer.Ordinal),
        database,
        time,
        cancellation);

    private static async Task<IResult> CreateAsync(Site site, [FromForm] GoalForm form, PageContext page, Database database, TimeProvider time, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var read = form.Read(before: null, errors);
        if (errors.Any)
        {
            return await FormAsync(page, null, form, errors.ToDictionary(), database, time, cancellation);
        }

        var made = await GoalRoutes.CreateAsync(
            site,
            new NewGoal { Name = read.Name, Metric = read.Metric, Target = read.Target, Day = read.Day, Days = read.Days, Weight = read.Weight, Selection = read.Selection },
            database,
            time,
            page.Audit,
            cancellation);
        return made.ValueOf<GoalAnswer>() is { } goal
            ? Notice.ThenGo(page, page.Words.Say("The goal is set."), $"{page.SitePath}/goals/{goal.Id}")
            : await FormAsync(page, null, form, made.ErrorsOf(), database, time, cancellation);
    }

    private static async Task<IResult> EditAsync(Site site, string id, PageContext page, Selections selections, Database database, TimeProvider time, CancellationToken cancellation)
    {
        var found = await GoalRoutes.GetAsync(site, id, selections, database, time, cancellation);
        return found.ValueOf<GoalAnswer>() is { } goal
            ? await FormAsync(page, goal, GoalForm.Of(goal), new Dictionary<string, string[]>(StringComparer.Ordinal), database, time, cancellation)
            : page.Refuse(found);
    }

    private static async Task<IResult> ChangeAsync(
        Site site, string id, [FromForm] GoalForm form, PageContext page, Selections selections, Database database, TimeProvider time, CancellationToken cancellation)
    {
        var found = await GoalRoutes.GetAsync(site, id, selections, database, time, cancellation);
        if (found.ValueOf<GoalAnswer>() is not { } goal)
        {
            return page.Refuse(found);
        }

        var errors = new FieldErrors();
        var read = form.Read(goal.Selection, errors);
        if (errors.Any)
        {
            return await FormAsync(page, goal, form, errors.ToDictionary(), database, time, cancellation);
        }

        var changed = await GoalRoutes.ChangeAsync(site, id, read, database, page.Audit, cancellation);
        return changed.ValueOf<GoalAnswer>() is not null
            ? Notice.ThenGo(page, page.Words.Say("The goal is changed."), $"{page.SitePath}/goals/{id}")
            : await FormAsync(page, goal, form, changed.ErrorsOf(), database, time, cancellation);
    }

    private static async Task<IResult> RemoveAsync(Site site, string id, PageContext page, Database database, CancellationToken cancellation)
    {
        var removed = await GoalRoutes.DeleteAsync(site, id, database, page.Audit, cancellation);
        return removed.ErrorsOf().Count > 0 ? page.Refuse(removed) : Notice.ThenGo(page, page.Words.Say("The goal is removed."), $"{page.SitePath}/goals");
    }

    private static async Task<IResult> FormAsync(
        PageContext page, GoalAnswer? goal, GoalForm form, IReadOnlyDictionary<string, string[]> errors, Database database, TimeProvider time, CancellationToken cancellation) =>
        HtmlPage.Of<GoalFormView, GoalFormModel>(
            page,
            goal?.Name ?? page.Words.Say("New goal"),
            new GoalFormModel
            {
                Goal = goal,
                Form = form,
                Errors = errors,
                Choices = await FilterChoices.ReadAsync(page, database, time, cancellation),
                Touchpoints = await KnownTouchpoints.ReadAsync(page.Site!.Id, database, cancellation),
            },
            errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}

/// <summary>The goals of a site.</summary>
public sealed record GoalsModel
{
    /// <summary>The names of what goals are about.</summary>
    public required FilterChoices Choices { get; init; }

    /// <summary>This page of them.</summary>
    public required GoalList Goals { get; init; }

    /// <summary>Whether it is the first page.</summary>
    public required bool IsFirst { get; init; }
}

/// <summary>A goal.</summary>
public sealed record GoalModel
{
    /// <summary>The names of what it is about.</summary>
    public required FilterChoices Choices { get; init; }

    /// <summary>The goal and where it stands.</summary>
    public required GoalAnswer Goal { get; init; }

    /// <summary>Its figure by day, week or month.</summary>
    public required GoalHistory History { get; init; }

    /// <summary>What the parts of its history are.</summary>
    public required string By { get; init; }
}

/// <summary>The form of a goal.</summary>
public sealed record GoalFormModel
{
    /// <summary>The goal as it is; null for a new one.</summary>
    public required GoalAnswer? Goal { get; init; }

    /// <summary>What is filled in.</summary>
    public required GoalForm Form { get; init; }

    /// <summary>What is wrong with it, by field as the API names it.</summary>
    public required IReadOnlyDictionary<string, string[]> Errors { get; init; }

    /// <summary>What can be chosen.</summary>
    public required FilterChoices Choices { get; init; }

    /// <summary>Touchpoints to suggest.</summary>
    public required IReadOnlyList<string> Touchpoints { get; init; }
}
