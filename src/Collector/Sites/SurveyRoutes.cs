using System.Globalization;
using Collector.Feedback;
using Collector.Storage;
using Collector.Surveys;
using Collector.Web;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Collector.Sites;

/// <summary>The surveys of a site: made, read, changed into new versions, shown, paused, removed.</summary>
public static class SurveyRoutes
{
    private const string Definition =
        """
        "show": { "exit": true }, "often": { "share": 0.25, "quietDaysAfterAnswer": 90 }
        """;

    private const string Question =
        """
        { "id": "price", "type": "choice", "text": { "en": "Is the price clear?" },
          "choices": [ { "id": "yes", "text": { "en": "Yes" } }, { "id": "no", "text": { "en": "No" } } ] }
        """;

    private const string Example =
        $$"""
        { "id": "checkout", "state": "draft", "version": 1, "versions": [ { "version": 1, "createdAt": "2026-11-22T09:30:00+00:00" } ],
          "priority": 0, "where": { "include": ["/checkout/**"] }, {{Definition}}, "questions": [{{Question}}],
          "labels": { "send": { "en": "Send" } }, "createdAt": "2026-11-22T09:30:00+00:00" }
        """;

    /// <summary>Maps the routes.</summary>
    public static void MapSurveys(this RouteGroupBuilder analysts)
    {
        var surveys = analysts.MapGroup("/v1/sites/{site}/surveys").WithTags("Surveys").RequireAuthorization(Scopes.Manage);

        surveys.MapPost("/", CreateAsync)
            .WithName("CreateSurvey").WithSummary("Make a survey").WithProblems(400, 404, 409, 413, 415, 422)
            .WithRequestExample($$"""
                { "id": "checkout", "where": { "include": ["/checkout/**"] }, {{Definition}}, "questions": [ { "standard": "ces-2" }, {{Question}} ] }
                """)
            .WithResponseExample(201, Example);

        surveys.MapGet("/", ListAsync)
            .WithName("ListSurveys").WithSummary("List the surveys").WithProblems(400, 404)
            .WithResponseExample(200, $$"""{ "items": [{{Example}}], "next": null }""");

        surveys.MapGet("/{id}", GetAsync)
            .WithName("GetSurvey").WithSummary("Read a survey").WithProblems(400, 404)
            .WithResponseExample(200, Example);

        surveys.MapGet("/{id}/versions/{version:int}", GetVersionAsync)
            .WithName("GetSurveyVersion").WithSummary("Read a version of a survey").WithProblems(400, 404)
            .WithResponseExample(200, $$"""{ "id": "checkout", "version": 1, {{Definition}}, "questions": [{{Question}}], "labels": { "send": { "en": "Send" } } }""");

        surveys.MapPut("/{id}", ReplaceAsync)
            .WithName("ReplaceSurvey").WithSummary("Replace a survey by a new version").WithProblems(400, 404, 409, 413, 415, 422)
            .WithRequestExample($$"""{ {{Definition}}, "questions": [ { "standard": "nps" } ] }""")
            .WithResponseExample(200, Example);

        surveys.MapPatch("/{id}", ChangeAsync)
            .WithName("ChangeSurvey").WithSummary("Change a survey, show it or pause it").WithProblems(400, 404, 409, 413, 415, 422)
            .WithRequestExample("""{ "state": "live" }""")
            .WithResponseExample(200, Example);

        surveys.MapDelete("/{id}", DeleteAsync)
            .WithName("DeleteSurvey").WithSummary("Remove a survey").WithProblems(400, 404);
    }

    /// <summary>
    /// Makes a survey. A question may be a standard one, with its texts. Several surveys may be live: which of them a visitor gets is decided by
    /// their rules and priorities. A site has at most 200.
    /// </summary>
    internal static async Task<Results<Created<SurveyAnswer>, ProblemHttpResult>> CreateAsync(
        Site site, NewSurvey request, SurveyChanges changes, Audit audit, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        if (request.Id is null)
        {
            errors.AddMalformed("/id", "Is required.");
        }
        else if (!Names.IsSlug(request.Id) || request.Id is "survey" or "new" or "explain")
        {
            errors.Add("/id", string.Create(CultureInfo.InvariantCulture, $"1 to {Names.Longest} lower-case letters, digits and '-', the first no '-'. 'survey', 'new' and 'explain' are taken: they mean something in pages and addresses."));
        }

        if (request.Questions is null)
        {
            errors.AddMalformed("/questions", "Is required.");
        }

        if (request.State is not (null or SurveyState.Draft or SurveyState.Live))
        {
            errors.Add("/state", "A new survey is draft or live.");
        }

        var survey = SurveyChanges.Check(request, SurveyChanges.Blank(site, request.Id ?? ""), site, errors);
        return errors.Any ? Problems.Invalid(errors) : await changes.AddAsync(site, survey, request.State ?? SurveyState.Draft, audit, cancellation);
    }

