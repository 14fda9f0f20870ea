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
            await AddDaysAsync(connection, selection, goal.Measures, counts.On, cancellation);
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

    /// <summary>Reads what a metric is made of, day by day.</summary>
    /// <param name="countsOf">The counts to which a day's are added.</param>
    public static Task AddDaysAsync(DbConnection connection, Selection selection, GoalMetric metric, Func<int, GoalCounts.Day> countsOf, CancellationToken cancellation) => metric switch
    {
        GoalMetric.Nps => AddScoresAsync(connection, selection, "nps", countsOf, cancellation),
        GoalMetric.Csat => AddScoresAsync(connection, selection, "csat", countsOf, cancellation),
        _ => AddAsync(connection, selection, countsOf, cancellation),
    };

    private static async Task AddAsync(DbConnection connection, Selection selection, Func<int, GoalCounts.Day> countsOf, CancellationToken cancellation)
    {
        var source = CellSource.Of(selection, Detail.Day);
        var sql =
            $"""
            select cells.day, cells.scale, cast(sum(cells.told) as bigint) as told, cast(sum(cells.worked) as bigint) as worked, {EffortCounts.Columns}
            from {source.Table}
            where {source.Where}
            group by cells.day, cells.scale
            """;
        using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(sql, source.Parameters, cancellationToken: cancellation));
        while (await rows.ReadAsync(cancellation))
        {
            var day = countsOf(rows.GetInt32(0));
            day.Effort.AddRow(rows.GetString(1), rows, 4);
            day.Told += rows.GetInt64(2);
            day.Worked += rows.GetInt64(3);
        }
    }

    private static async Task AddScoresAsync(DbConnection connection, Selection selection, string question, Func<int, GoalCounts.Day> countsOf, CancellationToken cancellation)
    {
        var source = CellSource.OfScores(question, selection, Detail.Day);
        var sql =
            $"""
            select cells.day, {ScoreReading.Columns}
            from {source.Table}
            where {source.Where}
            group by cells.day
            """;
        using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(sql, source.Parameters, cancellationToken: cancellation));
        while (await rows.ReadAsync(cancellation))
        {
            var scores = countsOf(rows.GetInt32(0)).Scores;
            for (var i = 0; i < scores.Length; i++)
            {
                scores[i] = rows.GetInt64(i + 1);
            }
        }
    }
}
