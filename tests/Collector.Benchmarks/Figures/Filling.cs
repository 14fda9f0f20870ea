using System.Globalization;
using Collector.Ingest;
using Collector.Storage;
using Dapper;

namespace Collector.Benchmarks.Figures;

/// <summary>
/// Fills a database with responses by the statements that the collector writes with, a day in each transaction. Only the indexes of the responses are made afterwards: in
/// the end everything is there that would be, had they come one by one.
/// </summary>
internal static class Filling
{
    // A statement of ingest may take five seconds.
    private const int RowsAtOnce = 5_000;

    public static async Task RunAsync(FullDatabase full, string site, int responses, DateOnly lastDay, CancellationToken cancellation)
    {
        await using var database = new Database(full.ConnectionString);
        var indexes = await database.WriteAsync(
            async transaction =>
            {
                var connection = transaction.Connection!;
                for (var rank = 1; rank <= Population.Pages; rank++)
                {
                    await connection.ExecuteAsync(
                        "insert into touchpoints (site, number, name) values (@site, @rank, @Name)", new { site, rank, Name = Population.PageOf(rank) }, transaction);
                }

                var made = (await connection.QueryAsync<(string Name, string Sql)>(full.IndexesOfResponses, transaction: transaction)).AsList();
                foreach (var (name, _) in made)
                {
                    await connection.ExecuteAsync($"drop index {name}", transaction: transaction);
                }

                return made;
            },
            cancellation);

        var done = 0;
        foreach (var day in new Population(site, responses, lastDay).ByDay())
        {
            await database.WriteAsync(
                async transaction =>
                {
                    var rows = Joined(day);
                    var cells = new CellChanges(await Ledger.RaiseAsync(transaction, [site], cancellation));
                    foreach (var row in rows)
                    {
                        cells.Add(row.Counted);
                    }

                    foreach (var some in rows.Chunk(RowsAtOnce))
                    {
                        await Row.Upsert.ExecuteAsync(transaction, some, cancellation);
                        await Comment.Upsert.ExecuteAsync(transaction, some.Where(Comment.IsIn).Select(Comment.Of), cancellation);
                    }

                    await cells.WriteAsync(transaction, cancellation);
                    return rows.Count;
                },
                cancellation);
            if (++done % 73 == 0)
            {
                await Console.Error.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{done * 100 / Population.Days} % "));
            }
        }

        foreach (var (_, sql) in indexes)
        {
            await database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(sql, transaction: transaction, commandTimeout: 0), cancellation);
        }

        await full.FinishAsync(cancellation);
    }

    // The intent that a visit told counts for all its responses.
    private static List<Row> Joined(IReadOnlyList<Row> rows)
    {
        var intents = rows.Where(row => row.Counted is { Visit: not null, OwnIntent.Length: > 0 }).ToDictionary(row => row.Counted.Visit!, row => row.Counted.OwnIntent);
        return [.. rows.Select(row => row.Counted.Visit is { } visit && intents.TryGetValue(visit, out var intent)
            ? row with { Counted = row.Counted with { Intent = intent } }
            : row)];
    }
}
