using System.Data.Common;
using Collector.Feedback;
using Dapper;

namespace Collector.Insights;

/// <summary>Reads how often each score of a question was given, whole and by parts: one select over its cells, and one for what bots seem to have given.</summary>
internal static class ScoreReading
{
    /// <summary>The columns of the cells to select, added up: a count for each score from 0 to 10.</summary>
    public static readonly string Columns = string.Join(", ", Enumerable.Range(Scale.Lowest, Scores).Select(score => $"cast(sum(cells.score_{score}) as bigint) as score_{score}"));

    /// <summary>How many scores there are.</summary>
    public const int Scores = Scale.Highest - Scale.Lowest + 1;

    /// <summary>Reads the parts, in order; one without a name where nothing is broken down.</summary>
    /// <param name="question">The name of the question in its cells: nps or csat.</param>
    public static async Task<ScoreParts> ReadAsync(DbConnection connection, Selection selection, string question, Breakdown breakdown, CancellationToken cancellation)
    {
        var source = CellSource.OfScores(question, selection, breakdown.Detail);
        var sql =
            $"""
            select {breakdown.Column} as key, {Columns}
            from {source.Table}
            {breakdown.Join}
            where {source.Where}
            group by 1
            """;
        var (all, parts) = (new long[Scores], new SortedDictionary<string, long[]>(breakdown.Order));
        using (var rows = await connection.ExecuteReaderAsync(new CommandDefinition(sql, source.Parameters, cancellationToken: cancellation)))
        {
            while (await rows.ReadAsync(cancellation))
            {
                foreach (var counts in breakdown.KeysOf(rows).Select(key => parts.TryGetValue(key, out var part) ? part : parts[key] = new long[Scores]).Append(all))
                {
                    for (var i = 0; i < Scores; i++)
                    {
                        counts[i] += rows.GetInt64(i + 1);
                    }
                }
            }
        }

        var responses = CellSource.Of(selection, Detail.None);
        var (suspect, shown) = await connection.QuerySingleAsync<(long Suspect, long Shown)>(new CommandDefinition(
            $"select cast(coalesce(sum(cells.suspect), 0) as bigint), cast(coalesce(sum(cells.shown), 0) as bigint) from {responses.Table} where {responses.Where}",
            responses.Parameters,
            cancellationToken: cancellation));

        // An empty text in the cells means that it was not told.
        return new ScoreParts(all, [.. parts.Select(part => (part.Key.Length == 0 ? null : part.Key, part.Value))], SuspectFigure.Of(suspect, shown));
    }
}

/// <summary>How often each score was given, whole and by parts.</summary>
/// <param name="All">The counts of the whole, from score 0 to 10.</param>
/// <param name="Parts">The key of each part, null where it was not told, and its counts.</param>
/// <param name="Suspect">What bots seem to have given in the same selection.</param>
internal sealed record ScoreParts(long[] All, IReadOnlyList<(string? Key, long[] Counts)> Parts, SuspectFigure Suspect);
