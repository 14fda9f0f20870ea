using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Collector.Feedback;
using Collector.Insights;
using Collector.Sites;
using Collector.Storage;
using Collector.Surveys;
using Collector.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Transfer;

/// <summary>Every figure as a flat table, for spreadsheets and dashboards of others.</summary>
public static class FiguresRoute
{
    private const string Csv = "text/csv; charset=utf-8";

    // A table of cells has no place for comments, so nobody is noted down as having read any.
    private static readonly ClaimsPrincipal WithoutComments = new();

    private static readonly string[] Known = ["ces", "nps", "csat", "touchpoints", "intents", "patterns", "priorities"];

    /// <summary>Maps the route.</summary>
    public static void MapFigureTables(this RouteGroupBuilder figures) => figures.MapGet("/figures.csv", GetAsync)
        .WithTags("Transfer")
        .WithName("GetFigureTable").WithSummary("A figure as a flat table").WithProblems(400, 404)
        .Produces<string>(StatusCodes.Status200OK, "text/csv");

    /// <summary>
    /// A figure as CSV that Excel, Power BI and Grafana read by its address, with the key in the header <c>Authorization</c>: the same as its route gives as JSON, to the last digit, with the filters that all figures share.
    /// A column is named by where its value stands there (<c>meanInterval.low</c>), with dots between; <c>from</c> and <c>to</c> come first, and then, where it is broken down, <c>key</c>. There is a row for each part of a breakdown, for each touchpoint, intent
    /// or cell of the patterns, all of them; otherwise there is one. The columns of a figure are always the same. Where there is no value, the cell is empty.
    /// </summary>
    /// <param name="figure"><c>ces</c>, <c>nps</c>, <c>csat</c>, <c>touchpoints</c>, <c>intents</c>, <c>patterns</c> or <c>priorities</c>. Only the first three can be broken down by <c>by</c>.</param>
    internal static async Task<Results<Utf8ContentHttpResult, ProblemHttpResult>> GetAsync(
        Site site,
        [FromQuery(Name = "figure"), Required, AllowedValues("ces", "nps", "csat", "touchpoints", "intents", "patterns", "priorities")] string? figure,
        [AsParameters] SelectionQuery query,
        [AsParameters] BreakdownQuery parts,
        Audit audit,
        Selections selections,
        SettledTotals settled,
        Database database,
        SurveyDirectory surveys,
        TimeProvider time,
        CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        if (figure is null || !Known.Contains(figure))
        {
            errors.AddMalformed("figure", $"One of: {string.Join(", ", Known)}.");
        }
        else if (parts.By is not null && figure is not ("ces" or "nps" or "csat"))
        {
            errors.AddMalformed("by", "Only ces, nps and csat can be broken down.");
        }

        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        var table = new FigureTable();
        var isBroken = parts.By is not null;
        var problem = figure switch
        {
            "ces" => Tell(
                await CesRoute.GetAsync(site, query, parts, selections, database, cancellation),
                answer => table.Add(answer.From, answer.To, FigureColumns.Parts(FigureColumns.Ces, isBroken), answer.Breakdown?.Select(part => (part.Key, part.Ces)) ?? [(null, answer.Ces)])),
            "nps" => Tell(
                await NpsRoute.GetAsync(site, query, parts, selections, database, cancellation),
                answer => table.Add(answer.From, answer.To, FigureColumns.Parts(FigureColumns.Nps, isBroken), answer.Breakdown?.Select(part => (part.Key, part.Nps)) ?? [(null, answer.Nps)])),
            "csat" => Tell(
                await CsatRoute.GetAsync(site, query, parts, selections, database, cancellation),
                answer => table.Add(answer.From, answer.To, FigureColumns.Parts(FigureColumns.Csat, isBroken), answer.Breakdown?.Select(part => (part.Key, part.Csat)) ?? [(null, answer.Csat)])),
            "touchpoints" => await TellAllAsync(
                page => TouchpointsRoute.GetAsync(site, query, sort: null, search: null, page, selections, settled, database, time, cancellation),
                answer => table.Add(answer.From, answer.To, FigureColumns.Touchpoints, answer.Items),
                answer => answer.Next),
            "intents" => Tell(
                await IntentsRoute.GetAsync(site, query, selections, database, cancellation),
                answer => table.Add(answer.From, answer.To, FigureColumns.Intents, answer.Items)),
            "patterns" => Tell(
                await PatternsRoute.GetAsync(site, query, lang: null, limit: null, WithoutComments, audit, selections, database, surveys, cancellation),
                answer => table.Add(answer.From, answer.To, FigureColumns.Cells(site.MinimumAnswers), answer.AllCells)),
            _ => await TellAllAsync(
                page => PrioritiesRoute.GetAsync(site, query, target: null, goal: null, lang: null, page, selections, settled, database, time, cancellation),
                answer => table.Add(answer.From, answer.To, FigureColumns.Priorities(answer.Target, answer.Formula), answer.Items),
                answer => answer.Next),
        };
        return problem is null ? TypedResults.Text(table.Bytes, Csv, statusCode: StatusCodes.Status200OK) : problem;
    }

    private static ProblemHttpResult? Tell<T>(Results<Ok<T>, ProblemHttpResult> result, Action<T> tell)
    {
        if (result.Result is not Ok<T> { Value: { } answer })
        {
            return (ProblemHttpResult)result.Result;
        }

        tell(answer);
        return null;
    }

    private static async Task<ProblemHttpResult?> TellAllAsync<T>(Func<PagingQuery, Task<Results<Ok<T>, ProblemHttpResult>>> read, Action<T> tell, Func<T, string?> next)
    {
        string? cursor = null;
        do
        {
            var problem = Tell(await read(new PagingQuery { Limit = "500", Cursor = cursor }), answer =>
            {
                tell(answer);
                cursor = next(answer);
            });
            if (problem is not null)
            {
                return problem;
            }
        }
        while (cursor is not null);
        return null;
    }
}
