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
    private static readonly Dictionary<string, Func<TouchpointSums, double>> Orders = new(StringComparer.Ordinal)
    {
        ["ease"] = item => item.Index.Answers == 0 ? double.PositiveInfinity : item.Index.Mean,
        ["-ease"] = item => item.Index.Answers == 0 ? double.PositiveInfinity : -item.Index.Mean,
        ["responses"] = item => item.Responses,
        ["-responses"] = item => -item.Responses,
        ["gain"] = item => double.PositiveInfinity, // Where it has none.
    };

    private const int LongestSearch = 200;

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
    /// <param name="search">
    /// Lists only touchpoints whose name holds this, whatever its case: 1 to 200 characters. The figures stay as they are: the funnel and the target are those of the whole
    /// selection, and a touchpoint's gain is the same whether it was searched for or not.
    /// </param>
    internal static async Task<Results<Ok<TouchpointList>, ProblemHttpResult>> GetAsync(
        Site site,
        [AsParameters] SelectionQuery query,
        [FromQuery(Name = "sort"), AllowedValues("ease", "-ease", "responses", "-responses", "gain")] string? sort,
        [FromQuery(Name = "search"), StringLength(LongestSearch, MinimumLength = 1)] string? search,
        [AsParameters] PagingQuery page,
        Selections selections,
        SettledTotals settled,
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

        if (search?.Length is 0 or > LongestSearch || search?.Any(char.IsControl) == true)
        {
            errors.AddMalformed("search", string.Create(CultureInfo.InvariantCulture, $"1 to {LongestSearch} characters, none of them a control character."));
        }

        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        await using var connection = await database.ReadAsync(cancellation);
        var found = search is null ? null : await FindAsync(connection, site, search, cancellation);
        var before = selection.Before;
        var goal = sort == "gain" ? await EaseTarget.OfSiteAsync(connection, site, time.GetUtcNow(), cancellation) : null;
        var all = await CountAsync(connection, selection, cancellation);
        var allBefore = before is null ? [] : await ReadFunnelsAsync(connection, before, Detail.None, cancellation);
        var (target, gains) = (default(double?), new Dictionary<long, double>());

        // Those without scores come last by ease and by gain: they are read only where a page comes to them.
        var (items, next) = sort is "responses" or "-responses" || after?.Value == double.PositiveInfinity ? ([], null) : await RankAsync(withScores: true);
        if (next is null)
        {
            (items, next) = await RankAsync(withScores: false);
        }

        var numbers = items.Select(item => item.Sums.Number).ToList();
        var counts = await ReadAsync(connection, selection.Of(numbers), cancellation);
        await AddIntentsAsync(connection, selection.Of(numbers), counts, cancellation);
        var funnelsBefore = before is null ? [] : await ReadFunnelsAsync(connection, before.Of(numbers), Detail.Touchpoint, cancellation);
        return TypedResults.Ok(new TouchpointList
        {
            From = selection.From,
            To = selection.To,
            Funnel = FunnelFigure.Of(all.Funnel, allBefore.Values.SingleOrDefault()),
            Target = target,

            // What has gone since the ranking was made is left out.
            Items = [.. items.Where(item => counts.ContainsKey(item.Sums.Number)).Select(item => TouchpointFigure.Of(
                item.At.Name,
                counts[item.Sums.Number],
                funnelsBefore.GetValueOrDefault(item.Sums.Number),
                gains.TryGetValue(item.Sums.Number, out var gain) ? gain : null,
                site.MinimumAnswers))],
            Next = next,
        });

        async Task<(IReadOnlyList<Ranked> Items, string? Next)> RankAsync(bool withScores)
        {
            var touchpoints = await TouchpointSums.ReadAsync(connection, settled, selection, withScores, cancellation);
            var scored = touchpoints.Where(touchpoint => touchpoint.Index.Answers > 0).ToList();
            if (sort == "gain" && GroupMeans.Of(scored.ConvertAll(touchpoint => touchpoint.Index)) is { } means)
            {
                target = goal?.On(all.Effort.Answered) ?? means.Mean;
                gains = scored.Zip(means.Touchpoints).ToDictionary(pair => pair.First.Number, pair => pair.Second.Gain(target.Value));
            }

            return await Ranking.PageAsync(
                connection,
                selection,
                touchpoints.Where(touchpoint => touchpoint.Shown > 0 && found?.Contains(touchpoint.Number) != false).Select(touchpoint => (touchpoint, gains.TryGetValue(touchpoint.Number, out var gain) ? -gain : order!(touchpoint))),
                after,
                paging,
                cancellation);
        }
    }

    // What stands for something else in a pattern is looked for as it is. The database alone says what is the same letter in another case.
    private static async Task<HashSet<long>> FindAsync(DbConnection connection, Site site, string search, CancellationToken cancellation)
    {
        var text = search.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);
        return [.. await connection.QueryAsync<long>(new CommandDefinition(
            "select number from touchpoints where site = @Id and lower(name) like lower(@Pattern) escape '!'", new { site.Id, Pattern = $"%{text}%" }, cancellationToken: cancellation))];
    }

    // The whole selection.
    private static async Task<Counts> CountAsync(DbConnection connection, Selection selection, CancellationToken cancellation)
    {
        var source = CellSource.Of(selection, Detail.None);
        var sql =
            $"""
            select {Counts.Columns}
            from {source.Table}
            where {source.Where}
            group by cells.scale
            """;
        using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(sql, source.Parameters, cancellationToken: cancellation));
        var all = new Counts();
        while (await rows.ReadAsync(cancellation))
        {
            all.AddRow(rows, 0);
        }

        return all;
    }

    // By touchpoint, or all in one.
    private static async Task<Dictionary<long, FunnelCounts>> ReadFunnelsAsync(DbConnection connection, Selection selection, Detail detail, CancellationToken cancellation)
    {
        var source = CellSource.Of(selection, detail);
        var sql =
            $"""
            select {(detail.HasFlag(Detail.Touchpoint) ? "cells.touchpoint" : "0")} as part, cast(sum(cells.shown) as bigint) as shown, cast(sum(cells.dismissed) as bigint) as dismissed,
              cast(sum(cells.answered) as bigint) as started, cast(sum(cells.completed) as bigint) as completed
            from {source.Table}
            where {source.Where}
            group by 1
            """;
        var parts = await connection.QueryAsync<(long Part, long Shown, long Dismissed, long Started, long Completed)>(
            new CommandDefinition(sql, source.Parameters, cancellationToken: cancellation));
        return parts.ToDictionary(part => part.Part, part => new FunnelCounts(part.Shown, part.Dismissed, part.Started, part.Completed));
    }

    /// <summary>What the touchpoints of a selection hold, by number, without intents: these are read from more rows, of which nothing else is needed.</summary>
    internal static async Task<Dictionary<long, Counts>> ReadAsync(DbConnection connection, Selection selection, CancellationToken cancellation)
    {
        var source = CellSource.Of(selection, Detail.Touchpoint);
        var sql =
            $"""
            select cells.touchpoint, {Counts.Columns}
            from {source.Table}
            where {source.Where}
            group by cells.touchpoint, cells.scale
            """;
        using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(sql, source.Parameters, cancellationToken: cancellation));
        var touchpoints = new Dictionary<long, Counts>();
        while (await rows.ReadAsync(cancellation))
        {
            var number = rows.GetInt64(0);
            if (!touchpoints.TryGetValue(number, out var counts))
            {
                touchpoints[number] = counts = new Counts();
            }

            counts.AddRow(rows, 1);
        }

        return touchpoints;
    }

    private static async Task AddIntentsAsync(DbConnection connection, Selection selection, Dictionary<long, Counts> touchpoints, CancellationToken cancellation)
    {
        var source = CellSource.Of(selection, Detail.Touchpoint | Detail.Intent);
        var sql =
            $"""
            select cells.touchpoint, cells.intent, cast(sum(cells.answered) as bigint) as answered
            from {source.Table}
            where {source.Where} and cells.intent <> ''
            group by cells.touchpoint, cells.intent
            """;
        foreach (var (touchpoint, intent, answered) in await connection.QueryAsync<(long Touchpoint, string Intent, long Answered)>(
            new CommandDefinition(sql, source.Parameters, cancellationToken: cancellation)))
        {
            if (answered > 0 && touchpoints.TryGetValue(touchpoint, out var counts))
            {
                counts.Intents[intent] = answered;
            }
        }
    }
}