    /// <summary>Lists the site's surveys by id, each in its latest version. Retired ones are left out.</summary>
    internal static async Task<Results<Ok<SurveyList>, ProblemHttpResult>> ListAsync(
        Site site,
        [AsParameters] PagingQuery page,
        Database database,
        CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var paging = Paging.Read(page, errors);
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        await using var connection = await database.ReadAsync(cancellation);
        var (rows, next) = paging.Page(await SurveyRows.ListAsync(connection, site.Id, paging.After ?? "", paging.Limit + 1, cancellation), row => row.Id);
        return TypedResults.Ok(new SurveyList(await SurveyRows.WithVersionsAsync(connection, site.Id, rows, transaction: null, cancellation), next));
    }

    /// <summary>Reads a survey in its latest version, and says which versions there are. A retired one can still be read.</summary>
    /// <param name="id">The survey's name.</param>
    internal static async Task<Results<Ok<SurveyAnswer>, ProblemHttpResult>> GetAsync(Site site, string id, Database database, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        return await SurveyRows.ReadAsync(connection, site.Id, id, transaction: null, cancellation) is { } answer ? TypedResults.Ok(answer) : NotFound();
    }

    /// <summary>Reads what was asked in a version, as the widget was told it.</summary>
    /// <param name="id">The survey's name.</param>
    /// <param name="version">The version, from 1.</param>
    internal static async Task<Results<Ok<Survey>, ProblemHttpResult>> GetVersionAsync(
        Site site, string id, int version, Database database, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        var definition = await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
            "select definition from survey_versions where site = @Site and id = @id and version = @version",
            new { Site = site.Id, id, version },
            cancellationToken: cancellation));
        return definition is null ? Problems.NotFound("There is no such version of a survey.") : TypedResults.Ok(SurveyWrites.Read(definition));
    }

    /// <summary>
    /// Replaces what a survey asks, where, when and how often, by a new version: what is left out takes its default. What has not changed makes
    /// no new version.
    /// </summary>
    /// <param name="id">The survey's name.</param>
    internal static async Task<Results<Ok<SurveyAnswer>, ProblemHttpResult>> ReplaceAsync(
        Site site, string id, SurveyChange change, SurveyChanges changes, Audit audit, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        if (change.Questions is null)
        {
            errors.AddMalformed("/questions", "Is required.");
            return Problems.Invalid(errors);
        }

        return await changes.ApplyAsync(site, id, change, replaces: true, audit, cancellation) ?? NotFound();
    }

    /// <summary>
    /// Changes what is given of a survey and leaves the rest, as a new version; a change of its state alone makes none. A part that is
    /// given is replaced as a whole: <c>"where": {}</c> lets everybody be asked.
    /// </summary>
    /// <param name="id">The survey's name.</param>
    internal static async Task<Results<Ok<SurveyAnswer>, ProblemHttpResult>> ChangeAsync(
        Site site, string id, SurveyChange change, SurveyChanges changes, Audit audit, CancellationToken cancellation) =>
        await changes.ApplyAsync(site, id, change, replaces: false, audit, cancellation) ?? NotFound();

    /// <summary>Removes a survey. One that has responses is retired: it shows no more, its name stays taken, and its responses keep pointing to what was asked.</summary>
    /// <param name="id">The survey's name.</param>
    internal static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(Site site, string id, SurveyChanges changes, Audit audit, CancellationToken cancellation) =>
        await changes.RemoveAsync(site, id, audit, cancellation) ? TypedResults.NoContent() : NotFound();

    private static ProblemHttpResult NotFound() => Problems.NotFound("There is no such survey.");
}
