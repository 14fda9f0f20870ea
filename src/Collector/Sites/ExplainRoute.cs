using Collector.Feedback;
using Collector.Storage;
using Collector.Surveys;
using Collector.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Collector.Sites;

/// <summary>Which survey a visitor of a page would get, and why.</summary>
public static class ExplainRoute
{
    private const int MostSurveys = 1_000;

    /// <summary>Maps the route.</summary>
    public static void MapExplain(this RouteGroupBuilder analysts) => analysts.MapGet("/v1/sites/{site}/explain", ExplainAsync)
        .WithTags("Surveys").RequireAuthorization()
        .WithName("ExplainSurveys").WithSummary("Which survey a visitor would get, and why").WithProblems(400, 404)
        .WithResponseExample(200,
            """
            { "page": "shop.example/checkout/pay", "survey": null, "surveys": [ {
                "survey": "checkout", "version": 3, "priority": 10,
                "rules": [ { "rule": "live", "passed": true }, { "rule": "perDay", "passed": true }, { "rule": "include", "passed": true },
                           { "rule": "share", "passed": false } ] } ] }
            """);

    /// <summary>
    /// Says which survey would show by itself to a visitor of a page, and for each survey of the site, in order of priority, which of its rules
    /// hold: the first survey of which all do wins. It decides as the widget does on the page. Any key of the site may ask.
    /// </summary>
    internal static Task<Results<Ok<Explanation>, ProblemHttpResult>> ExplainAsync(
        Site site, [AsParameters] ExplainQuery query, HttpRequest request, Database database, TimeProvider time, CancellationToken cancellation) =>
        ForAsync(site, query, request.Query, database, time, cancellation);

    /// <summary>The same for a visitor that is described elsewhere than in the request's address.</summary>
    internal static async Task<Results<Ok<Explanation>, ProblemHttpResult>> ForAsync(
        Site site, ExplainQuery query, IQueryCollection families, Database database, TimeProvider time, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        if (query.Read(site, families, errors) is not { } facts)
        {
            return Problems.Invalid(errors);
        }

        await using var connection = await database.ReadAsync(cancellation);
        var rows = await SurveyRows.ListAsync(connection, site.Id, after: "", MostSurveys, cancellation);
        var surveys = (await SurveyGroups.ExpandAsync(connection, site.Id, [.. rows.Select(row => SurveyWrites.Read(row.Definition))], cancellation))
            .ToDictionary(survey => survey.Id);
        var live = rows.Where(row => row.ToState() == SurveyState.Live).Select(row => row.Id).ToHashSet();
        var full = await DayTargets.ReachedAsync(connection, site.Id, [.. surveys.Values], site.DayOf(time.GetUtcNow()), cancellation);

        // These two hold before anything reaches the page: what is not live, or has had its answers, is not among the widget's settings.
        List<ExplainedSurvey> explained = [.. Decision.Of(surveys.Values, facts).Surveys.Select(outcome => new ExplainedSurvey(
            outcome.Survey,
            surveys[outcome.Survey].Version,
            surveys[outcome.Survey].Priority,
            [new("live", live.Contains(outcome.Survey)), new("perDay", !full.Contains(outcome.Survey)), .. outcome.Rules]))];
        return TypedResults.Ok(new Explanation(facts.Page.ToString(), explained.Find(survey => survey.Rules.All(rule => rule.Passed))?.Survey, explained));
    }
}

/// <summary>Which survey a visitor would get, and why.</summary>
/// <param name="Page">The page, in the form that patterns are held against.</param>
/// <param name="Survey">The survey that would show by itself; null when none would.</param>
/// <param name="Surveys">The site's surveys in order of priority, with what became of their rules.</param>
public sealed record Explanation(string Page, string? Survey, IReadOnlyList<ExplainedSurvey> Surveys);

/// <summary>A survey, and what became of its rules.</summary>
/// <param name="Survey">Its name.</param>
/// <param name="Version">Its latest version.</param>
/// <param name="Priority">The highest is asked first.</param>
/// <param name="Rules">
/// Each rule: <c>live</c>, <c>perDay</c>, <c>include</c> (the pages of its groups with it), <c>exclude</c>, <c>devices</c>, <c>languages</c>, <c>tags</c>, <c>trigger</c> (something
/// makes it show by itself), <c>pages</c>, <c>share</c>, <c>privacySignal</c>, <c>visit</c> (one survey per visit),
/// <c>quietDaysAfterAnswer</c>, <c>quietDaysAfterDismissal</c>, <c>siteQuietDays</c>.
/// </param>
public sealed record ExplainedSurvey(string Survey, int Version, int Priority, IReadOnlyList<RuleOutcome> Rules);
