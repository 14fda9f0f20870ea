using System.Globalization;
using Collector.Feedback;
using Collector.Storage;
using Dapper;

namespace Collector.Insights;

/// <summary>Reads how often each score of a question was given, whole and by parts: one select over its cells, and one for what bots seem to have given.</summary>
internal static class ScoreReading
{
    /// <summary>The columns of the cells to select, added up: a count for each score from 0 to 10.</summary>
    public static readonly string Columns = string.Join(", ", Enumerable.Range(Scale.Lowest, Scores).Select(score => $"cast(sum(cells.score_{score}) as bigint) as score_{score}"));

    /// <summary>How many scores there are.</summary>
    public const int Scores = Scale.Highest - Scale.Lowest + 1;

    // What a figure can be broken down by, and the column that tells it.
    private static readonly Dictionary<string, string> Breakdowns = new(StringComparer.Ordinal)
    {
        ["day"] = "cells.day",
        ["touchpoint"] = "touchpoints.name",
        ["intent"] = "cells.intent",
        ["success"] = "cells.success",
        ["device"] = "cells.device",
        ["language"] = "cells.language",
        ["survey"] = "cells.survey",
    };

    /// <summary>Adds to <paramref name="errors"/> when nothing can be broken down like this.</summary>
    public static void Check(string? by, FieldErrors errors)
    {
        if (by is not null && !Breakdowns.ContainsKey(by))
        {
            errors.AddMalformed("by", $"One of: {string.Join(", ", Breakdowns.Keys)}.");
        }
    }

    /// <summary>Reads the parts, in order; one without a name where nothing is broken down.</summary>
    /// <param name="question">The name of the question in its cells: nps or csat.</param>
    public static async Task<ScoreParts> ReadAsync(Database database, Selection selection, string question, string? by, CancellationToken cancellation)
    {
        var sql =
            $"""
            select {(by is null ? "''" : Breakdowns[by])} as key, {Columns}
            from score_cells as cells
            {(by == "touchpoint" ? "join touchpoints on touchpoints.site = cells.site and touchpoints.number = cells.touchpoint" : "")}
            where {selection.Where} and cells.question = @Question
            group by 1
            order by 1
            """;
        var parameters = new DynamicParameters(selection);
        parameters.Add("Question", question);
        await using var connection = await database.ReadAsync(cancellation);
        var parts = new List<(string? Key, long[] Counts)>();
        await using (var rows = await connection.ExecuteReaderAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellation)))
        {
            while (await rows.ReadAsync(cancellation))
            {
                var key = by == "day" ? DayNumber.ToDay(rows.GetInt32(0)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : rows.GetString(0);

                // An empty text in the cells means that it was not told.
                parts.Add((key.Length == 0 ? null : key, [.. Enumerable.Range(1, Scores).Select(rows.GetInt64)]));
            }
        }

        var (suspect, shown) = await connection.QuerySingleAsync<(long Suspect, long Shown)>(new CommandDefinition(
            $"select cast(coalesce(sum(cells.suspect), 0) as bigint), cast(coalesce(sum(cells.shown), 0) as bigint) from cells where {selection.Where}",
            selection,
            cancellationToken: cancellation));
        return new ScoreParts(parts, SuspectFigure.Of(suspect, shown));
    }
}

/// <summary>How often each score was given, by parts.</summary>
/// <param name="Parts">The key of each part, null where it was not told, and its counts from score 0 to 10.</param>
/// <param name="Suspect">What bots seem to have given in the same selection.</param>
internal sealed record ScoreParts(IReadOnlyList<(string? Key, long[] Counts)> Parts, SuspectFigure Suspect)
{
    /// <summary>The counts of all parts.</summary>
    public long[] All()
    {
        var all = new long[ScoreReading.Scores];
        foreach (var (_, counts) in Parts)
        {
            for (var i = 0; i < all.Length; i++)
            {
                all[i] += counts[i];
            }
        }

        return all;
    }
}
