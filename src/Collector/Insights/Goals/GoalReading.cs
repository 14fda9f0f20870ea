using System.Data.Common;
using Collector.Sites;
using Collector.Statistics;
using Dapper;

namespace Collector.Insights.Goals;

/// <summary>Reads where a goal stands: one select over the cells, as for any figure.</summary>
internal static class GoalReading
{
    public static async Task<GoalFigure> ReadAsync(DbConnection connection, Selections selections, Site site, GoalRow goal, DateTimeOffset now, CancellationToken cancellation)
    {
        // Once its date has passed, a goal is judged by the days up to that date, and stays so.
        var today = site.DayOf(now);
        var to = today < goal.Date ? today : goal.Date;
        var from = to.AddDays(1 - goal.Days);
        var counts = new GoalCounts();
        if (await goal.Selects.OverAsync(from, to, site, selections, cancellation) is { } selection)
        {
            await (goal.Measures switch
            {
                GoalMetric.Nps => AddScoresAsync(connection, selection, "nps", counts, cancellation),
                GoalMetric.Csat => AddScoresAsync(connection, selection, "csat", counts, cancellation),
                _ => AddAsync(connection, selection, counts, cancellation),
            });
        }

        var (answers, value, interval, days) = counts.Of(goal.Measures);
        var enough = answers >= site.MinimumAnswers;
        var trend = Trend.Of(days);

        // A few equal answers have an interval without width: they would meet any goal.
        var standing = new GoalStanding(value, enough ? interval : null, goal.Target);
        return new GoalFigure
        {
            From = from,
            To = to,
            Answers = answers,
            Value = value,
            Interval = interval,
            Status = standing.StatusOn(today, goal.Date, trend),
            Missing = standing.Missing,
            Trend = trend,
            Enough = enough,
            Formula = "goal-1",
        };
    }

    private static async Task AddAsync(DbConnection connection, Selection selection, GoalCounts counts, CancellationToken cancellation)
    {
        var sql =
            $"""
            select cells.day, cells.scale, cells.success, cast(sum(cells.answered) as bigint) as answered, {EffortCounts.Columns}
            from {selection.Cells}
            where {selection.Where}
            group by cells.day, cells.scale, cells.success
            """;
        await using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(sql, selection.Parameters, cancellationToken: cancellation));
        while (await rows.ReadAsync(cancellation))
        {
            var day = counts.On(rows.GetInt32(0));
            day.Effort.AddRow(rows.GetString(1), rows, 4);
            if (rows.GetString(2) is { Length: > 0 } success)
            {
                day.Successes[success] = day.Successes.GetValueOrDefault(success) + rows.GetInt64(3);
            }
        }
    }

    private static async Task AddScoresAsync(DbConnection connection, Selection selection, string question, GoalCounts counts, CancellationToken cancellation)
    {
        var sql =
            $"""
            select cells.day, {ScoreReading.Columns}
            from {selection.Tags.ScoreCells(question)}
            where {selection.Where} and cells.question = @Question
            group by cells.day
            """;
        var parameters = selection.Parameters;
        parameters.Add("Question", question);
        await using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellation));
        while (await rows.ReadAsync(cancellation))
        {
            var scores = counts.On(rows.GetInt32(0)).Scores;
            for (var i = 0; i < scores.Length; i++)
            {
                scores[i] = rows.GetInt64(i + 1);
            }
        }
    }
}
