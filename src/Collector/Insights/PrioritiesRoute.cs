using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using System.Globalization;
using Collector.Feedback;
using Collector.Insights.Goals;
using Collector.Sites;
using Collector.Statistics;
using Collector.Storage;
using Collector.Web;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Insights;

/// <summary>The touchpoints whose improvement would bring most.</summary>
public static class PrioritiesRoute
{
    /// <summary>Maps the route.</summary>
    public static void MapPriorities(this RouteGroupBuilder figures) => figures.MapGet("/priorities", GetAsync)
        .WithName("ListPriorities").WithSummary("What to improve first").WithProblems(400, 404)
        .WithResponseExample(200,
            """
            { "from": "2026-10-26", "to": "2026-11-22", "answers": 1681, "mean": 61.4, "target": 70, "goal": "0199f1c27b3a7c3e9d550123456789ab", "items": [ {
                "touchpoint": "shop.example/contact", "answers": 312,
                "ces": { "answers": 312, "mean": 3.9, "meanInterval": { "low": 3.69, "high": 4.11 }, "index": 48.3,
                         "easy": { "share": 0.38, "low": 0.33, "high": 0.43 }, "difficult": { "share": 0.41, "low": 0.36, "high": 0.47 },
                         "net": -0.03, "distribution": { "1": 30, "2": 45, "3": 53, "4": 66, "5": 60, "6": 38, "7": 20 },
                         "scale": { "min": 1, "max": 7, "easy": "high" }, "enough": true, "formula": "ces-1" },
                "shrunkMean": 49.1, "probabilityBelowTarget": 1, "gain": 3.88,
                "reasons": [ "41 % found it hard, against 32 % elsewhere", "61 of the 128 who found it hard came for “Make a complaint”", "It worked out for 44 % of 270 who told" ] } ],
              "next": null, "formula": "priorities-1" }
            """);

