using System.Data.Common;
using System.Runtime.CompilerServices;
using Collector.Storage;
using Dapper;

namespace Collector.Operations.Moving;

/// <summary>The rows of a table, whichever it is: read in the order of its key, and inserted.</summary>
public sealed class TableRows(Table table)
{
    private readonly string all = $"select {Names(table.Columns.Select(column => column.Name))} from \"{table.Name}\" order by {Names(table.Key)}";

    private readonly Statement<object?[]> insert = new(
        $"""
        insert into "{table.Name}" ({Names(table.Columns.Select(column => column.Name))})
        values ({string.Join(", ", table.Columns.Select(column => $"@{column.Name}"))})
        """,
        [.. table.Columns.Select(Parameter)]);

    /// <summary>The name of the table.</summary>
    public string Name => table.Name;

    /// <summary>How many there are.</summary>
    public Task<long> CountAsync(DbTransaction transaction, CancellationToken cancellation) => transaction.Connection!.ExecuteScalarAsync<long>(
        new CommandDefinition($"select count(*) from \"{table.Name}\"", transaction: transaction, commandTimeout: 0, cancellationToken: cancellation));

    /// <summary>Reads them one by one, as they come: a table may be larger than memory.</summary>
    /// <param name="transaction">What to read in.</param>
    /// <param name="most">As many at most.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<object?[]> ReadAsync(DbTransaction transaction, long most, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var reader = await transaction.Connection!.ExecuteReaderAsync(
            new CommandDefinition($"{all} limit @most", new { most }, transaction, commandTimeout: 0, cancellationToken: cancellation));
        while (await reader.ReadAsync(cancellation))
        {
            var row = new object?[table.Columns.Count];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : Value(reader, i);
            }

            yield return row;
        }
    }

    /// <summary>The digest of the first of them.</summary>
    /// <param name="transaction">What to read in.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="tell">Is told after each row how many there were.</param>
    /// <param name="most">Of as many at most.</param>
    public async Task<RowDigest> DigestAsync(DbTransaction transaction, CancellationToken cancellation, Func<long, Task>? tell = null, long most = long.MaxValue)
    {
        using var hash = new RowHash();
        await foreach (var row in ReadAsync(transaction, most, cancellation))
        {
            hash.Add(row);
            await (tell?.Invoke(hash.Rows) ?? Task.CompletedTask);
        }

        return hash.End();
    }

    /// <summary>Inserts some, in one transaction.</summary>
    public Task InsertAsync(Database target, IReadOnlyList<object?[]> rows, CancellationToken cancellation) => target.WriteAsync(
        async transaction =>
        {
            await insert.ExecuteAsync(transaction, rows, cancellation);
            return rows.Count;
        },
        cancellation);

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"\"{name}\""));

    private static Parameter<object?[]> Parameter(Column column, int i) => column.Type switch
    {
        ColumnType.Text => new(column.Name, Text: row => (string?)row[i]),
        ColumnType.Real => new(column.Name, Real: row => (double?)row[i]),
        _ => new(column.Name, Number: row => (long?)row[i]),
    };

    private object Value(DbDataReader reader, int i) => table.Columns[i].Type switch
    {
        ColumnType.Text => reader.GetString(i),
        ColumnType.Real => reader.GetDouble(i),
        _ => reader.GetInt64(i),
    };
}
