using System.Text.Json.Serialization;
using Collector.Feedback;
using Collector.Insights.Changes;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Collector.Insights;

/// <summary>The Net Promoter Score of a selection.</summary>
public static class NpsRoute
{
    /// <summary>Maps the route.</summary>
    public static void MapNps(this RouteGroupBuilder figures) => figures.MapGet("/nps", GetAsync)
        .WithName("GetNps").WithSummary("The Net Promoter Score").WithProblems(400, 404)
        .WithResponseExample(200,
            """
            { "from": "2026-10-26", "to": "2026-11-22",
              "nps": { "answers": 208, "score": 22.6, "interval": { "low": 11.8, "high": 33.1 },
                       "promoters": { "share": 0.452, "low": 0.386, "high": 0.520 }, "passives": { "share": 0.322, "low": 0.262, "high": 0.388 },
                       "critics": { "share": 0.226, "low": 0.174, "high": 0.288 },
                       "distribution": { "0": 4, "1": 2, "2": 3, "3": 5, "4": 6, "5": 12, "6": 15, "7": 31, "8": 36, "9": 51, "10": 43 }, "enough": true, "formula": "nps-1" },
              "suspect": { "responses": 9, "share": 0.0075 } }
            """);

    /// <summary>How likely visitors are to recommend, over the days and for the filters given: promoters (9 and 10) less critics (0 to 6). What a bot seems to have answered is left out, and told apart.</summary>
    internal static async Task<Results<Ok<NpsAnswer>, ProblemHttpResult>> GetAsync(
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
        var scores = await ScoreReading.ReadAsync(connection, selection, "nps", breakdown, cancellation);
        return TypedResults.Ok(new NpsAnswer
        {
            From = selection.From,
            To = selection.To,
            Touchpoint = query.Page is null ? null : selection.Touchpoint,
            Nps = NpsFigure.Of(scores.All, site.MinimumAnswers),
            Suspect = scores.Suspect,
            Breakdown = parts.By is null ? null : [.. scores.Parts.Select(part => new NpsPart(part.Key, NpsFigure.Of(part.Counts, site.MinimumAnswers)))],
            Changes = await ChangeMarks.ReadAsync(connection, selections, site, selection, parts, cancellation),
        });
    }
}

/// <summary>The Net Promoter Score of a selection.</summary>
public sealed record NpsAnswer
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
    public required NpsFigure Nps { get; init; }

    /// <summary>What a bot seems to have given in the same selection; no figure counts it.</summary>
    public required SuspectFigure Suspect { get; init; }

    /// <summary>The figure of each part, by key, where <c>by</c> was given. Parts without answers are not in it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<NpsPart>? Breakdown { get; init; }

    /// <summary>What was changed on these days and touches the selection, in order, at most 500: for the trend. Left out unless it is broken down by day, week or month.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChangeMark>? Changes { get; init; }
}

/// <summary>One part of a breakdown.</summary>
/// <param name="Key">The day, touchpoint, intent …; null for the answers of visitors who did not tell.</param>
/// <param name="Nps">Its figure.</param>
public sealed record NpsPart(string? Key, NpsFigure Nps);
