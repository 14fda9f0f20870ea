using System.Data.Common;
using System.Globalization;
using Collector.Feedback;
using Collector.Storage;
using Dapper;

namespace Collector.Operations;

/// <summary><c>collector check</c>: counts all responses anew and holds the rollup cells against the count, and their totals against the cells.</summary>
public sealed class Check(Database database, TimeProvider time)
{
    private const string Key = "site, touchpoint, day, survey, scale, intent, success, device, language";

    private static readonly int[] Scores = [.. Enumerable.Range(Scale.Lowest, Scale.Highest - Scale.Lowest + 1)];

    private static readonly string Cells =
        $"select {Key}, shown, dismissed, answered, completed, suspect, {string.Join(", ", Scores.Select(score => $"effort_{score}"))} from cells where closed = 0";

    private static readonly string Recount =
        $"""
        select {Key}, {Count("suspect = ''")} as shown, {Count("suspect = '' and state = 'dismissed'")} as dismissed,
          {Count("suspect = '' and answers <> '[]'")} as answered, {Count("suspect = '' and state = 'complete'")} as completed, {Count("suspect <> ''")} as suspect,
          {string.Join(", ", Scores.Select(score => $"{Count($"suspect = '' and effort = {score}")} as effort_{score}"))}
        from responses
        where state <> 'erased'
        group by {Key}
        """;

    private const string ScoreKey = "site, touchpoint, day, survey, question, intent, success, device, language";

    private static readonly string ScoreCells =
        $"select {ScoreKey}, answers, {string.Join(", ", Scores.Select(score => $"score_{score}"))} from score_cells where closed = 0";

    private static readonly string ScoreRecount =
        $"""
        select {ScoreKey}, count(*) as answers, {string.Join(", ", Scores.Select(score => $"{Count($"score = {score}")} as score_{score}"))}
        from (
          select responses.*, 'nps' as question, nps as score from responses where nps is not null
          union all
          select responses.*, 'csat' as question, csat as score from responses where csat is not null) as scores
        where state <> 'erased' and suspect = ''
        group by {ScoreKey}
        """;

    // Each cell in its day, if only for all touchpoints together as long as that is not settled, and in the settled spans that hold it, for its touchpoint and for all together.
    private static readonly string Carried =
        $"""
        (select cells.*, case when spans.days = 1 then 0 else spans.days * 1000000 end + cells.day - cells.day % spans.days as period,
          case when spans.everywhere = 1 then {Touchpoint.AllNumber} else cells.touchpoint end as place
        from [cells] as cells
        join ledgers on ledgers.site = cells.site
        cross join (select lengths.days, sides.everywhere from ({string.Join(" union all ", Spans.Lengths.Select(length => $"select {length} as days"))}) as lengths
          cross join (select 0 as everywhere union all select 1) as sides) as spans
        where (spans.days = 1 and spans.everywhere = 1) or cells.day - cells.day % spans.days + spans.days <= ledgers.settled) as carried
        """;

    private static readonly string Counters =
        $"""
        sum(shown) as shown, sum(dismissed) as dismissed, sum(answered) as answered, sum(completed) as completed, sum(suspect) as suspect,
        sum(case when success in ('', 'busy') then 0 else answered end) as told, sum(case when success = 'yes' then answered else 0 end) as worked,
        {Sums("effort")}
        """;

    private static readonly Comparison[] Totals =
    [
        new(
            "total",
            $"select site, period, touchpoint, scale, shown, dismissed, answered, completed, suspect, told, worked, {Columns("effort")}, efforts, effort_sum, effort_squares from totals",
            $"""
            select site, period, place, scale, {Counters}, sum({Weighted(score => 1)}) as efforts, sum({Weighted(score => score)}) as effort_sum, sum({Weighted(score => score * score)}) as effort_squares
            from {Carried.Replace("[cells]", "cells", StringComparison.Ordinal)}
            group by site, period, place, scale
            """),
        new(
            "total of an intent",
            $"select site, period, touchpoint, scale, intent, shown, dismissed, answered, completed, suspect, told, worked, {Columns("effort")} from intent_totals",
            $"""
            select site, period, place, scale, intent, {Counters}
            from {Carried.Replace("[cells]", "cells", StringComparison.Ordinal)}
            group by site, period, place, scale, intent
            """),
        new(
            "total of scores",
            $"select site, period, touchpoint, question, answers, {Columns("score")} from score_totals",
            $"""
            select site, period, place, question, sum(answers) as answers, {Sums("score")}
            from {Carried.Replace("[cells]", "score_cells", StringComparison.Ordinal)}
            group by site, period, place, question
            """),
    ];

