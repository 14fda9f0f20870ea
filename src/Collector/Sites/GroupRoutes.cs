using System.Globalization;
using Collector.Feedback;
using Collector.Storage;
using Collector.Surveys;
using Collector.Web;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Collector.Sites;

/// <summary>The groups of a site: series of touchpoints with a common goal.</summary>
public static class GroupRoutes
{
    private const int MostGroups = 100;

    private const string Example =
        """
        { "id": "checkout", "name": "Checkout", "patterns": ["/cart", "/checkout/**"], "journey": "buyer", "stage": "decision",
          "createdAt": "2026-11-22T09:30:00+00:00" }
        """;

    /// <summary>Maps the routes.</summary>
    public static void MapGroups(this RouteGroupBuilder analysts)
    {
        var groups = analysts.MapGroup("/v1/sites/{site}/groups").WithTags("Groups");

        groups.MapPost("/", CreateAsync)
            .RequireAuthorization(Scopes.Manage)
            .WithName("CreateGroup").WithSummary("Make a group").WithProblems(400, 404, 409, 413, 415, 422)
            .WithRequestExample("""{ "id": "checkout", "name": "Checkout", "patterns": ["/cart", "/checkout/**"], "journey": "buyer", "stage": "decision" }""")
            .WithResponseExample(201, Example);

        groups.MapGet("/", ListAsync)
            .RequireAuthorization()
            .WithName("ListGroups").WithSummary("List the groups").WithProblems(400, 404)
            .WithResponseExample(200, $$"""{ "items": [{{Example}}], "next": null }""");

        groups.MapGet("/{id}", GetAsync)
            .RequireAuthorization()
            .WithName("GetGroup").WithSummary("Read a group").WithProblems(400, 404)
            .WithResponseExample(200, Example);

        groups.MapPut("/{id}", ReplaceAsync)
            .RequireAuthorization(Scopes.Manage)
            .WithName("ReplaceGroup").WithSummary("Replace a group").WithProblems(400, 404, 413, 415, 422)
            .WithRequestExample("""{ "name": "Checkout", "patterns": ["/cart", "/checkout/**"] }""")
            .WithResponseExample(200, Example);

        groups.MapPatch("/{id}", ChangeAsync)
            .RequireAuthorization(Scopes.Manage)
            .WithName("ChangeGroup").WithSummary("Change a group").WithProblems(400, 404, 413, 415, 422)
            .WithRequestExample("""{ "patterns": ["/cart", "/checkout/**", "/pay"] }""")
            .WithResponseExample(200, Example);

        groups.MapDelete("/{id}", DeleteAsync)
            .RequireAuthorization(Scopes.Manage)
            .WithName("DeleteGroup").WithSummary("Remove a group").WithProblems(400, 404, 409);
    }

    /// <summary>
    /// Makes a group. Figures of it and by it are there at once, of past responses too. A touchpoint may belong to several groups. A site has at most
    /// 100.
    /// </summary>
    internal static async Task<Results<Created<GroupAnswer>, ProblemHttpResult>> CreateAsync(
        Site site, NewGroup request, Database database, WidgetFiles files, TimeProvider time, Audit audit, CancellationToken cancellation)
    {
        var (errors, conflicts) = (new FieldErrors(), new FieldErrors());
        Require(request.Id, "/id", errors);
        if (Check(request.Id ?? "group", request, errors) is not { } group)
        {
            return Problems.Invalid(errors);
        }

        var made = await GroupRows.ChangeAsync(
            database,
            site.Id,
            rows =>
            {
                if (rows.Any(row => row.Id == group.Id))
                {
                    conflicts.Add("/id", "The site has a group of this name.");
                }
                else if (rows.Count >= MostGroups)
                {
                    conflicts.Add("", string.Create(CultureInfo.InvariantCulture, $"A site has at most {MostGroups} groups."));
                }

                return conflicts.Any ? null : GroupRow.Of(site.Id, group, time.GetUtcNow().ToUnixTimeMilliseconds());
            },
            audit,
            cancellation);
        files.Forget(site.Key);
        return made is null
            ? Problems.Invalid(conflicts, StatusCodes.Status409Conflict)
            : TypedResults.Created($"/v1/sites/{site.Id}/groups/{made.Id}", GroupAnswer.From(made));
    }

    /// <summary>Lists the site's groups, by id. Any key of the site may.</summary>
    internal static async Task<Results<Ok<GroupList>, ProblemHttpResult>> ListAsync(
        Site site, [AsParameters] PagingQuery page, Database database, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var paging = Paging.Read(page, errors);
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        await using var connection = await database.ReadAsync(cancellation);
        var rows = await GroupRows.ReadAsync(connection, site.Id, transaction: null, cancellation);
        var (groups, next) = paging.Page([.. rows.Where(row => string.CompareOrdinal(row.Id, paging.After) > 0)], row => row.Id);
        return TypedResults.Ok(new GroupList([.. groups.Select(GroupAnswer.From)], next));
    }

