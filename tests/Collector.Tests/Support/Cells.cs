using Dapper;
using Microsoft.Data.Sqlite;

namespace Collector.Tests.Support;

/// <summary>Holds the rollup cells of a site against a count made anew from its responses, in SQL of its own.</summary>
public static class Cells
{
    private static readonly string Efforts = string.Join(", ", Enumerable.Range(0, 11).Select(score => $"sum(suspect = '' and coalesce(effort = {score}, 0)) as effort_{score}"));

    private static readonly string Scores = string.Join(", ", Enumerable.Range(0, 11).Select(score => $"sum(score = {score}) as score_{score}"));

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
    }

    private static string Text(IDictionary<string, object?> row) => string.Join(' ', row.Where(column => column.Key != "closed").Select(column => $"{column.Key}={column.Value}"));
}
