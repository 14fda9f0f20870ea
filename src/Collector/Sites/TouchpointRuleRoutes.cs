using System.Globalization;
using Collector.Feedback;
using Collector.Storage;
using Collector.Web;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Collector.Sites;

/// <summary>The rules by which a site makes touchpoints of its pages.</summary>
public static class TouchpointRuleRoutes
{
    private const int MostRules = 200;

    private const string Example =
        """
        { "id": "0199f1c27b3a7c3e9d550123456789ab", "pattern": "/products/*", "keepParameters": [], "position": 1,
          "createdAt": "2026-11-22T09:30:00+00:00" }
        """;

    /// <summary>Maps the routes.</summary>
    public static void MapTouchpointRules(this RouteGroupBuilder analysts)
    {
        var rules = analysts.MapGroup("/v1/sites/{site}/touchpoint-rules").WithTags("Touchpoint rules").RequireAuthorization(Scopes.Manage);

        rules.MapPost("/", CreateAsync)
            .WithName("CreateTouchpointRule").WithSummary("Make a touchpoint rule").WithProblems(400, 404, 409, 413, 415, 422)
            .WithRequestExample("""{ "pattern": "/products/*" }""")
            .WithResponseExample(201, Example);

        rules.MapGet("/", ListAsync)
            .WithName("ListTouchpointRules").WithSummary("List the touchpoint rules").WithProblems(400, 404)
            .WithResponseExample(200, $$"""{ "items": [{{Example}}], "next": null, "placing": { "state": "running", "done": 12000, "total": 31500 } }""");

        rules.MapGet("/{id}", GetAsync)
            .WithName("GetTouchpointRule").WithSummary("Read a touchpoint rule").WithProblems(400, 404)
            .WithResponseExample(200, Example);

        rules.MapPatch("/{id}", ChangeAsync)
            .WithName("ChangeTouchpointRule").WithSummary("Change a touchpoint rule").WithProblems(400, 404, 409, 413, 415, 422)
            .WithRequestExample("""{ "keepParameters": ["colour"], "position": 1 }""")
            .WithResponseExample(200, Example);

        rules.MapDelete("/{id}", DeleteAsync)
            .WithName("DeleteTouchpointRule").WithSummary("Remove a touchpoint rule").WithProblems(400, 404);
    }

    /// <summary>
    /// Makes a rule. The first rule that fits a page holds; pages that none fits make touchpoints of their own. Responses that are stored
    /// follow in the background: the list of rules says how far they are. A site has at most 200 rules, each with a pattern of its own.
    /// </summary>
    internal static async Task<Results<Created<TouchpointRuleAnswer>, ProblemHttpResult>> CreateAsync(
        Site site, NewTouchpointRule request, Database database, SiteDirectory directory, TimeProvider time, Audit audit, CancellationToken cancellation)
    {
        var (errors, conflicts, now) = (new FieldErrors(), new FieldErrors(), time.GetUtcNow());
        if (request.Pattern is null)
        {
            errors.AddMalformed("/pattern", "Is required.");
        }

        if (Check(request.Pattern ?? "/", request.KeepParameters ?? [], request.Position, errors) is not { } rule)
        {
            return Problems.Invalid(errors);
        }

        var id = Guid.CreateVersion7(now).ToString("n");
        var row = new TouchpointRuleRow { Site = site.Id, Id = id, Position = 0, Pattern = "", KeepParameters = "", CreatedAt = now.ToUnixTimeMilliseconds() };
        var rows = await TouchpointRuleRows.ChangeAsync(
            database,
            site.Id,
            id,
            now,
            rows =>
            {
                if (rows.Count >= MostRules)
                {
                    conflicts.Add("", string.Create(CultureInfo.InvariantCulture, $"A site has at most {MostRules} rules."));
                }

                return !conflicts.Any && TryPlace(row.With(rule), rows, request.Position ?? int.MaxValue, conflicts);
            },
            Act.RuleMade,
            audit,
            cancellation);
        directory.Forget(site);
        return conflicts.Any
            ? Problems.Invalid(conflicts, StatusCodes.Status409Conflict)
            : TypedResults.Created($"/v1/sites/{site.Id}/touchpoint-rules/{id}", TouchpointRuleAnswer.From(rows.Single(found => found.Id == id)));
    }

