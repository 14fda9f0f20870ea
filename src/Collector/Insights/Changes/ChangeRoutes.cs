using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Insights.Changes;

/// <summary>What was done to improve a site, and what it did.</summary>
public static class ChangeRoutes
{
    private const int MostChanges = 2_000;

    private const string Change =
        """
        "id": "0199f1c27b3a7c3e9d550123456789ab", "title": "Prices on the first screen", "note": "", "date": "2026-10-01", "days": 28,
        "selection": { "touchpoint": "shop.example/contact" }, "control": { "touchpoint": "shop.example/service" },
        "before": { "from": "2026-09-03", "to": "2026-09-30" }, "after": { "from": "2026-10-02", "to": "2026-10-29" }, "createdAt": "2026-10-01T09:30:00+00:00"
        """;

    private const string Ces =
        """
        { "answers": 412, "mean": 4.81, "meanInterval": { "low": 4.62, "high": 5.00 }, "index": 63.5,
          "easy": { "share": 0.61, "low": 0.56, "high": 0.66 }, "difficult": { "share": 0.22, "low": 0.18, "high": 0.26 },
          "net": 0.39, "distribution": { "1": 12, "2": 31, "3": 48, "4": 70, "5": 90, "6": 91, "7": 70 },
          "scale": { "min": 1, "max": 7, "easy": "high" }, "enough": true, "formula": "ces-1" }
        """;

    private const string Difference =
        """
        { "value": 0.62, "interval": { "low": 0.34, "high": 0.90 }, "boundedInterval": { "low": 0.33, "high": 0.89 }, "smallestDetectable": 0.4 }
        """;

    private const string Report =
        $$"""
        { {{Change}},
          "effect": { "verdict": "improved", "effect": {{Difference}}, "scale": { "min": 1, "max": 7, "easy": "high" }, "before": {{Ces}}, "after": {{Ces}},
                      "difference": {{Difference}}, "ranks": { "u": 98210, "superiority": 0.58, "p": 0.00004 },
                      "control": { "before": {{Ces}}, "after": {{Ces}} }, "beyondControl": {{Difference}}, "formula": "change-1" } }
        """;

    /// <summary>Maps the routes.</summary>
    public static void MapChanges(this RouteGroupBuilder analysts)
    {
        var changes = analysts.MapGroup("/v1/sites/{site}/changes").WithTags("Changes");

        changes.MapPost("/", CreateAsync).RequireAuthorization(Scopes.Manage)
            .WithName("CreateChange").WithSummary("Note a change").WithProblems(400, 404, 409, 413, 415, 422)
            .WithRequestExample("""{ "title": "Prices on the first screen", "date": "2026-10-01", "selection": { "touchpoint": "shop.example/contact" } }""")
            .WithResponseExample(201, $$"""{ {{Change}} }""");

        changes.MapGet("/", ListAsync).RequireAuthorization(Scopes.Read).WithFigureTag()
            .WithName("ListChanges").WithSummary("List the changes").WithProblems(400, 404)
            .WithResponseExample(200, $$"""{ "items": [{ {{Change}} }], "next": null }""");

        changes.MapGet("/{id}", GetAsync).RequireAuthorization(Scopes.Read).WithFigureTag()
            .WithName("GetChange").WithSummary("Read a change and what it did").WithProblems(400, 404)
            .WithResponseExample(200, Report);

        changes.MapPatch("/{id}", ChangeAsync).RequireAuthorization(Scopes.Manage)
            .WithName("ChangeChange").WithSummary("Change the note of a change").WithProblems(400, 404, 413, 415, 422)
            .WithRequestExample("""{ "note": "Also on the phone" }""")
            .WithResponseExample(200, $$"""{ {{Change}} }""");

        changes.MapDelete("/{id}", DeleteAsync).RequireAuthorization(Scopes.Manage)
            .WithName("DeleteChange").WithSummary("Remove the note of a change").WithProblems(400, 404);
    }

    /// <summary>Notes what was done on a day to improve a touchpoint, so that its effect can be told. A site has at most 2,000 of these notes.</summary>
    internal static async Task<Results<Created<ChangeAnswer>, ProblemHttpResult>> CreateAsync(
        Site site, NewChange request, Database database, TimeProvider time, Audit audit, CancellationToken cancellation)
    {
        var (errors, now) = (new FieldErrors(), time.GetUtcNow());
        foreach (var (member, isThere) in new[] { ("/title", request.Title is not null), ("/date", request.Day is not null) })
        {
            if (!isThere)
            {
                errors.AddMalformed(member, "Is required.");
            }
        }

        var blank = new ChangeRow { Site = site.Id, Id = Guid.CreateVersion7(now).ToString("n"), CreatedAt = now.ToUnixTimeMilliseconds() };
        if (errors.Any || blank.With(request, site, errors) is not { } row)
        {
            return Problems.Invalid(errors);
        }

        var isMade = await database.WriteAsync(
            site.Id,
            async transaction =>
            {
                if (await ChangeRows.CountAsync(transaction, site.Id) >= MostChanges)
                {
                    return false;
                }

                await ChangeRows.WriteAsync(transaction, row, cancellation);
                await audit.WriteAsync(transaction, site.Id, Act.ChangeMade, row.Title);
                return true;
            },
            cancellation);
        return isMade
            ? TypedResults.Created($"/v1/sites/{site.Id}/changes/{row.Id}", AnswerOf(row))
            : Problems.Because(StatusCodes.Status409Conflict, string.Create(CultureInfo.InvariantCulture, $"A site has at most {MostChanges} changes."));
    }

