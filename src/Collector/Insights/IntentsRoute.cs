using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Collector.Insights;

/// <summary>What the visitors of a selection came for, and how each of these went.</summary>
public static class IntentsRoute
{
    /// <summary>Maps the route.</summary>
    public static void MapIntents(this RouteGroupBuilder figures) => figures.MapGet("/intents", GetAsync)
        .WithName("ListIntents").WithSummary("What visitors came for").WithProblems(400, 404)
        .WithResponseExample(200,
            """
            { "from": "2026-10-26", "to": "2026-11-22", "items": [ {
                "intent": "contact", "responses": 12, "share": 1,
                "success": { "answers": 10, "share": 0.4, "low": 0.17, "high": 0.69 },
                "ces": { "answers": 12, "mean": 3.5, "meanInterval": { "low": 2.45, "high": 4.55 }, "index": 41.7,
                         "easy": { "share": 0.25, "low": 0.09, "high": 0.53 }, "difficult": { "share": 0.5, "low": 0.25, "high": 0.75 },
                         "net": -0.25, "distribution": { "1": 1, "2": 2, "3": 3, "4": 3, "5": 2, "6": 1, "7": 0 },
                         "scale": { "min": 1, "max": 7, "easy": "high" }, "enough": true, "formula": "ces-1" } } ],
              "suspect": { "responses": 9, "share": 0.0075 } }
            """);

    /// <summary>What visitors came for, and for each of these how often it worked out and how easy they found it. The intent of a visit counts for all its responses.</summary>
    internal static async Task<Results<Ok<IntentList>, ProblemHttpResult>> GetAsync(
        Site site, [AsParameters] SelectionQuery query, Selections selections, Database database, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var selection = await selections.ReadAsync(query, site, errors, cancellation);
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        var intents = await ReadAsync(database, selection, cancellation);
        var told = intents.Where(intent => intent.Key.Length > 0).Sum(intent => intent.Value.Responses);
        return TypedResults.Ok(new IntentList
        {
            From = selection.From,
            To = selection.To,
            Items = [.. intents
                .Where(intent => intent.Value.Responses > 0)
                .OrderBy(intent => intent.Key.Length == 0).ThenByDescending(intent => intent.Value.Responses).ThenBy(intent => intent.Key, StringComparer.Ordinal)
                .Select(intent => IntentFigure.Of(intent.Key, intent.Value, told, site.MinimumAnswers))],
            Suspect = SuspectFigure.Of(intents.Values.Sum(counts => counts.Suspect), intents.Values.Sum(counts => counts.Shown)),
        });
    }

    private static async Task<Dictionary<string, Counts>> ReadAsync(Database database, Selection selection, CancellationToken cancellation)
    {
        var source = CellSource.Of(selection, Detail.Intent);
        var sql =
            $"""
            select cells.intent, {Counts.Columns}
            from {source.Table}
            where {source.Where}
            group by cells.intent, cells.scale
            """;
        await using var connection = await database.ReadAsync(cancellation);
        using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(sql, source.Parameters, cancellationToken: cancellation));
        var intents = new Dictionary<string, Counts>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellation))
        {
            var intent = rows.GetString(0);
            if (!intents.TryGetValue(intent, out var counts))
            {
                intents[intent] = counts = new Counts();
            }

            counts.AddRow(rows, 1);
        }

        return intents;
    }
}
