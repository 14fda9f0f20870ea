using System.Globalization;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Collector.Insights.Goals;

/// <summary>What figures of a site are to reach, and when.</summary>
public static class GoalRoutes
{
    internal const int MostGoals = 200;

    private const string Goal =
        """
        "id": "0199f1c27b3a7c3e9d550123456789ab", "name": "Comparing is easy", "metric": "easy", "selection": { "intent": "compare" }, "target": 0.7,
        "date": "2027-03-31", "days": 28, "weight": 2, "createdAt": "2026-11-22T09:30:00+00:00"
        """;

    private const string Report =
        $$"""
        { {{Goal}},
          "standing": { "from": "2026-10-26", "to": "2026-11-22", "answers": 412, "value": 0.61, "interval": { "low": 0.56, "high": 0.66 }, "status": "on track",
                        "missing": 0.09, "trend": { "perDay": 0.004, "interval": { "low": 0.001, "high": 0.007 }, "isClear": true }, "enough": true, "formula": "goal-1" } }
        """;

    /// <summary>Maps the routes.</summary>
    public static void MapGoals(this RouteGroupBuilder analysts)
    {
        var goals = analysts.MapGroup("/v1/sites/{site}/goals").WithTags("Goals");

        goals.MapPost("/", CreateAsync).RequireAuthorization(Scopes.Manage)
            .WithName("CreateGoal").WithSummary("Make a goal").WithProblems(400, 404, 409, 413, 415, 422)
            .WithRequestExample("""{ "name": "Comparing is easy", "metric": "easy", "selection": { "intent": "compare" }, "target": 0.7, "date": "2027-03-31", "weight": 2 }""")
            .WithResponseExample(201, $$"""{ {{Goal}} }""");

        goals.MapGet("/", ListAsync).RequireAuthorization(Scopes.Read).WithFigureTag()
            .WithName("ListGoals").WithSummary("List the goals and where they stand").WithProblems(400, 404)
            .WithResponseExample(200, $$"""{ "items": [{{Report}}], "next": null }""");

        goals.MapGet("/{id}", GetAsync).RequireAuthorization(Scopes.Read).WithFigureTag()
            .WithName("GetGoal").WithSummary("Read a goal and where it stands").WithProblems(400, 404)
            .WithResponseExample(200, Report);

        goals.MapGoalHistory();

        goals.MapPatch("/{id}", ChangeAsync).RequireAuthorization(Scopes.Manage)
            .WithName("ChangeGoal").WithSummary("Change a goal").WithProblems(400, 404, 413, 415, 422)
            .WithRequestExample("""{ "target": 0.65 }""")
            .WithResponseExample(200, $$"""{ {{Goal}} }""");

        goals.MapDelete("/{id}", DeleteAsync).RequireAuthorization(Scopes.Manage)
            .WithName("DeleteGoal").WithSummary("Remove a goal").WithProblems(400, 404);
    }

    /// <summary>Makes a goal: a figure of a selection that is to reach a target by a date. A site has at most 200 goals.</summary>
    internal static async Task<Results<Created<GoalAnswer>, ProblemHttpResult>> CreateAsync(
        Site site, NewGoal request, Database database, TimeProvider time, Audit audit, CancellationToken cancellation)
    {
        var (errors, now) = (new FieldErrors(), time.GetUtcNow());
        foreach (var (member, isThere) in new[] { ("/name", request.Name is not null), ("/metric", request.Metric is not null), ("/target", request.Target is not null), ("/date", request.Day is not null) })
        {
            if (!isThere)
            {
                errors.AddMalformed(member, "Is required.");
            }
        }

        var blank = new GoalRow { Site = site.Id, Id = Guid.CreateVersion7(now).ToString("n"), CreatedAt = now.ToUnixTimeMilliseconds() };
        if (errors.Any || blank.With(request, site, errors) is not { } row)
        {
            return Problems.Invalid(errors);
        }

        var isMade = await database.WriteAsync(
            site.Id,
            async transaction =>
            {
                if (await GoalRows.CountAsync(transaction, site.Id) >= MostGoals)
                {
                    return false;
                }

                await GoalRows.WriteAsync(transaction, row, cancellation);
                await audit.WriteAsync(transaction, site.Id, Act.GoalMade, row.Name);
                return true;
            },
            cancellation);
        return isMade
            ? TypedResults.Created($"/v1/sites/{site.Id}/goals/{row.Id}", AnswerOf(row))
            : Problems.Because(StatusCodes.Status409Conflict, string.Create(CultureInfo.InvariantCulture, $"A site has at most {MostGoals} goals."));
    }

