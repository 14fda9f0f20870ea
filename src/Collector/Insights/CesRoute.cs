using System.Data.Common;
using System.Text.Json.Serialization;
using Collector.Feedback;
using Collector.Insights.Changes;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Collector.Insights;

/// <summary>The Customer Effort Score of a selection.</summary>
public static class CesRoute
{
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
    internal static async Task<Results<Ok<CesAnswer>, ProblemHttpResult>> GetAsync(
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
        var (all, suspect, counts, touchpoints) = await ReadAsync(connection, selection, breakdown, cancellation);
        return TypedResults.Ok(new CesAnswer
        {
            From = selection.From,
            To = selection.To,
            Touchpoint = query.Page is null ? null : selection.Touchpoint,
            Ces = CesFigure.Of(all, site.MinimumAnswers),
            Suspect = suspect,
            // An empty text in the cells means that it was not told.
            Breakdown = parts.By is null ? null : [.. counts.Select(part => part.Value.ToShape(part.Key.Length == 0 ? null : part.Key, site.MinimumAnswers))],
            Journeys = JourneyFigure.Of(breakdown.Journeys, touchpoints, site.MinimumAnswers),
            Changes = await ChangeMarks.ReadAsync(connection, selections, site, selection, parts, cancellation),
        });
    }

    private static async Task<(EffortCounts All, SuspectFigure Suspect, SortedDictionary<string, Part> Parts, Dictionary<long, EffortCounts> Touchpoints)> ReadAsync(
        DbConnection connection, Selection selection, Breakdown breakdown, CancellationToken cancellation)
    {
        var source = CellSource.Of(selection, breakdown.Detail);

        // A trend from totals has one row a day and scale: to group those would take twice as long as to read them. All others are many, and fewer when they are grouped.
        var (counts, grouping) = breakdown.Detail == Detail.Day && selection.HasOneTotalADay
            ? ($"cells.shown, cells.suspect, {EffortCounts.EachColumn}", "")
            : ($"cast(sum(cells.shown) as bigint) as shown, cast(sum(cells.suspect) as bigint) as suspect, {EffortCounts.Columns}", "group by 1, cells.scale");
        var sql =
            $"""
            select {breakdown.Column} as key, cells.scale, {counts}
            from {source.Table} {breakdown.Join}
            where {source.Where}
            {grouping}
            """;
        using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(sql, source.Parameters, cancellationToken: cancellation));
        var (all, parts) = (new EffortCounts(), new SortedDictionary<string, Part>(breakdown.Order));
        var touchpoints = new Dictionary<long, EffortCounts>();
        var (shown, suspect) = (0L, 0L);
        while (await rows.ReadAsync(cancellation))
        {
            shown += rows.GetInt64(2);
            suspect += rows.GetInt64(3);
            if (rows.GetString(1).Length == 0 || rows.GetInt64(2) == 0)
            {
                continue; // Nobody answered here, or bots alone.
            }

            all.AddRow(rows.GetString(1), rows, 4);
            if (breakdown.JoinsTouchpoints)
            {
                Of(touchpoints, rows.GetInt64(0)).AddRow(rows.GetString(1), rows, 4);
            }

            foreach (var key in breakdown.KeysOf(rows))
            {
                if (!parts.TryGetValue(key, out var part))
                {
                    parts[key] = part = new Part();
                }

                part.Effort.AddRow(rows.GetString(1), rows, 4);
                if (breakdown.JoinsTouchpoints && key.Length > 0)
                {
                    part.Of(rows.GetInt64(0)).AddRow(rows.GetString(1), rows, 4);
                }
            }
        }

        return (all, SuspectFigure.Of(suspect, shown), parts, touchpoints);
    }

    private static EffortCounts Of(Dictionary<long, EffortCounts> touchpoints, long touchpoint)
    {
        if (!touchpoints.TryGetValue(touchpoint, out var effort))
        {
            touchpoints[touchpoint] = effort = new EffortCounts();
        }

        return effort;
    }

    private sealed class Part
    {
        private readonly Dictionary<long, EffortCounts> touchpoints = [];

        public EffortCounts Effort { get; } = new();

        /// <summary>What one of its touchpoints adds to it.</summary>
        public EffortCounts Of(long touchpoint) => CesRoute.Of(touchpoints, touchpoint);

        public CesPart ToShape(string? key, int minimumAnswers) =>
            new(key, CesFigure.Of(Effort, minimumAnswers)) { Consistency = ConsistencyFigure.Of([.. touchpoints.Values]) };
    }
}

/// <summary>The Customer Effort Score of a selection.</summary>
public sealed record CesAnswer
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
    public required CesFigure Ces { get; init; }

    /// <summary>What a bot seems to have given in the same selection; no figure counts it.</summary>
    public required SuspectFigure Suspect { get; init; }

    /// <summary>The figure of each part, by key, where <c>by</c> was given. Parts without answers are not in it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CesPart>? Breakdown { get; init; }

    /// <summary>
    /// The peak and the low of each journey, where it is broken down by stage or group; otherwise left out. A journey of which fewer than two parts have answers enough is not in it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<JourneyFigure>? Journeys { get; init; }

    /// <summary>What was changed on these days and touches the selection, in order, at most 500: for the trend. Left out unless it is broken down by day, week or month.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChangeMark>? Changes { get; init; }
}

/// <summary>One part of a breakdown.</summary>
/// <param name="Key">The day, touchpoint, group, intent …; null for the answers of visitors who did not tell, and of touchpoints that are in no group or at no stage.</param>
/// <param name="Ces">Its figure.</param>
public sealed record CesPart(string? Key, CesFigure Ces)
{
    /// <summary>How much the touchpoints of a group or a stage differ. Left out with fewer than two that have answers, and in other breakdowns.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ConsistencyFigure? Consistency { get; init; }
}