    /// <summary>Lists the site's changes, the latest first, without their effects: what belongs on a trend of the same days.</summary>
    /// <param name="from">The first day. By default the first of all.</param>
    /// <param name="to">The last day, included. By default the last of all.</param>
    internal static async Task<Results<Ok<ChangeList>, ProblemHttpResult>> ListAsync(
        Site site,
        [FromQuery(Name = "from"), DataType(DataType.Date)] string? from,
        [FromQuery(Name = "to"), DataType(DataType.Date)] string? to,
        [AsParameters] PagingQuery page,
        Database database,
        CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var days = (First: ReadDay(from, "from", int.MinValue, errors), Last: ReadDay(to, "to", int.MaxValue, errors));
        var paging = Paging.Read(page, errors);
        var after = (Day: int.MaxValue, Id: "");
        if (paging.After is { } text && !TryRead(text, out after))
        {
            errors.AddMalformed("cursor", "Not a cursor that came with this list.");
        }

        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        await using var connection = await database.ReadAsync(cancellation);
        var rows = await ChangeRows.ListAsync(connection, site.Id, days, after, paging.Limit + 1, cancellation);
        var (items, next) = paging.Page(rows, row => string.Create(CultureInfo.InvariantCulture, $"{row.Day} {row.Id}"));
        return TypedResults.Ok(new ChangeList([.. items.Select(row => AnswerOf(row))], next));
    }

    /// <summary>
    /// Reads a change and says what it did: the days after it against as many before it, the day itself left out. Until the last of these days is over it says
    /// only that it is too early.
    /// </summary>
    /// <param name="id">The change's id.</param>
    internal static async Task<Results<Ok<ChangeAnswer>, ProblemHttpResult>> GetAsync(
        Site site, string id, Selections selections, Database database, TimeProvider time, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        return await ChangeRows.FindAsync(connection, site.Id, id, transaction: null, cancellation) is { } row
            ? TypedResults.Ok(AnswerOf(row, await EffectReading.ReadAsync(connection, selections, site, row, time.GetUtcNow(), cancellation)))
            : NotFound();
    }

    /// <summary>Changes what is given of a change's note and leaves the rest.</summary>
    /// <param name="id">The change's id.</param>
    internal static async Task<Results<Ok<ChangeAnswer>, ProblemHttpResult>> ChangeAsync(
        Site site, string id, ChangeRequest request, Database database, Audit audit, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var changed = await database.WriteAsync(
            site.Id,
            async transaction =>
            {
                var row = (await ChangeRows.FindAsync(transaction.Connection!, site.Id, id, transaction, cancellation))?.With(request, site, errors);
                if (row is not null)
                {
                    await ChangeRows.WriteAsync(transaction, row, cancellation);
                    await audit.WriteAsync(transaction, site.Id, Act.ChangeChanged, row.Title);
                }

                return row;
            },
            cancellation);
        return errors.Any ? Problems.Invalid(errors) : changed is null ? NotFound() : TypedResults.Ok(AnswerOf(changed));
    }

    /// <summary>Removes the note of a change; the figures stay what they are.</summary>
    /// <param name="id">The change's id.</param>
    internal static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(Site site, string id, Database database, Audit audit, CancellationToken cancellation) =>
        await database.WriteAsync(
            site.Id,
            async transaction =>
            {
                if (await ChangeRows.FindAsync(transaction.Connection!, site.Id, id, transaction, cancellation) is not { } row)
                {
                    return false;
                }

                await audit.WriteAsync(transaction, site.Id, Act.ChangeRemoved, row.Title);
                return await ChangeRows.DeleteAsync(transaction, site.Id, id, cancellation);
            },
            cancellation) ? TypedResults.NoContent() : NotFound();

    private static ProblemHttpResult NotFound() => Problems.NotFound("There is no such change.");

    private static int ReadDay(string? text, string field, int otherwise, FieldErrors errors)
    {
        if (text is null)
        {
            return otherwise;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return DayNumber.Of(day);
        }

        errors.AddMalformed(field, "Must be a date such as 2026-11-22.");
        return otherwise;
    }

    // Where a page of the list ended: the day and the id of its last change.
    private static bool TryRead(string cursor, out (int Day, string Id) after)
    {
        var parts = cursor.Split(' ', 2);
        after = (0, parts[^1]);
        return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out after.Day);
    }

    private static ChangeAnswer AnswerOf(ChangeRow row, EffectFigure? effect = null) => new()
    {
        Id = row.Id,
        Title = row.Title,
        Note = row.Note,
        Date = row.Window.Day,
        Days = row.Days,
        Selection = row.Selects,
        Control = row.Controls,
        Before = new DayRange(row.Window.BeforeFrom, row.Window.BeforeTo),
        After = new DayRange(row.Window.AfterFrom, row.Window.AfterTo),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        Effect = effect,
    };
}