    // An intent that is the response's own, or the one given last in its visit.
    private const string WrongIntents =
        """
        select site, id from responses
        where state <> 'erased' and intent <> case when own_intent <> '' then own_intent else coalesce((
            select giver.own_intent from responses giver
            where giver.site = responses.site and giver.visit = responses.visit and giver.own_intent <> ''
            order by giver.answered_at desc, giver.id desc
            limit 1), '') end
        """;

    private const string Comments = "select site, day, answered_at, id, touchpoint, survey, intent, success, device, language, effort from comments";

    // The words themselves are made of them in C#.
    private const string WrittenResponses =
        """
        select site, day, answered_at, id, touchpoint, survey, intent, success, device, language, effort from responses
        where state <> 'erased' and suspect = '' and replace(answers, '"text":', '') <> answers
        """;

    private const string OfNoResponse =
        """
        select site, response from response_labels
        where not exists (select 1 from responses where responses.site = response_labels.site and responses.id = response_labels.response and state <> 'erased')
        union
        select site, response from handled_responses
        where not exists (select 1 from responses where responses.site = handled_responses.site and responses.id = handled_responses.response and state <> 'erased')
        """;

    /// <summary>The verb: 0 when nothing differs, 1 when something does, 2 when the database cannot be read. How far it is goes where errors go.</summary>
    public async Task<int> RunAsync(TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        try
        {
            return await CompareAsync(output, progress: errors, cancellation) == 0 ? 0 : 1;
        }
        catch (DbException exception)
        {
            await errors.WriteLineAsync($"The database cannot be read. {exception.Message}");
            return 2;
        }
    }

    /// <summary>
    /// Prints each difference, and how many there are. It only reads, one moment of the database, and so may run beside a collector. Ten million responses take it half an hour, so it says
    /// how far it is.
    /// </summary>
    /// <returns>The number of differences.</returns>
    public async Task<int> CompareAsync(TextWriter output, TextWriter progress, CancellationToken cancellation)
    {
        (string What, string Sql)[] comparisons =
        [
            ("wrong or not in a recount", $"{Cells} except {Recount}"),
            ("missing or different in the cells", $"{Recount} except {Cells}"),
            ("score wrong or not in a recount", $"{ScoreCells} except {ScoreRecount}"),
            ("score missing or different in the cells", $"{ScoreRecount} except {ScoreCells}"),
            .. Totals.SelectMany(total => new[]
            {
                ($"{total.What} wrong or not in a recount", $"{total.Stored} except {total.Recount}"),
                ($"{total.What} missing or different", $"{total.Recount} except {total.Stored}"),
            }),
            ("intent is not the visit's", WrongIntents),
            ("comment wrong or of no response", $"{Comments} except {WrittenResponses}"),
            ("comment missing or different", $"{WrittenResponses} except {Comments}"),
            ("label or note of no response", OfNoResponse),
        ];

        await using var connection = await database.ReadAsync(cancellation);
        await using var moment = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancellation);
        var responses = await connection.ExecuteScalarAsync<long>("select count(*) from responses where state <> 'erased'", transaction: moment, commandTimeout: 0);
        var cells = await connection.ExecuteScalarAsync<long>("select count(*) from cells", transaction: moment, commandTimeout: 0);
        var (differences, since) = (0, time.GetTimestamp());
        foreach (var (i, (what, sql)) in comparisons.Index())
        {
            await ReportAsync(what, sql);
            await progress.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{i + 1} of {comparisons.Length} comparisons, {time.GetElapsedTime(since).TotalSeconds:0} s"));
        }

        await output.WriteLineAsync($"{responses} responses, {cells} cells, {differences} differences");
        return differences;

        async Task ReportAsync(string what, string sql)
        {
            foreach (IDictionary<string, object?> row in await connection.QueryAsync(new CommandDefinition(sql, transaction: moment, commandTimeout: 0, cancellationToken: cancellation)))
            {
                differences++;
                await output.WriteLineAsync($"{what}: {string.Join(", ", row.Select(column => $"{column.Key}={column.Value}"))}");
            }
        }
    }

    private static string Count(string condition) => $"sum(case when {condition} then 1 else 0 end)";

    private static string Columns(string name) => string.Join(", ", Scores.Select(score => $"{name}_{score}"));

    private static string Sums(string name) => string.Join(", ", Scores.Select(score => $"sum({name}_{score}) as {name}_{score}"));

    private static string Weighted(Func<int, int> weight) => string.Join(" + ", Scores.Select(score => $"effort_{score} * {weight(score)}"));

    /// <summary>What is stored, and the same counted anew.</summary>
    private sealed record Comparison(string What, string Stored, string Recount);
}
