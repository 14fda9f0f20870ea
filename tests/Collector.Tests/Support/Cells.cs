using System.Data;
using System.Data.Common;
using System.Text.Json.Nodes;
using Collector.Feedback;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Collector.Tests.Support;

/// <summary>Holds the rollup cells of a site against a count made anew from its responses, in SQL of its own.</summary>
public static class Cells
{
    private static readonly string[] ScoreKey = ["site", "touchpoint", "day", "survey", "intent", "success", "device", "language"];

    private static readonly string[] CommentKey = ["day", "answered_at", "id", "touchpoint", "survey", "intent", "success", "device", "language", "effort"];

    private static readonly string Efforts = string.Join(", ", Enumerable.Range(0, 11).Select(score => $"{Count($"suspect = '' and effort = {score}")} as effort_{score}"));

    /// <summary>The cells are those of a recount, and their totals are their sums.</summary>
    public static async Task EqualARecountAsync(RunningCollector collector, string site)
    {
        const string Order = "order by touchpoint, day, survey, scale, intent, success, device, language";

        // Both of one moment: responses may be on their way to other touchpoints.
        await using var connection = await collector.Database.OpenAsync();
        await using var moment = connection is SqliteConnection sqlite ? sqlite.BeginTransaction(deferred: true) : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        Task<IReadOnlyList<IDictionary<string, object?>>> ReadAsync(string sql) => StoredRows.QueryAsync(connection, moment, sql, new { site });
        var cells = await ReadAsync($"select * from cells where site = @site and closed = 0 {Order}");
        var recount = await ReadAsync(
            $"""
            select site, touchpoint, day, survey, scale, counted_intent as intent, success, device, language, {Count("suspect = ''")} as shown,
              {Count("suspect = '' and state = 'dismissed'")} as dismissed, {Count("suspect = '' and answers <> '[]'")} as answered,
              {Count("suspect = '' and state = 'complete'")} as completed, {Count("suspect <> ''")} as suspect, {Efforts}
            from (
              select *, case when own_intent <> '' then own_intent else coalesce((
                select giver.own_intent from responses giver
                where giver.site = responses.site and giver.visit = responses.visit and giver.own_intent <> '' and giver.suspect = ''
                order by giver.answered_at desc, giver.id desc limit 1), '') end as counted_intent
              from responses where site = @site and state <> 'erased') as heard
            group by site, touchpoint, day, survey, scale, counted_intent, success, device, language
            {Order}
            """);
        Assert.Equal(recount.Select(Text), cells.Select(Text));

        var scoreCells = await ReadAsync("select * from score_cells where site = @site and closed = 0");
        var heard = await ReadAsync("select * from responses where site = @site and state <> 'erased' and suspect = ''");
        Assert.Equal(
            ScoresIn(heard).Order(StringComparer.Ordinal),
            scoreCells.Select(cell => $"{string.Join(' ', ScoreKey.Select(column => cell[column]))} {cell["question"]}: {cell["answers"]} {string.Join(' ', Enumerable.Range(0, 11).Select(score => cell[$"score_{score}"]))}")
                .Order(StringComparer.Ordinal));
        await TotalsEqualTheCellsAsync(connection, moment, site);
        Assert.Equal(
            CommentsIn(heard).Order(StringComparer.Ordinal),
            (await ReadAsync("select * from comments where site = @site")).Select(comment => $"{TextOf(comment)} {comment["words"]}").Order(StringComparer.Ordinal));
    }

    // Of the answers themselves: what was written, by all that it is filtered by.
    private static IEnumerable<string> CommentsIn(IReadOnlyList<IDictionary<string, object?>> responses) =>
        from response in responses
        let texts = JsonNode.Parse((string)response["answers"]!)!.AsArray().Select(answer => (string?)answer!["text"]).OfType<string>().ToList()
        where texts.Count > 0
        select $"{TextOf(response)} {SearchText.Of(string.Join(" | ", texts))}";

