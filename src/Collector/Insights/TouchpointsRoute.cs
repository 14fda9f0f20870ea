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

/// <summary>The touchpoints of a selection, ranked.</summary>
public static class TouchpointsRoute
{
    // A touchpoint without effort scores comes last in either direction.
    private static readonly Dictionary<string, Func<TouchpointFigure, double>> Orders = new(StringComparer.Ordinal)
    {
        ["ease"] = item => item.Ces.Index ?? double.PositiveInfinity,
        ["-ease"] = item => -item.Ces.Index ?? double.PositiveInfinity,
        ["responses"] = item => item.Responses,
        ["-responses"] = item => -item.Responses,
        ["gain"] = item => -item.Gain ?? double.PositiveInfinity,
    };

    /// <summary>Maps the route.</summary>
    public static void MapTouchpoints(this RouteGroupBuilder figures) => figures.MapGet("/touchpoints", GetAsync)
        .WithName("ListTouchpoints").WithSummary("The touchpoints, ranked").WithProblems(400, 404)
        .WithResponseExample(200,
            """
            { "from": "2026-10-26", "to": "2026-11-22",
              "funnel": { "shown": 40, "dismissed": 21, "started": 12, "completed": 9, "dismissalRate": { "share": 0.525, "low": 0.375, "high": 0.671 },
                          "responseRate": { "share": 0.3, "low": 0.181, "high": 0.454 }, "completionRate": { "share": 0.225, "low": 0.123, "high": 0.375 },
                          "change": null, "doubts": [], "formula": "funnel-1" },
              "items": [ {
                "touchpoint": "shop.example/contact", "shown": 40, "responses": 12, "responseRate": 0.3,
                "funnel": { "shown": 40, "dismissed": 21, "started": 12, "completed": 9, "dismissalRate": { "share": 0.525, "low": 0.375, "high": 0.671 },
                            "responseRate": { "share": 0.3, "low": 0.181, "high": 0.454 }, "completionRate": { "share": 0.225, "low": 0.123, "high": 0.375 },
                            "change": null, "doubts": [], "formula": "funnel-1" },
                "suspect": { "responses": 10, "share": 0.2 },
                "ces": { "answers": 12, "mean": 3.5, "meanInterval": { "low": 2.45, "high": 4.55 }, "index": 41.7,
                         "easy": { "share": 0.25, "low": 0.09, "high": 0.53 }, "difficult": { "share": 0.5, "low": 0.25, "high": 0.75 },
                         "net": -0.25, "distribution": { "1": 1, "2": 2, "3": 3, "4": 3, "5": 2, "6": 1, "7": 0 },
                         "scale": { "min": 1, "max": 7, "easy": "high" }, "enough": true, "formula": "ces-1" },
                "success": { "answers": 10, "share": 0.4, "low": 0.17, "high": 0.69 },
                "intents": [ { "intent": "contact", "responses": 9, "share": 0.75 }, { "intent": "help", "responses": 3, "share": 0.25 } ] } ],
              "next": null }
            """);

    /// <summary>
    /// Every touchpoint where the survey was shown, hardest first unless told otherwise, each with its funnel: where few respond, or others than before, its figures are doubtful.
    /// Where bots alone seem to have been is not one of them.
    /// </summary>
    /// <param name="sort">
    /// <c>ease</c> (hardest first, the default), <c>-ease</c>, <c>responses</c>, <c>-responses</c>, or <c>gain</c>: those first that would bring most if they came up to the
    /// target, in the order of priorities. Ease is compared by index, so that scales of different length can be; equals come by name.
    /// </param>
    internal static async Task<Results<Ok<TouchpointList>, ProblemHttpResult>> GetAsync(
        Site site,
        [AsParameters] SelectionQuery query,
        [FromQuery(Name = "sort"), AllowedValues("ease", "-ease", "responses", "-responses", "gain")] string? sort,
        [AsParameters] PagingQuery page,
        Selections selections,
        Database database,
        TimeProvider time,
        CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var selection = await selections.ReadAsync(query, site, errors, cancellation);
        var paging = Paging.Read(page, errors);
        var after = Position.Parse(paging.After, errors);
        if (!Orders.TryGetValue(sort ?? "ease", out var order))
        {
            errors.AddMalformed("sort", $"One of: {string.Join(", ", Orders.Keys)}.");
        }

        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        await using var connection = await database.ReadAsync(cancellation);
        var counts = await ReadAsync(connection, selection, cancellation);
        var before = selection.Before is { } earlier ? await ReadBeforeAsync(connection, earlier, cancellation) : [];
        var goal = sort == "gain" ? await EaseTarget.OfSiteAsync(connection, site, time.GetUtcNow(), cancellation) : null;
        var (target, gains) = sort == "gain" ? GainsOf(counts, goal) : (null, []);
        var ranked = counts
            .Where(entry => entry.Value.Shown > 0)
            .Select(entry => TouchpointFigure.Of(
                entry.Key, entry.Value, before.GetValueOrDefault(entry.Key), gains.TryGetValue(entry.Key, out var gain) ? gain : null, site.MinimumAnswers))
            .Select(item => (Item: item, At: new Position(order!(item), item.Touchpoint)))
            .Where(entry => after is null || entry.At.CompareTo(after) > 0)
            .OrderBy(entry => entry.At);
        var (items, next) = paging.Page([.. ranked.Take(paging.Limit + 1)], entry => entry.At.ToString());
        return TypedResults.Ok(new TouchpointList
        {
            From = selection.From,
            To = selection.To,
            Funnel = FunnelFigure.Of(
                counts.Values.Aggregate(default(FunnelCounts), (sum, each) => sum + each.Funnel), before.Values.Aggregate(default(FunnelCounts), (sum, each) => sum + each)),
            Target = target,
            Items = [.. items.Select(entry => entry.Item)],
            Next = next,
        });
    }

