using System.Globalization;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Collector.Insights.Responses;

/// <summary>Single responses, with what visitors wrote.</summary>
public static class ResponsesRoute
{
    internal const string Example =
        """
        { "id": "0199f1c2-7b3a-7c3e-9d55-0123456789ab", "state": "complete", "answeredAt": "2026-11-22T09:30:00+00:00", "page": "shop.example/contact",
          "touchpoint": "shop.example/contact", "survey": "effort-and-intention", "surveyVersion": 1, "visit": "0199f1c2-7b3a-7c3e-9d55-0123456789ac",
          "effort": 2, "scale": { "min": 1, "max": 7, "easy": "high" }, "intent": "complain", "success": "no", "device": "mobile", "language": "en",
          "answers": [ { "question": "effort", "score": 2 }, { "question": "intent", "choice": "complain" }, { "question": "success", "choice": "no" },
                       { "question": "reason", "text": "Could not find where to file a complaint." } ],
          "context": { "referrer": "search.example/", "pagesInVisit": 4, "secondsInVisit": 183 },
          "tags": { "segment": "business" }, "labels": ["form"], "handled": { "by": "Ann Analyst", "at": "2026-11-22T10:00:00+00:00" } }
        """;

    /// <summary>Maps the routes.</summary>
    public static void MapSingleResponses(this RouteGroupBuilder analysts)
    {
        var responses = analysts.MapGroup("/v1/sites/{site}/responses").RequireAuthorization(Scopes.Responses).WithTags("Responses");
        responses.MapGet("/", ListAsync)
            .WithName("ListResponses").WithSummary("Single responses, newest first").WithProblems(400, 404)
            .WithResponseExample(200, $$"""{ "from": "2026-10-26", "to": "2026-11-22", "items": [{{Example}}], "next": null }""");
        responses.MapMarks();
    }

    /// <summary>
    /// Single responses of a selection, newest first, with what visitors wrote: search in it by <c>search</c>. Those that a bot seems to have given are left out, as they are of the figures. Those that were
    /// erased, on request or when their time was over, are gone.
    /// </summary>
    internal static async Task<Results<Ok<ResponseList>, ProblemHttpResult>> ListAsync(
        Site site,
        [AsParameters] SelectionQuery query,
        [AsParameters] ResponsesQuery wanted,
        [AsParameters] PagingQuery page,
        Selections selections,
        Database database,
        Audit audit,
        CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var selection = await selections.ReadAsync(query, site, errors, cancellation);
        var filter = ResponseFilter.Read(wanted, errors);
        var paging = Paging.Read(page, errors);
        var after = ReadAfter(paging.After, errors);
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        // First, so that nobody reads what people wrote without an entry.
        await audit.WriteOnceAnHourAsync(database, site.Id, Act.CommentsRead, cancellation);
        var (found, parameters) = ResponseSource.Of(selection, filter);
        if (after is { } last)
        {
            parameters.Add("AfterDay", last.Day);
            parameters.Add("AfterTime", last.Time);
            parameters.Add("AfterId", last.Id);
        }

        parameters.Add("Most", paging.Limit + 1);
        await using var connection = await database.ReadAsync(cancellation);
        var rows = await ResponseRow.ReadAsync(
            connection,
            $"""
            select cells.site, cells.day, cells.answered_at, cells.id
            from {found}
            {(after is null ? "" : "and (cells.day, cells.answered_at, cells.id) < (@AfterDay, @AfterTime, @AfterId)")}
            order by cells.day desc, cells.answered_at desc, cells.id desc
            limit @Most
            """,
            isNewestFirst: true,
            parameters,
            cancellation);
        var (items, next) = paging.Page(rows, row => string.Create(CultureInfo.InvariantCulture, $"{row.Day} {row.AnsweredAt} {row.Id}"));
        var labels = items.Count == 0 ? Enumerable.Empty<(string Response, string Label)>().ToLookup(entry => entry.Response, entry => entry.Label)
            : await ResponseMarkRows.LabelsOfAsync(database, connection, site.Id, items.Select(row => row.Id), cancellation);
        return TypedResults.Ok(new ResponseList { From = selection.From, To = selection.To, Items = [.. items.Select(row => row.ToAnswer(labels[row.Id]))], Next = next });
    }

    // Where a page of the list ended: the day, the moment and the id of its last response.
    private static (int Day, long Time, string Id)? ReadAfter(string? cursor, FieldErrors errors)
    {
        if (cursor is null)
        {
            return null;
        }

        if (cursor.Split(' ') is [var day, var time, var id]
            && int.TryParse(day, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && long.TryParse(time, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var moment))
        {
            return (number, moment, id);
        }

        errors.AddMalformed("cursor", "Not a cursor that came with this list.");
        return null;
    }
}
