using System.Globalization;
using Collector.Dashboard.Parts;
using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Insights;
using Collector.Insights.Changes;
using Collector.Sites;
using Collector.Statistics;
using Collector.Storage;
using Collector.Web;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Dashboard.Changes;

/// <summary>What was done to improve a site, and what it did.</summary>
internal static class ChangePages
{
    // Each of them is as much work as two figures.
    private const string PageSize = "20";

    /// <summary>Maps the pages that show.</summary>
    public static void MapChangePages(this RouteGroupBuilder readers)
    {
        readers.MapGet("/changes", ListAsync);
        readers.MapGet("/changes/{id}", ShowAsync);
    }

    /// <summary>Maps the pages that change.</summary>
    public static void MapChangeForms(this RouteGroupBuilder editors)
    {
        editors.MapGet("/changes/new", NewAsync);
        editors.MapPost("/changes/new", CreateAsync);
        editors.MapGet("/changes/{id}/edit", EditAsync);
        editors.MapPost("/changes/{id}/edit", ChangeAsync);
        editors.MapPost("/changes/{id}/remove", RemoveAsync);
    }

    private static async Task<IResult> ListAsync(
        Site site, [FromQuery(Name = "cursor")] string? cursor, PageContext page, Selections selections, Database database, TimeProvider time, CancellationToken cancellation)
    {
        var listed = await ChangeRoutes.ListAsync(site, from: null, to: null, new PagingQuery { Limit = PageSize, Cursor = cursor }, database, cancellation);
        if (listed.ValueOf<ChangeList>() is not { } list)
        {
            return page.Refuse(listed);
        }

        var changes = new List<ChangeAnswer>();
        foreach (var change in list.Items)
        {
            // Null where somebody removed it meanwhile.
            if ((await ChangeRoutes.GetAsync(site, change.Id, selections, database, time, cancellation)).ValueOf<ChangeAnswer>() is { } told)
            {
                changes.Add(told);
            }
        }

        return HtmlPage.Of<ChangesView, ChangesModel>(page, page.Words.Say("Changes"), new ChangesModel
        {
            Choices = await FilterChoices.ReadAsync(page, database, time, cancellation),
            Changes = changes,
            Next = list.Next,
            IsFirst = cursor is null,
        });
    }

    private static async Task<IResult> ShowAsync(
        Site site, string id, PageContext page, Selections selections, Database database, TimeProvider time, CancellationToken cancellation)
    {
        var found = await ChangeRoutes.GetAsync(site, id, selections, database, time, cancellation);
        if (found.ValueOf<ChangeAnswer>() is not { Effect: { } effect } change)
        {
            return page.Refuse(found);
        }

        // Nobody is to peek: until it is told, the days after it are not shown here either.
        var today = site.DayOf(time.GetUtcNow());
        var to = effect.Verdict == Verdict.TooEarly ? Earlier(change.Before.To, today) : change.After.To;
        var by = TrendKeys.For(change.Before.From, to);
        return HtmlPage.Of<ChangeView, ChangeModel>(page, change.Title, new ChangeModel
        {
            Choices = await FilterChoices.ReadAsync(page, database, time, cancellation),
            Change = change,
            By = by,
            Trend = to < change.Before.From ? null
                : (await CesRoute.GetAsync(site, change.Selection.ToQuery(change.Before.From, to), new BreakdownQuery { By = by }, selections, database, cancellation)).ValueOf<CesAnswer>(),
        });
    }

    private static async Task<IResult> NewAsync(Site site, PageContext page, Database database, TimeProvider time, CancellationToken cancellation) => await FormAsync(
        page,
        null,
        new ChangeForm { Date = site.DayOf(time.GetUtcNow()).ToString("O", CultureInfo.InvariantCulture), Days = "28", Selection = SelectionForm.Of(page.Filters) },
        new Dictionary<string, string[]>(StringComparer.Ordinal),
        database,
        time,
        cancellation);

    private static async Task<IResult> CreateAsync(Site site, [FromForm] ChangeForm form, PageContext page, Database database, TimeProvider time, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var read = form.Read(before: null, errors);
        if (errors.Any)
        {
            return await FormAsync(page, null, form, errors.ToDictionary(), database, time, cancellation);
        }

        var made = await ChangeRoutes.CreateAsync(
            site, new NewChange { Title = read.Title, Note = read.Note, Day = read.Day, Days = read.Days, Selection = read.Selection, Control = read.Control }, database, time, page.Audit, cancellation);
        return made.ValueOf<ChangeAnswer>() is { } change
            ? Notice.ThenGo(page, page.Words.Say("The change is noted."), $"{page.SitePath}/changes/{change.Id}")
            : await FormAsync(page, null, form, made.ErrorsOf(), database, time, cancellation);
    }

