using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Collector.Feedback;
using Collector.Insights.Changes;
using Collector.Sites;
using Collector.Statistics;
using Collector.Storage;
using Collector.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Insights.Goals;

/// <summary>How the figure of a goal got where it stands.</summary>
public static class GoalHistoryRoute
{
    private static readonly string[] Periods = ["day", "week", "month"];

    /// <summary>Maps the route.</summary>
    public static void MapGoalHistory(this RouteGroupBuilder goals) => goals.MapGet("/{id}/history", GetAsync).RequireAuthorization(Scopes.Read).WithFigureTag()
        .WithName("GetGoalHistory").WithSummary("How a goal's figure got where it stands").WithProblems(400, 404)
        .WithResponseExample(200,
            """
            { "from": "2026-10-26", "to": "2026-11-22", "metric": "success",
              "items": [ { "key": "2026-W44", "answers": 96, "value": 0.58, "interval": { "low": 0.48, "high": 0.68 } },
                         { "key": "2026-W45", "answers": 103, "value": 0.63, "interval": { "low": 0.53, "high": 0.72 } } ],
              "changes": [ { "id": "0199f1c27b3a7c3e9d550123456789ab", "date": "2026-11-02", "title": "The form asks for less" } ] }
            """);

    /// <summary>The figure that a goal is about, by day, week or month: made from the same answers and by the same formula as where it stands, with what was changed meanwhile.</summary>
    /// <param name="id">The goal's id.</param>
    /// <param name="from">The first day, in the site's time zone, as <c>yyyy-MM-dd</c>. By default 27 days before <c>to</c>.</param>
    /// <param name="to">The last day, included. By default today.</param>
    /// <param name="by">What a part is: <c>day</c>, <c>week</c> (of ISO 8601, such as 2026-W47) or <c>month</c> (2026-11). By default <c>day</c>.</param>
    internal static async Task<Results<Ok<GoalHistory>, ProblemHttpResult>> GetAsync(
        Site site,
        string id,
        [FromQuery(Name = "from"), DataType(DataType.Date)] string? from,
        [FromQuery(Name = "to"), DataType(DataType.Date)] string? to,
        [FromQuery(Name = "by"), AllowedValues("day", "week", "month")] string? by,
        Selections selections,
        Database database,
        TimeProvider time,
        CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var today = site.DayOf(time.GetUtcNow());
        var days = Selection.Read(SavedSelection.Everything.ToQuery(today, today) with { From = from, To = to }, site, time.GetUtcNow(), errors);
        by ??= "day";
        if (!Periods.Contains(by))
        {
            errors.AddMalformed("by", $"One of: {string.Join(", ", Periods)}.");
        }

        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        await using var connection = await database.ReadAsync(cancellation);
        if (await GoalRows.FindAsync(connection, site.Id, id, transaction: null, cancellation) is not { } goal)
        {
            return GoalRoutes.NotFound();
        }

        var (all, parts) = (new GoalCounts(), new SortedDictionary<string, GoalCounts>(StringComparer.Ordinal));
        IReadOnlyList<ChangeMark> changes = [];
        if (await goal.Selects.OverAsync(days.From, days.To, site, selections, cancellation) is { } selection)
        {
            await GoalReading.AddDaysAsync(connection, selection, goal.Measures, CountsOf, cancellation);
            changes = await ChangeMarks.ReadAsync(connection, selections, site, selection, new BreakdownQuery { By = by }, cancellation) ?? [];
        }

        // Answers on several scales have no mean in common, so that a line through the means of their days would tell of nothing.
        var hasValue = all.Of(goal.Measures).Value is not null;
        return TypedResults.Ok(new GoalHistory
        {
            From = days.From,
            To = days.To,
            Metric = goal.Measures,
            Scale = goal.Measures == GoalMetric.Ces ? all.Scale : null,
            Items = [.. parts.Select(part => PartOf(part.Key, part.Value)).Where(part => part.Answers > 0)],
            Changes = changes,
        });

        GoalCounts.Day CountsOf(int day)
        {
            var key = Breakdown.KeyOf(by, DayNumber.ToDay(day));
            if (!parts.TryGetValue(key, out var part))
            {
                parts[key] = part = new GoalCounts();
            }

            // Both hold the same day's counts, so that these are added once.
            return all.Add(day, part.On(day));
        }

        GoalPart PartOf(string key, GoalCounts part)
        {
            var (answers, value, interval, _) = part.Of(goal.Measures);
            return new GoalPart(key, answers, hasValue ? value : null, hasValue ? interval : null);
        }
    }
}

/// <summary>How the figure of a goal got where it stands.</summary>
public sealed record GoalHistory
{
    /// <summary>The first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day, included.</summary>
    public required DateOnly To { get; init; }

    /// <summary>What is measured.</summary>
    public required GoalMetric Metric { get; init; }

    /// <summary>The scale of the values where <c>ces</c> is measured and all answers were given on one. Otherwise left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Scale? Scale { get; init; }

    /// <summary>The parts that have answers, in their order.</summary>
    public required IReadOnlyList<GoalPart> Items { get; init; }

    /// <summary>What was changed on these days and touches the goal's selection, in order, at most 500.</summary>
    public required IReadOnlyList<ChangeMark> Changes { get; init; }
}

/// <summary>The figure of a goal in one day, week or month.</summary>
/// <param name="Key">The day, week or month.</param>
/// <param name="Answers">How many answers the figure is made from.</param>
/// <param name="Value">The figure, in the metric's unit. Null where <c>ces</c> is measured and the answers of these days lie on several scales.</param>
/// <param name="Interval">Its 95 % interval. Null when there are too few answers for one.</param>
public sealed record GoalPart(string Key, long Answers, double? Value, Interval? Interval);
