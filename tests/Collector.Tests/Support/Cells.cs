using Dapper;
using Microsoft.Data.Sqlite;

namespace Collector.Tests.Support;

/// <summary>Holds the rollup cells of a site against a count made anew from its responses, in SQL of its own.</summary>
public static class Cells
{
    private static readonly string Efforts = string.Join(", ", Enumerable.Range(0, 11).Select(score => $"sum(suspect = '' and coalesce(effort = {score}, 0)) as effort_{score}"));

    private static readonly string Scores = string.Join(", ", Enumerable.Range(0, 11).Select(score => $"sum(score = {score}) as score_{score}"));

    /// <summary>The cells are those of a recount, and their totals are their sums.</summary>
    public static async Task EqualARecountAsync(RunningCollector collector, string site)
    {
        const string Order = "order by touchpoint, day, survey, scale, intent, success, device, language";

        // Both of one moment: responses may be on their way to other touchpoints.
        await using var connection = new SqliteConnection($"Data Source={collector.DatabaseFile};Mode=ReadOnly;Pooling=false");
        await connection.OpenAsync();
        await using var moment = connection.BeginTransaction(deferred: true);
        var cells = await connection.QueryAsync($"select * from cells where site = @site and closed = 0 {Order}", new { site }, moment);
        var recount = await connection.QueryAsync(
            $"""
            select site, touchpoint, day, survey, scale, counted_intent as intent, success, device, language, sum(suspect = '') as shown,
              sum(suspect = '' and state = 'dismissed') as dismissed, sum(suspect = '' and answers <> '[]') as answered,
              sum(suspect = '' and state = 'complete') as completed, sum(suspect <> '') as suspect, {Efforts}
            from (
              select *, case when own_intent <> '' then own_intent else coalesce((
                select giver.own_intent from responses giver
                where giver.site = responses.site and giver.visit = responses.visit and giver.own_intent <> '' and giver.suspect = ''
                order by giver.answered_at desc, giver.id desc limit 1), '') end as counted_intent
              from responses where site = @site and state <> 'erased')
            group by site, touchpoint, day, survey, scale, counted_intent, success, device, language
            {Order}
            """,
            new { site },
            moment);
        Assert.Equal(recount.Cast<IDictionary<string, object?>>().Select(Text), cells.Cast<IDictionary<string, object?>>().Select(Text));

        const string ScoreOrder = "order by touchpoint, day, survey, question, intent, success, device, language";
        var scoreCells = await connection.QueryAsync($"select * from score_cells where site = @site and closed = 0 {ScoreOrder}", new { site }, moment);
        var scoreRecount = await connection.QueryAsync(
            $"""
            select site, touchpoint, day, survey, question, intent, success, device, language, count(*) as answers, {Scores}
            from (
              select *, 'nps' as question, json_extract(value, '$.score') as score from responses, json_each(answers) where json_extract(value, '$.question') = 'nps'
              union all
              select *, 'csat' as question, json_extract(value, '$.score') as score from responses, json_each(answers) where json_extract(value, '$.question') = 'csat')
            where site = @site and state <> 'erased' and suspect = ''
            group by site, touchpoint, day, survey, question, intent, success, device, language
            {ScoreOrder}
            """,
            new { site },
            moment);
        Assert.Equal(scoreRecount.Cast<IDictionary<string, object?>>().Select(Text), scoreCells.Cast<IDictionary<string, object?>>().Select(Text));
        await TotalsEqualTheCellsAsync(connection, moment, site);
    }

    /// <summary>Holds the totals of a site against its cells, day by day and span by span, in C#.</summary>
    private static async Task TotalsEqualTheCellsAsync(SqliteConnection connection, SqliteTransaction moment, string site)
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

        async Task<List<IDictionary<string, object?>>> ReadAsync(string table) =>
            [.. (await connection.QueryAsync($"select * from {table} where site = @site", new { site }, moment)).Cast<IDictionary<string, object?>>()];

        static long Sum(IDictionary<string, object?> cell, Func<int, int> weight) => Enumerable.Range(0, 11).Sum(score => (long)cell[$"effort_{score}"]! * weight(score));

        async Task EqualAsync(string table, List<IDictionary<string, object?>> counted, string[] key, string[] counters)
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

    private static string Text(IDictionary<string, object?> row) => string.Join(' ', row.Where(column => column.Key != "closed").Select(column => $"{column.Key}={column.Value}"));
}