    private static async Task<IResult> EditAsync(Site site, string id, PageContext page, Selections selections, Database database, TimeProvider time, CancellationToken cancellation)
    {
        var found = await ChangeRoutes.GetAsync(site, id, selections, database, time, cancellation);
        return found.ValueOf<ChangeAnswer>() is { } change
            ? await FormAsync(page, change, ChangeForm.Of(change), new Dictionary<string, string[]>(StringComparer.Ordinal), database, time, cancellation)
            : page.Refuse(found);
    }

    private static async Task<IResult> ChangeAsync(
        Site site, string id, [FromForm] ChangeForm form, PageContext page, Selections selections, Database database, TimeProvider time, CancellationToken cancellation)
    {
        var found = await ChangeRoutes.GetAsync(site, id, selections, database, time, cancellation);
        if (found.ValueOf<ChangeAnswer>() is not { } change)
        {
            return page.Refuse(found);
        }

        var errors = new FieldErrors();
        var read = form.Read(change, errors);
        if (errors.Any)
        {
            return await FormAsync(page, change, form, errors.ToDictionary(), database, time, cancellation);
        }

        var changed = await ChangeRoutes.ChangeAsync(site, id, read, database, page.Audit, cancellation);
        return changed.ValueOf<ChangeAnswer>() is not null
            ? Notice.ThenGo(page, page.Words.Say("The note is changed."), $"{page.SitePath}/changes/{id}")
            : await FormAsync(page, change, form, changed.ErrorsOf(), database, time, cancellation);
    }

    private static async Task<IResult> RemoveAsync(Site site, string id, PageContext page, Database database, CancellationToken cancellation)
    {
        var removed = await ChangeRoutes.DeleteAsync(site, id, database, page.Audit, cancellation);
        return removed.ErrorsOf().Count > 0 ? page.Refuse(removed) : Notice.ThenGo(page, page.Words.Say("The note is removed."), $"{page.SitePath}/changes");
    }

    private static async Task<IResult> FormAsync(
        PageContext page, ChangeAnswer? change, ChangeForm form, IReadOnlyDictionary<string, string[]> errors, Database database, TimeProvider time, CancellationToken cancellation) =>
        HtmlPage.Of<ChangeFormView, ChangeFormModel>(
            page,
            change?.Title ?? page.Words.Say("Note a change"),
            new ChangeFormModel
            {
                Change = change,
                Form = form,
                Errors = errors,
                Choices = await FilterChoices.ReadAsync(page, database, time, cancellation),
                Touchpoints = await KnownTouchpoints.ReadAsync(page.Site!.Id, database, cancellation),
            },
            errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
}

/// <summary>The changes of a site.</summary>
public sealed record ChangesModel
{
    /// <summary>The names of what they are about.</summary>
    public required FilterChoices Choices { get; init; }

    /// <summary>This page of them, each with what it did.</summary>
    public required IReadOnlyList<ChangeAnswer> Changes { get; init; }

    /// <summary>The cursor of the next page; null on the last.</summary>
    public required string? Next { get; init; }

    /// <summary>Whether it is the first page.</summary>
    public required bool IsFirst { get; init; }
}

/// <summary>A change.</summary>
public sealed record ChangeModel
{
    /// <summary>The names of what it is about.</summary>
    public required FilterChoices Choices { get; init; }

    /// <summary>The change and what it did.</summary>
    public required ChangeAnswer Change { get; init; }

    /// <summary>What the trend is broken down by.</summary>
    public required string By { get; init; }

    /// <summary>The score around its day; only before it, until it can be told what it did. Null where none of these days has come.</summary>
    public required CesAnswer? Trend { get; init; }
}

/// <summary>The form of a change.</summary>
public sealed record ChangeFormModel
{
    /// <summary>The change as it is; null for a new one.</summary>
    public required ChangeAnswer? Change { get; init; }

    /// <summary>What is filled in.</summary>
    public required ChangeForm Form { get; init; }

    /// <summary>What is wrong with it, by field as the API names it.</summary>
    public required IReadOnlyDictionary<string, string[]> Errors { get; init; }

    /// <summary>What can be chosen.</summary>
    public required FilterChoices Choices { get; init; }

    /// <summary>Touchpoints to suggest.</summary>
    public required IReadOnlyList<string> Touchpoints { get; init; }
}