    private static string TextOf(IDictionary<string, object?> row) => string.Join(' ', CommentKey.Select(column => row[column]));

    // From the answers themselves, not from the columns beside them.
    private static IEnumerable<string> ScoresIn(IReadOnlyList<IDictionary<string, object?>> responses) =>
        from response in responses
        from answer in JsonNode.Parse((string)response["answers"]!)!.AsArray()
        where (string?)answer!["question"] is "nps" or "csat"
        group (int)answer["score"]! by $"{string.Join(' ', ScoreKey.Select(column => response[column]))} {answer["question"]}" into cell
        select $"{cell.Key}: {cell.Count()} {string.Join(' ', Enumerable.Range(0, 11).Select(score => cell.Count(given => given == score)))}";

    /// <summary>Holds the totals of a site against its cells, day by day and span by span, in C#.</summary>
    private static async Task TotalsEqualTheCellsAsync(DbConnection connection, DbTransaction moment, string site)
    {
        var settled = await connection.ExecuteScalarAsync<long?>("select settled from ledgers where site = @site", new { site }, moment) ?? 0;
        string[] efforts = ["shown", "dismissed", "answered", "completed", "suspect", "told", "worked", .. Enumerable.Range(0, 11).Select(score => $"effort_{score}")];
        string[] sums = ["efforts", "effort_sum", "effort_squares"], scores = ["answers", .. Enumerable.Range(0, 11).Select(score => $"score_{score}")];
        var cells = await ReadAsync("cells");
        foreach (var cell in cells)
        {
            cell["told"] = (string)cell["success"]! is "yes" or "no" or "partly" ? cell["answered"] : 0L;
            cell["worked"] = (string)cell["success"]! is "yes" ? cell["answered"] : 0L;
            (cell["efforts"], cell["effort_sum"], cell["effort_squares"]) = (Sum(cell, score => 1), Sum(cell, score => score), Sum(cell, score => score * score));
        }

        await EqualAsync("totals", cells, ["scale"], [.. efforts, .. sums]);
        await EqualAsync("intent_totals", cells, ["scale", "intent"], efforts);
        await EqualAsync("score_totals", await ReadAsync("score_cells"), ["question"], scores);

        Task<IReadOnlyList<IDictionary<string, object?>>> ReadAsync(string table) =>
            StoredRows.QueryAsync(connection, moment, $"select * from {table} where site = @site", new { site });

        static long Sum(IDictionary<string, object?> cell, Func<int, int> weight) => Enumerable.Range(0, 11).Sum(score => (long)cell[$"effort_{score}"]! * weight(score));

        async Task EqualAsync(string table, IReadOnlyList<IDictionary<string, object?>> counted, string[] key, string[] counters)
        {
            var expected =
                from cell in counted
                from length in (long[])[1, 4, 16, 64, 256]
                let first = (long)cell["day"]! / length * length
                from touchpoint in (long[])[(long)cell["touchpoint"]!, -1]
                where (length == 1 && touchpoint == -1) || first + length <= settled
                group cell by $"{(length == 1 ? first : (length * 1_000_000) + first)} {touchpoint} {string.Join(' ', key.Select(column => cell[column]))}" into total
                select $"{total.Key}: {string.Join(' ', counters.Select(counter => total.Sum(cell => (long)cell[counter]!)))}";
            var stored = (await ReadAsync(table)).Select(total =>
                $"{total["period"]} {total["touchpoint"]} {string.Join(' ', key.Select(column => total[column]))}: {string.Join(' ', counters.Select(counter => total[counter]))}");
            Assert.Equal(expected.Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
        }
    }

    private static string Count(string condition) => $"sum(case when {condition} then 1 else 0 end)";

    private static string Text(IDictionary<string, object?> row) => string.Join(' ', row.Where(column => column.Key != "closed").Select(column => $"{column.Key}={column.Value}"));
}