    /// <summary>
    /// Ranks the touchpoints by gain: by how much the mean of the selection would rise if one of them came up to the target. Each mean is shrunk to that of the selection, so
    /// that a few awful answers do not outrank many bad ones. Everything is worked out on the index of 0 to 100, so that answers on different scales rank
    /// together. Touchpoints without gain come last, by name.
    /// </summary>
    /// <param name="target">
    /// The mean that every touchpoint should have, in index points, 0 to 100. By default that of the site's goal: of its goals of <c>ces</c> or <c>index</c> for all responses whose
    /// date has not passed, the weightiest. Without one, the mean of the selection: what lies below it draws it down.
    /// </param>
    /// <param name="goal">
    /// The id of a goal of <c>ces</c> or <c>index</c>, which gives the target, and each filter that the query leaves out. Not together with <c>target</c>.
    /// </param>
    /// <param name="lang">The language of the reasons: <c>en</c> or <c>nl</c>. By default the first of the site's that it can be, or else English.</param>
    internal static async Task<Results<Ok<PriorityList>, ProblemHttpResult>> GetAsync(
        Site site,
        [AsParameters] SelectionQuery query,
        [FromQuery(Name = "target"), Range(0d, 100d)] string? target,
        [FromQuery(Name = "goal")] string? goal,
        [FromQuery(Name = "lang"), AllowedValues("en", "nl")] string? lang,
        [AsParameters] PagingQuery page,
        Selections selections,
        SettledTotals settled,
        Database database,
        TimeProvider time,
        CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        await using var connection = await database.ReadAsync(cancellation);
        var aim = goal is not null ? await EaseTarget.OfAsync(connection, site, goal, errors, cancellation)
            : target is null ? await EaseTarget.OfSiteAsync(connection, site, time.GetUtcNow(), cancellation)
            : null;
        var selection = await selections.ReadAsync(aim?.Selects.FillIn(query) ?? query, site, errors, cancellation);
        var language = SentenceLanguage.Read(lang, site, errors);
        var paging = Paging.Read(page, errors);
        var after = Position.Parse(paging.After, errors);
        var wanted = ReadTarget(target, errors);
        if (target is not null && goal is not null)
        {
            errors.AddMalformed("goal", "Give either 'target' or 'goal'.");
        }

        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        var answered = (await TouchpointSums.ReadAsync(connection, settled, selection, withScores: true, cancellation)).Where(touchpoint => touchpoint.Index.Answers > 0).ToList();
        var means = GroupMeans.Of(answered.ConvertAll(touchpoint => touchpoint.Index));
        var effort = await CountAsync(connection, selection, cancellation);
        wanted ??= aim?.On(effort.Answered);
        if (wanted is null && goal is not null && means is not null)
        {
            errors.AddMalformed("goal", "Its target is in points of a scale, and the answers of this selection are not all on one that has it.");
            return Problems.Invalid(errors);
        }

        var reached = wanted ?? means?.Mean;
        var meanOf = answered.Zip(means?.Touchpoints ?? []).ToDictionary(entry => entry.First.Number, entry => entry.Second);
        var (items, next) = await Ranking.PageAsync(
            connection, selection, answered.Select(touchpoint => (touchpoint, -meanOf[touchpoint.Number].Gain(reached!.Value))), after, paging, cancellation);
        var all = EaseSums.Of(effort).Count;
        var touchpoints = await ReadAsync(database, selection.Of(items.Select(item => item.Sums.Number)), cancellation);
        var words = await IntentWords.ReadAsync(connection, site.Id, language, cancellation);
        return TypedResults.Ok(new PriorityList
        {
            From = selection.From,
            To = selection.To,
            Answers = all.Answers,
            Mean = means?.Mean,
            Target = reached,
            Goal = wanted is null ? null : aim?.Goal,

            // What has gone since the ranking was made is left out.
            Items = [.. from item in items
                        where touchpoints.ContainsKey(item.Sums.Number)
                        let mean = meanOf[item.Sums.Number]
                        select new PriorityFigure
                        {
                            Touchpoint = item.At.Name,
                            Answers = mean.Answers,
                            Ces = CesFigure.Of(touchpoints[item.Sums.Number].Effort, site.MinimumAnswers),
                            ShrunkMean = mean.Shrunk,
                            ProbabilityBelowTarget = mean.ProbabilityBelow(reached!.Value),
                            Gain = mean.Gain(reached.Value),
                            Reasons = PriorityReasons.Of(touchpoints[item.Sums.Number], all, site.MinimumAnswers, words, language),
                        }],
            Next = next,
            Formula = "priorities-1",
        });
    }

    private static double? ReadTarget(string? text, FieldErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var target) && target <= 100)
        {
            return target;
        }

        errors.AddMalformed("target", "A number from 0 to 100, such as 70 or 62.5.");
        return null;
    }

    // The effort scores of the whole selection.
    private static async Task<EffortCounts> CountAsync(DbConnection connection, Selection selection, CancellationToken cancellation)
    {
        var source = CellSource.Of(selection, Detail.None);
        var sql =
            $"""
            select cells.scale, {EffortCounts.Columns}
            from {source.Table}
            where {source.Where}
            group by cells.scale
            """;
        using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(sql, source.Parameters, cancellationToken: cancellation));
        var all = new EffortCounts();
        while (await rows.ReadAsync(cancellation))
        {
            all.AddRow(rows.GetString(0), rows, 1);
        }

        return all;
    }

    private static async Task<Dictionary<long, TouchpointAnswers>> ReadAsync(Database database, Selection selection, CancellationToken cancellation)
    {
        var touchpoints = new Dictionary<long, TouchpointAnswers>();
        await foreach (var counts in TouchpointIntent.ReadAsync(database, selection, cancellation))
        {
            if (!touchpoints.TryGetValue(counts.Number, out var answers))
            {
                touchpoints[counts.Number] = answers = new TouchpointAnswers();
            }

            answers.Add(counts);
        }

        return touchpoints;
    }
}
