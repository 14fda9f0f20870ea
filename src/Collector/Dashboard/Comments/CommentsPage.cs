using System.Globalization;
using Collector.Dashboard.Parts;
using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Insights;
using Collector.Insights.Responses;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Dapper;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Collector.Dashboard.Comments;

/// <summary>What visitors wrote: to search, to label, and to mark as handled.</summary>
internal static class CommentsPage
{
    /// <summary>More are not counted; "more than 1,000" says enough.</summary>
    public const int MostCounted = 1_000;

    private const int MostLabels = 200;

    private const string PageSize = "25";

    /// <summary>Maps the page.</summary>
    public static void MapComments(this RouteGroupBuilder listeners)
    {
        listeners.MapGet("/comments", GetAsync);
        listeners.MapPost("/comments/{id:guid}", MarkAsync);
    }

    private static async Task<IResult> GetAsync(
        Site site,
        [AsParameters] ResponsesQuery given,
        [FromQuery(Name = "cursor")] string? cursor,
        PageContext page,
        Selections selections,
        Database database,
        TimeProvider time,
        CancellationToken cancellation)
    {
        // A form sends what is not chosen as an empty text.
        var wanted = new ResponsesQuery { Comments = "true", Search = Given(given.Search?.Trim()), Effort = Given(given.Effort), Label = Given(given.Label), Handled = Given(given.Handled) };
        var listed = await ResponsesRoute.ListAsync(site, page.Filters.Query, wanted, new PagingQuery { Limit = PageSize, Cursor = cursor }, selections, database, page.Audit, cancellation);
        var (list, errors) = (listed.ValueOf<ResponseList>(), listed.ErrorsOf());
        if (list is null && !errors.ContainsKey("search"))
        {
            return page.Refuse(listed);
        }

        return HtmlPage.Of<CommentsView, CommentsModel>(
            page,
            page.Words.Say("Comments"),
            new CommentsModel
            {
                Choices = await FilterChoices.ReadAsync(page, database, time, cancellation),
                List = list,
                Count = list is null ? 0 : cursor is null && list.Next is null ? list.Items.Count : await CountAsync(site, page, wanted, selections, database, cancellation),
                Labels = await LabelsAsync(site, database, cancellation),
                Search = wanted.Search,
                Effort = wanted.Effort,
                Label = wanted.Label,
                Handled = wanted.Handled,
                SearchError = errors.GetValueOrDefault("search")?[0],
                IsFirst = cursor is null,
            },
            list is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static async Task<IResult> MarkAsync(
        Site site, Guid id, [FromForm] CommentForm form, PageContext page, Database database, TimeProvider time, CancellationToken cancellation)
    {
        IReadOnlyList<string>? labels = null;
        if ((Given(form.Add) ?? Given(form.Remove)) is not null)
        {
            await using var connection = await database.ReadAsync(cancellation);
            var now = (await ResponseMarkRows.LabelsOfAsync(database, connection, site.Id, [id.ToString()], cancellation))[id.ToString()];
            labels = [.. now.Where(label => label != form.Remove), .. Given(form.Add?.Trim()) is { } added ? [added] : Array.Empty<string>()];
        }

        var marks = new ResponseMarks { Handled = form.Handled switch { "yes" => true, "no" => false, _ => null }, Labels = labels };
        var marked = await ResponseMarksRoute.MarkAsync(site, id, marks, page.Person!.Name, database, time, cancellation);
        if (marked.ErrorsOf().Count > 0)
        {
            return page.Refuse(marked);
        }

        var said = marks.Handled switch { true => "Marked as handled.", false => "Open again.", null => form.Remove is null ? "Labelled." : "The label is gone." };
        var back = QueryString.Create(QueryHelpers.ParseQuery(form.Back));
        return Notice.ThenGo(page, page.Words.Say(said), string.Create(CultureInfo.InvariantCulture, $"{page.SitePath}/comments{back}#c-{id}"));
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static async Task<int> CountAsync(Site site, PageContext page, ResponsesQuery wanted, Selections selections, Database database, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var (found, parameters) = ResponseSource.Of(await selections.ReadAsync(page.Filters.Query, site, errors, cancellation), ResponseFilter.Read(wanted, errors));
        parameters.Add("Most", MostCounted + 1);
        await using var connection = await database.ReadAsync(cancellation);
        return await connection.QuerySingleAsync<int>(new CommandDefinition(
            $"select count(*) from (select cells.id from {found} limit @Most) as counted", parameters, cancellationToken: cancellation));
    }

    private static async Task<IReadOnlyList<string>> LabelsAsync(Site site, Database database, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        return (await connection.QueryAsync<string>(new CommandDefinition(
            "select distinct label from response_labels where site = @Id order by label limit @MostLabels", new { site.Id, MostLabels }, cancellationToken: cancellation))).AsList();
    }
}

/// <summary>What the forms of a comment send.</summary>
public sealed record CommentForm
{
    /// <summary><c>yes</c> marks it as handled, <c>no</c> opens it again.</summary>
    public string? Handled { get; init; }

    /// <summary>A label to put on it.</summary>
    public string? Add { get; init; }

    /// <summary>A label to take off.</summary>
    public string? Remove { get; init; }

    /// <summary>The query of the page that it stands on.</summary>
    public string? Back { get; init; }
}

/// <summary>Comments.</summary>
public sealed record CommentsModel
{
    /// <summary>The period and what can be filtered by.</summary>
    public required FilterChoices Choices { get; init; }

    /// <summary>This page of them; null where what was looked for is no word.</summary>
    public required ResponseList? List { get; init; }

    /// <summary>How many there are, counted up to a thousand.</summary>
    public required int Count { get; init; }

    /// <summary>The labels that are in use.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>What is looked for.</summary>
    public required string? Search { get; init; }

    /// <summary>How it was found.</summary>
    public required string? Effort { get; init; }

    /// <summary>The label that is asked for.</summary>
    public required string? Label { get; init; }

    /// <summary>Whether handled or open ones are asked for.</summary>
    public required string? Handled { get; init; }

    /// <summary>What is wrong with what is looked for.</summary>
    public required string? SearchError { get; init; }

    /// <summary>Whether it is the first page.</summary>
    public required bool IsFirst { get; init; }
}