    /// <summary>Reads a group of the site. Any key of the site may.</summary>
    /// <param name="id">The group's name in routes.</param>
    internal static async Task<Results<Ok<GroupAnswer>, ProblemHttpResult>> GetAsync(Site site, string id, Database database, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        var rows = await GroupRows.ReadAsync(connection, site.Id, transaction: null, cancellation);
        return rows.SingleOrDefault(row => row.Id == id) is { } row ? TypedResults.Ok(GroupAnswer.From(row)) : NotFound();
    }

    /// <summary>Replaces a group: what is left out of its journey and stage, it has no more. Figures follow at once, and so do surveys for it.</summary>
    /// <param name="id">The group's name in routes.</param>
    internal static Task<Results<Ok<GroupAnswer>, ProblemHttpResult>> ReplaceAsync(
        Site site, string id, GroupRequest request, Database database, WidgetFiles files, Audit audit, CancellationToken cancellation) =>
        ApplyAsync(site, id, _ => request, database, files, audit, cancellation);

    /// <summary>Changes what is given of a group and leaves the rest. Figures follow at once, and so do surveys for it.</summary>
    /// <param name="id">The group's name in routes.</param>
    internal static Task<Results<Ok<GroupAnswer>, ProblemHttpResult>> ChangeAsync(
        Site site, string id, GroupRequest request, Database database, WidgetFiles files, Audit audit, CancellationToken cancellation) =>
        ApplyAsync(
            site,
            id,
            row => new GroupRequest
            {
                Name = request.Name ?? row.Name,
                Patterns = request.Patterns ?? row.PatternTexts,
                Journey = request.Journey ?? row.ToJourney(),
                Stage = request.Stage ?? row.Stage,
            },
            database,
            files,
            audit,
            cancellation);

    /// <summary>Removes a group; its touchpoints and their responses stay. A group that a survey is for is a conflict: change the survey first.</summary>
    /// <param name="id">The group's name in routes.</param>
    internal static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(Site site, string id, Database database, Audit audit, CancellationToken cancellation)
    {
        var conflicts = new FieldErrors();
        var wasThere = await database.WriteAsync(
            site.Id,
            async transaction =>
            {
                foreach (var survey in (await SurveyRows.ReadAllAsync(transaction, site.Id, cancellation)).Where(survey => survey.Where?.Groups?.Contains(id) == true))
                {
                    conflicts.Add("", $"The survey {survey.Id} is for this group.");
                }

                if (conflicts.Any || (await GroupRows.ReadAsync(transaction.Connection!, site.Id, transaction, cancellation)).SingleOrDefault(row => row.Id == id) is not { } group)
                {
                    return false;
                }

                await audit.WriteAsync(transaction, site.Id, Act.GroupRemoved, group.Name);
                return await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                    "delete from groups where site = @Site and id = @id", new { Site = site.Id, id }, transaction, cancellationToken: cancellation)) == 1;
            },
            cancellation);
        return conflicts.Any ? Problems.Invalid(conflicts, StatusCodes.Status409Conflict)
            : wasThere ? TypedResults.NoContent()
            : NotFound();
    }

    private static async Task<Results<Ok<GroupAnswer>, ProblemHttpResult>> ApplyAsync(
        Site site, string id, Func<GroupRow, GroupRequest> change, Database database, WidgetFiles files, Audit audit, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var changed = await GroupRows.ChangeAsync(
            database,
            site.Id,
            rows => rows.SingleOrDefault(row => row.Id == id) is { } row && Check(id, change(row), errors) is { } group
                ? GroupRow.Of(site.Id, group, row.CreatedAt)
                : null,
            audit,
            cancellation);
        files.Forget(site.Key);
        return errors.Any ? Problems.Invalid(errors) : changed is null ? NotFound() : TypedResults.Ok(GroupAnswer.From(changed));
    }

    private static TouchpointGroup? Check(string id, GroupRequest request, FieldErrors errors)
    {
        Require(request.Name, "/name", errors);
        Require(request.Patterns, "/patterns", errors);
        return TouchpointGroup.Check(id, request.Name ?? "-", request.Patterns ?? ["/"], request.Journey, request.Stage, errors);
    }

    private static void Require(object? given, string field, FieldErrors errors)
    {
        if (given is null)
        {
            errors.AddMalformed(field, "Is required.");
        }
    }

    private static ProblemHttpResult NotFound() => Problems.NotFound("There is no such group.");
}