    /// <summary>Lists the site's goals in the order in which they were made, each with where it stands: as much work as so many figures.</summary>
    internal static async Task<Results<Ok<GoalList>, ProblemHttpResult>> ListAsync(
        Site site,
        [AsParameters] PagingQuery page,
        Selections selections,
        Database database,
        TimeProvider time,
        CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var paging = Paging.Read(page, errors);
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        await using var connection = await database.ReadAsync(cancellation);
        var rows = await GoalRows.ListAsync(connection, site.Id, paging.After ?? "", paging.Limit + 1, cancellation);
        var items = new List<GoalAnswer>();
        var (shown, next) = paging.Page(rows, row => row.Id);
        foreach (var row in shown)
        {
            items.Add(AnswerOf(row, await GoalReading.ReadAsync(connection, selections, site, row, time.GetUtcNow(), cancellation)));
        }

        return TypedResults.Ok(new GoalList(items, next));
    }

    /// <summary>Reads a goal and says where it stands: the figure of the last days beside the target, what is missing, and whether its trend gets there by the date.</summary>
    /// <param name="id">The goal's id.</param>
    internal static async Task<Results<Ok<GoalAnswer>, ProblemHttpResult>> GetAsync(
        Site site, string id, Selections selections, Database database, TimeProvider time, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        return await GoalRows.FindAsync(connection, site.Id, id, transaction: null, cancellation) is { } row
            ? TypedResults.Ok(AnswerOf(row, await GoalReading.ReadAsync(connection, selections, site, row, time.GetUtcNow(), cancellation)))
            : NotFound();
    }

    /// <summary>Changes what is given of a goal and leaves the rest. Another metric needs a target in its unit.</summary>
    /// <param name="id">The goal's id.</param>
    internal static async Task<Results<Ok<GoalAnswer>, ProblemHttpResult>> ChangeAsync(
        Site site, string id, GoalChange request, Database database, Audit audit, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var changed = await database.WriteAsync(
            site.Id,
            async transaction =>
            {
                var row = (await GoalRows.FindAsync(transaction.Connection!, site.Id, id, transaction, cancellation))?.With(request, site, errors);
                if (row is not null)
                {
                    await GoalRows.WriteAsync(transaction, row, cancellation);
                    await audit.WriteAsync(transaction, site.Id, Act.GoalChanged, row.Name);
                }

                return row;
            },
            cancellation);
        return errors.Any ? Problems.Invalid(errors) : changed is null ? NotFound() : TypedResults.Ok(AnswerOf(changed));
    }

    /// <summary>Removes a goal; its figures stay what they are.</summary>
    /// <param name="id">The goal's id.</param>
    internal static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(Site site, string id, Database database, Audit audit, CancellationToken cancellation) =>
        await database.WriteAsync(
            site.Id,
            async transaction =>
            {
                if (await GoalRows.FindAsync(transaction.Connection!, site.Id, id, transaction, cancellation) is not { } row)
                {
                    return false;
                }

                await audit.WriteAsync(transaction, site.Id, Act.GoalRemoved, row.Name);
                return await GoalRows.DeleteAsync(transaction, site.Id, id, cancellation);
            },
            cancellation) ? TypedResults.NoContent() : NotFound();

    internal static ProblemHttpResult NotFound() => Problems.NotFound("There is no such goal.");

    private static GoalAnswer AnswerOf(GoalRow row, GoalFigure? standing = null) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Metric = row.Measures,
        Selection = row.Selects,
        Target = row.Target,
        Date = row.Date,
        Days = row.Days,
        Weight = row.Weight,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        Standing = standing,
    };
}