    private static (double? Target, Dictionary<string, double> Gains) GainsOf(Dictionary<string, Counts> counts, EaseTarget? goal)
    {
        var scored = counts.Where(entry => entry.Value.Effort.Answered.Any()).ToList();
        if (GroupMeans.Of(scored.ConvertAll(entry => entry.Value.Effort.Indexes())) is not { } means)
        {
            return (null, []);
        }

        var target = goal?.On(scored.SelectMany(entry => entry.Value.Effort.Answered)) ?? means.Mean;
        return (target, scored.Zip(means.Touchpoints).ToDictionary(pair => pair.First.Key, pair => pair.Second.Gain(target), StringComparer.Ordinal));
    }

    private static async Task<Dictionary<string, Counts>> ReadAsync(DbConnection connection, Selection selection, CancellationToken cancellation)
    {
        var sql =
            $"""
            select touchpoints.name, {Counts.Columns}
            from {selection.Cells}
            join touchpoints on touchpoints.site = cells.site and touchpoints.number = cells.touchpoint
            where {selection.Where}
            group by touchpoints.name, {Counts.Key}
            """;
        await using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(sql, selection.Parameters, cancellationToken: cancellation));
        var touchpoints = new Dictionary<string, Counts>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellation))
        {
            var name = rows.GetString(0);
            if (!touchpoints.TryGetValue(name, out var counts))
            {
                touchpoints[name] = counts = new Counts();
            }

            counts.AddRow(rows, 1);
        }

        return touchpoints;
    }

    // How often the survey was shown and answered at each touchpoint.
    private static async Task<Dictionary<string, FunnelCounts>> ReadBeforeAsync(DbConnection connection, Selection selection, CancellationToken cancellation)
    {
        var rows = await connection.QueryAsync<(string Name, long Shown, long Started)>(new CommandDefinition(
            $"""
            select touchpoints.name, counted.shown, counted.started
            from (
              select cells.touchpoint, cast(sum(cells.shown) as bigint) as shown, cast(sum(cells.answered) as bigint) as started
              from {selection.Cells}
              where {selection.Where}
              group by cells.touchpoint) counted
            join touchpoints on touchpoints.site = @Site and touchpoints.number = counted.touchpoint
            """,
            selection.Parameters,
            cancellationToken: cancellation));
        return rows.ToDictionary(row => row.Name, row => new FunnelCounts(row.Shown, 0, row.Started, 0), StringComparer.Ordinal);
    }

    /// <summary>A place in the ranking.</summary>
    private sealed record Position(double Value, string Name) : IComparable<Position>
    {
        public static Position? Parse(string? text, FieldErrors errors)
        {
            if (text is null)
            {
                return null;
            }

            var space = text.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0 && double.TryParse(text.AsSpan(0, space), CultureInfo.InvariantCulture, out var value))
            {
                return new Position(value, text[(space + 1)..]);
            }

            errors.AddMalformed("cursor", "Not a cursor that came with this list.");
            return null;
        }

        public int CompareTo(Position? other) => other is null ? 1
            : Value.CompareTo(other.Value) is var byValue and not 0 ? byValue
            : string.CompareOrdinal(Name, other.Name);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:R} {Name}");
    }
}
