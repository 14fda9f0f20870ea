using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Insights;

/// <summary>The Customer Effort Score of a selection.</summary>
public static class CesRoute
{
    // What a figure can be broken down by, and the column that tells it.
    private static readonly Dictionary<string, string> Breakdowns = new(StringComparer.Ordinal)
    {
        ["day"] = "cells.day",
        ["touchpoint"] = "touchpoints.name",
        ["intent"] = "cells.intent",
        ["success"] = "cells.success",
        ["device"] = "cells.device",
        ["language"] = "cells.language",
        ["survey"] = "cells.survey",
    };

    /// <summary>Maps the route.</summary>
    public static void MapCes(this RouteGroupBuilder figures) => figures.MapGet("/ces", GetAsync)
        .WithName("GetCes").WithSummary("The Customer Effort Score").WithProblems(400, 404)
        .WithResponseExample(200,
            """
            { "from": "2026-10-26", "to": "2026-11-22",
              "ces": { "answers": 412, "mean": 4.81, "meanInterval": { "low": 4.62, "high": 5.00 }, "index": 63.5,
                       "easy": { "share": 0.61, "low": 0.56, "high": 0.66 }, "difficult": { "share": 0.22, "low": 0.18, "high": 0.26 },
                       "net": 0.39, "distribution": { "1": 12, "2": 31, "3": 48, "4": 70, "5": 90, "6": 91, "7": 70 },
                       "scale": { "min": 1, "max": 7, "easy": "high" }, "enough": true, "formula": "ces-1" },
              "suspect": { "responses": 9, "share": 0.0075 } }
            """);

    /// <summary>How easy visitors found it, over the days and for the filters given; n and intervals come with it. What a bot seems to have answered is left out, and told apart.</summary>
    /// <param name="by">Breaks it down by <c>day</c>, <c>touchpoint</c>, <c>intent</c>, <c>success</c>, <c>device</c>, <c>language</c> or <c>survey</c>.</param>
    internal static async Task<Results<Ok<CesAnswer>, ProblemHttpResult>> GetAsync(
        Site site,
        [AsParameters] SelectionQuery query,
        [FromQuery(Name = "by"), AllowedValues("day", "touchpoint", "intent", "success", "device", "language", "survey")] string? by,
        Database database,
        TimeProvider time,
        CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var selection = Selection.Read(query, site, time.GetUtcNow(), errors);
        if (by is not null && !Breakdowns.ContainsKey(by))
        {
            errors.AddMalformed("by", $"One of: {string.Join(", ", Breakdowns.Keys)}.");
        }

        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        var (parts, suspect) = await ReadAsync(database, selection, by, cancellation);
        var all = new EffortCounts();
        foreach (var part in parts)
        {
            all.Add(part.Effort);
        }

        return TypedResults.Ok(new CesAnswer
        {
            From = selection.From,
            To = selection.To,
            Ces = CesFigure.Of(all, site.MinimumAnswers),
            Suspect = suspect,
            Breakdown = by is null ? null : [.. parts.Select(part => new CesPart(part.Key, CesFigure.Of(part.Effort, site.MinimumAnswers)))],
        });
    }

    private static async Task<(List<Part> Parts, SuspectFigure Suspect)> ReadAsync(Database database, Selection selection, string? by, CancellationToken cancellation)
    {
        var key = by is null ? "''" : Breakdowns[by];
        var sql =
            $"""
            select {key} as key, cells.scale, cast(sum(cells.shown) as bigint) as shown, cast(sum(cells.suspect) as bigint) as suspect, {EffortCounts.Columns}
            from cells
            {(by == "touchpoint" ? "join touchpoints on touchpoints.site = cells.site and touchpoints.number = cells.touchpoint" : "")}
            where {selection.Where}
            group by 1, cells.scale
            order by 1
            """;
        await using var connection = await database.ReadAsync(cancellation);
        await using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(sql, selection, cancellationToken: cancellation));
        var parts = new List<Part>();
        var (shown, suspect) = (0L, 0L);
        while (await rows.ReadAsync(cancellation))
        {
            shown += rows.GetInt64(2);
            suspect += rows.GetInt64(3);
            if (rows.GetString(1).Length == 0 || rows.GetInt64(2) == 0)
            {
                continue; // Nobody answered here, or bots alone.
            }

            var name = by == "day" ? DayNumber.ToDay(rows.GetInt32(0)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : rows.GetString(0);
            if (parts.Count == 0 || parts[^1].Name != name)
            {
                parts.Add(new Part(name, new EffortCounts()));
            }

            parts[^1].Effort.AddRow(rows.GetString(1), rows, 4);
        }

        return (parts, SuspectFigure.Of(suspect, shown));
    }

    private sealed record Part(string Name, EffortCounts Effort)
    {
        // An empty text in the cells means that it was not told.
        public string? Key => Name.Length == 0 ? null : Name;
    }
}

/// <summary>The Customer Effort Score of a selection.</summary>
public sealed record CesAnswer
{
    /// <summary>The first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day, included.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The figure of the whole selection.</summary>
    public required CesFigure Ces { get; init; }

    /// <summary>What a bot seems to have given in the same selection; no figure counts it.</summary>
    public required SuspectFigure Suspect { get; init; }

    /// <summary>The figure of each part, by key, where <c>by</c> was given. Parts without answers are not in it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CesPart>? Breakdown { get; init; }
}

/// <summary>One part of a breakdown.</summary>
/// <param name="Key">The day, touchpoint, intent …; null for the answers of visitors who did not tell.</param>
/// <param name="Ces">Its figure.</param>
public sealed record CesPart(string? Key, CesFigure Ces);
