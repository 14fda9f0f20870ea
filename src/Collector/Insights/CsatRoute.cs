using System.Text.Json.Serialization;
using Collector.Feedback;
using Collector.Insights.Changes;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Collector.Insights;

/// <summary>Customer satisfaction of a selection.</summary>
public static class CsatRoute
{
    /// <summary>Maps the route.</summary>
    public static void MapCsat(this RouteGroupBuilder figures) => figures.MapGet("/csat", GetAsync)
        .WithName("GetCsat").WithSummary("Customer satisfaction").WithProblems(400, 404)
        .WithResponseExample(200,
            """
            { "from": "2026-10-26", "to": "2026-11-22",
              "csat": { "answers": 208, "index": 71.4, "indexInterval": { "low": 67.9, "high": 74.9 }, "topTwo": { "share": 0.702, "low": 0.637, "high": 0.760 },
                        "distribution": { "1": 12, "2": 18, "3": 32, "4": 72, "5": 74 }, "enough": true, "formula": "csat-1" },
              "suspect": { "responses": 9, "share": 0.0075 } }
            """);

    /// <summary>How satisfied visitors are, over the days and for the filters given: the mean as an index from 0 to 100, and the share of the two highest scores. What a bot seems to have answered is left out, and told apart.</summary>
    internal static async Task<Results<Ok<CsatAnswer>, ProblemHttpResult>> GetAsync(
        Site site,
        [AsParameters] SelectionQuery query,
        [AsParameters] BreakdownQuery parts,
        Selections selections,
        Database database,
        CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var selection = await selections.ReadAsync(query, site, errors, cancellation);
        var breakdown = await selections.ReadAsync(parts, site, errors, cancellation);
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        await using var connection = await database.ReadAsync(cancellation);
        var scores = await ScoreReading.ReadAsync(connection, selection, "csat", breakdown, cancellation);
        return TypedResults.Ok(new CsatAnswer
        {
            From = selection.From,
            To = selection.To,
            Touchpoint = query.Page is null ? null : selection.Touchpoint,
            Csat = CsatFigure.Of(scores.All, site.MinimumAnswers),
            Suspect = scores.Suspect,
            Breakdown = parts.By is null ? null : [.. scores.Parts.Select(part => new CsatPart(part.Key, CsatFigure.Of(part.Counts, site.MinimumAnswers)))],
            Changes = await ChangeMarks.ReadAsync(connection, selections, site, selection, parts, cancellation),
        });
    }
}

/// <summary>Customer satisfaction of a selection.</summary>
public sealed record CsatAnswer
{
    /// <summary>The first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day, included.</summary>
    public required DateOnly To { get; init; }

    /// <summary>
    /// Where a <c>page</c> was given, the touchpoint that it belongs to. <c>{other}</c> where it came after the site had all the touchpoints it may have: then the figure is that of
    /// all such pages together. Otherwise left out.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Touchpoint { get; init; }

    /// <summary>The figure of the whole selection.</summary>
    public required CsatFigure Csat { get; init; }

    /// <summary>What a bot seems to have given in the same selection; no figure counts it.</summary>
    public required SuspectFigure Suspect { get; init; }

    /// <summary>The figure of each part, by key, where <c>by</c> was given. Parts without answers are not in it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CsatPart>? Breakdown { get; init; }

    /// <summary>What was changed on these days and touches the selection, in order, at most 500: for the trend. Left out unless it is broken down by day, week or month.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChangeMark>? Changes { get; init; }
}

/// <summary>One part of a breakdown.</summary>
/// <param name="Key">The day, touchpoint, intent …; null for the answers of visitors who did not tell.</param>
/// <param name="Csat">Its figure.</param>
public sealed record CsatPart(string? Key, CsatFigure Csat);
