using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Collector.Feedback;
using Collector.Insights.Goals;
using Collector.Sites;
using Collector.Statistics;
using Collector.Storage;
using Collector.Web;
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
        [FromQuery(Name = "target")] string? target,
        [FromQuery(Name = "goal")] string? goal,
        [FromQuery(Name = "lang"), AllowedValues("en", "nl")] string? lang,
        [AsParameters] PagingQuery page,
        Selections selections,
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
        var language = FigureLanguage.Read(lang, site, errors);
        var paging = Paging.Read(page, errors);
        var after = Place.Parse(paging.After, errors);
        var wanted = ReadTarget(target, errors);
        if (target is not null && goal is not null)
        {
            errors.AddMalformed("goal", "Give either 'target' or 'goal'.");
        }

        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        var touchpoints = await ReadAsync(database, selection, cancellation);
        var names = touchpoints.Keys.ToList();
        var means = GroupMeans.Of(names.ConvertAll(name => touchpoints[name].Sums.Index));
        wanted ??= aim?.On(touchpoints.Values.SelectMany(answers => answers.Effort.Answered));
        if (wanted is null && goal is not null && means is not null)
        {
            errors.AddMalformed("goal", "Its target is in points of a scale, and the answers of this selection are not all on one that has it.");
            return Problems.Invalid(errors);
        }

        var reached = wanted ?? means?.Mean;
        var ranked = names.Zip(means?.Touchpoints ?? [], (name, mean) => (Mean: mean, Place: new Place(mean.Gain(reached!.Value), name)))
            .Where(entry => after is null || entry.Place.CompareTo(after) > 0)
            .OrderBy(entry => entry.Place);
        var (items, next) = paging.Page([.. ranked.Take(paging.Limit + 1)], entry => entry.Place.ToString());
        var all = touchpoints.Values.Aggregate(new CellCount(), (sum, each) => new CellCount(sum.Answers + each.Sums.Count.Answers, sum.Difficult + each.Sums.Count.Difficult));
        var words = await IntentWords.ReadAsync(connection, site.Id, language, cancellation);
        return TypedResults.Ok(new PriorityList
        {
            From = selection.From,
            To = selection.To,
            Answers = all.Answers,
            Mean = means?.Mean,
            Target = reached,
            Goal = wanted is null ? null : aim?.Goal,
            Items = [.. items.Select(entry => new PriorityFigure
            {
                Touchpoint = entry.Place.Name,
                Answers = entry.Mean.Answers,
                Ces = CesFigure.Of(touchpoints[entry.Place.Name].Effort, site.MinimumAnswers),
                ShrunkMean = entry.Mean.Shrunk,
                ProbabilityBelowTarget = entry.Mean.ProbabilityBelow(reached!.Value),
                Gain = entry.Place.Gain,
                Reasons = PriorityReasons.Of(touchpoints[entry.Place.Name], all, site.MinimumAnswers, words, language),
            })],
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

    // Those that have effort scores.
    private static async Task<Dictionary<string, TouchpointAnswers>> ReadAsync(Database database, Selection selection, CancellationToken cancellation)
    {
        var touchpoints = new Dictionary<string, TouchpointAnswers>(StringComparer.Ordinal);
        await foreach (var counts in TouchpointIntent.ReadAsync(database, selection, cancellation))
        {
            if (!touchpoints.TryGetValue(counts.Touchpoint, out var answers))
            {
                touchpoints[counts.Touchpoint] = answers = new TouchpointAnswers();
            }

            answers.Add(counts);
        }

        return touchpoints.Where(entry => entry.Value.Sums.Count.Answers > 0).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>A place in the ranking: most gain first, equals by name.</summary>
    private sealed record Place(double Gain, string Name) : IComparable<Place>
    {
        public static Place? Parse(string? text, FieldErrors errors)
        {
            if (text is null)
            {
                return null;
            }

            var space = text.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0 && double.TryParse(text.AsSpan(0, space), CultureInfo.InvariantCulture, out var gain))
            {
                return new Place(gain, text[(space + 1)..]);
            }

            errors.AddMalformed("cursor", "Not a cursor that came with this list.");
            return null;
        }

        public int CompareTo(Place? other) => other is null ? 1
            : other.Gain.CompareTo(Gain) is var byGain and not 0 ? byGain
            : string.CompareOrdinal(Name, other.Name);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Gain:R} {Name}");
    }
}