    /// <summary>Lists the site's rules in their order, and says how far past responses have followed their last change.</summary>
    internal static async Task<Results<Ok<TouchpointRuleList>, ProblemHttpResult>> ListAsync(
        Site site,
        [AsParameters] PagingQuery page,
        Database database,
        CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var paging = Paging.Read(page, errors);
        var after = 0;
        if (paging.After is not null && !int.TryParse(paging.After, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            errors.AddMalformed("cursor", "Not a cursor that came with this list.");
        }

        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        await using var connection = await database.ReadAsync(cancellation);
        var rows = await TouchpointRuleRows.ReadAsync(connection, site.Id, transaction: null, cancellation);
        var (rules, next) = paging.Page([.. rows.Where(row => row.Position > after)], row => row.Position.ToString(CultureInfo.InvariantCulture));
        var counts = await connection.QuerySingleAsync<(long Done, long Waiting)>(new CommandDefinition(
            """
            select
              coalesce((select done from placings where site = sites.id and version = sites.rules_version), 0),
              (select count(*) from responses where site = sites.id and placed_by < sites.rules_version)
            from sites where id = @Id
            """,
            new { site.Id },
            cancellationToken: cancellation));
        return TypedResults.Ok(new TouchpointRuleList(
            [.. rules.Select(TouchpointRuleAnswer.From)],
            next,
            new PlacingProgress(counts.Waiting == 0 ? PlacingState.Done : PlacingState.Running, counts.Done, counts.Done + counts.Waiting)));
    }

    /// <summary>Reads one rule of the site, with its place among the others.</summary>
    /// <param name="id">The rule's id.</param>
    internal static async Task<Results<Ok<TouchpointRuleAnswer>, ProblemHttpResult>> GetAsync(Site site, string id, Database database, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        var rows = await TouchpointRuleRows.ReadAsync(connection, site.Id, transaction: null, cancellation);
        return rows.SingleOrDefault(row => row.Id == id) is { } row ? TypedResults.Ok(TouchpointRuleAnswer.From(row)) : NotFound();
    }

    /// <summary>Changes what is given of a rule and leaves the rest. Responses that are stored follow in the background.</summary>
    /// <param name="id">The rule's id.</param>
    internal static async Task<Results<Ok<TouchpointRuleAnswer>, ProblemHttpResult>> ChangeAsync(
        Site site, string id, TouchpointRuleRequest request, Database database, SiteDirectory directory, TimeProvider time, Audit audit, CancellationToken cancellation)
    {
        var (errors, conflicts) = (new FieldErrors(), new FieldErrors());
        var rows = await TouchpointRuleRows.ChangeAsync(
            database,
            site.Id,
            id,
            time.GetUtcNow(),
            rows => rows.Find(row => row.Id == id) is { } row
                && Check(request.Pattern ?? row.Pattern, request.KeepParameters ?? row.Parameters, request.Position, errors) is { } rule
                && rows.Remove(row)
                && TryPlace(row.With(rule), rows, request.Position ?? row.Position, conflicts),
            Act.RuleChanged,
            audit,
            cancellation);
        directory.Forget(site);
        return errors.Any ? Problems.Invalid(errors)
            : conflicts.Any ? Problems.Invalid(conflicts, StatusCodes.Status409Conflict)
            : rows.SingleOrDefault(row => row.Id == id) is { } row ? TypedResults.Ok(TouchpointRuleAnswer.From(row))
            : NotFound();
    }

    /// <summary>Removes a rule. Responses that are stored follow in the background; parameters that no rule keeps any more are dropped.</summary>
    /// <param name="id">The rule's id.</param>
    internal static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Site site, string id, Database database, SiteDirectory directory, TimeProvider time, Audit audit, CancellationToken cancellation)
    {
        var wasThere = false;
        await TouchpointRuleRows.ChangeAsync(database, site.Id, id, time.GetUtcNow(), rows => wasThere = rows.RemoveAll(row => row.Id == id) > 0, Act.RuleRemoved, audit, cancellation);
        directory.Forget(site);
        return wasThere ? TypedResults.NoContent() : NotFound();
    }

    private static TouchpointRule? Check(string pattern, IReadOnlyList<string?> keepParameters, int? position, FieldErrors errors)
    {
        if (position < 1)
        {
            errors.Add("/position", "A whole number from 1.");
        }

        return TouchpointRule.Check(pattern, keepParameters, errors);
    }

    /// <summary>Puts a rule at its place among the others, which must not say the same.</summary>
    private static bool TryPlace(TouchpointRuleRow row, List<TouchpointRuleRow> others, int position, FieldErrors conflicts)
    {
        if (others.Exists(other => other.Pattern == row.Pattern))
        {
            conflicts.Add("/pattern", $"There is a rule for {row.Pattern} already.");
            return false;
        }

        others.Insert(Math.Min(position - 1, others.Count), row);
        return true;
    }

    private static ProblemHttpResult NotFound() => Problems.NotFound("There is no such rule.");
}
