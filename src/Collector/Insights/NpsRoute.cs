using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

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
    /// <param name="by">
    /// Breaks it down by <c>day</c>, <c>week</c> (of ISO 8601, such as 2026-W47), <c>month</c> (2026-11), <c>touchpoint</c>, <c>group</c>, <c>stage</c>, <c>intent</c>,
    /// <c>success</c>, <c>device</c>, <c>language</c> or <c>survey</c>. Where a touchpoint is in several groups, its answers count in each of them, and once at each
    /// stage.
    /// </param>
    internal static async Task<Results<Ok<NpsAnswer>, ProblemHttpResult>> GetAsync(
        Site site,
        [AsParameters] SelectionQuery query,
        [FromQuery(Name = "by"), AllowedValues("day", "week", "month", "touchpoint", "group", "stage", "intent", "success", "device", "language", "survey")] string? by,
        Selections selections,
        Memberships memberships,
        Database database,
        CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var selection = await selections.ReadAsync(query, site, errors, cancellation);
        if (by is not null && !Breakdown.Names.Contains(by))
        {
            errors.AddMalformed("by", $"One of: {string.Join(", ", Breakdown.Names)}.");
        }

        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        await using var connection = await database.ReadAsync(cancellation);
        var groups = Breakdown.NeedsGroups(by) ? await memberships.OfAsync(connection, site.Id, _ => true, cancellation) : [];
        var scores = await ScoreReading.ReadAsync(connection, selection, "nps", Breakdown.By(by, groups), cancellation);
        return TypedResults.Ok(new NpsAnswer
        {
            From = selection.From,
            To = selection.To,
            Nps = NpsFigure.Of(scores.All, site.MinimumAnswers),
            Suspect = scores.Suspect,
            Breakdown = by is null ? null : [.. scores.Parts.Select(part => new NpsPart(part.Key, NpsFigure.Of(part.Counts, site.MinimumAnswers)))],
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

    /// <summary>The figure of the whole selection.</summary>
    public required NpsFigure Nps { get; init; }

    /// <summary>What a bot seems to have given in the same selection; no figure counts it.</summary>
    public required SuspectFigure Suspect { get; init; }

    /// <summary>The figure of each part, by key, where <c>by</c> was given. Parts without answers are not in it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<NpsPart>? Breakdown { get; init; }
}

/// <summary>One part of a breakdown.</summary>
/// <param name="Key">The day, touchpoint, intent …; null for the answers of visitors who did not tell.</param>
/// <param name="Nps">Its figure.</param>
public sealed record NpsPart(string? Key, NpsFigure Nps);
