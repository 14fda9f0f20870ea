using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Collector.Storage;

/// <summary>A value that a statement takes from each row: a text, or a whole number.</summary>
/// <param name="Name">Its name in the statement, without the <c>@</c>.</param>
/// <param name="Text">The text; null where it is a number.</param>
/// <param name="Number">The number; null where it is a text.</param>
public sealed record Parameter<T>(string Name, Func<T, string?>? Text = null, Func<T, long?>? Number = null);

/// <summary>A row of a result, column by column.</summary>
public interface IFields
{
    /// <summary>The text in a column, counted from 0; null where there is none.</summary>
    string? Text(int column);

    /// <summary>The whole number in a column, counted from 0; null where there is none.</summary>
    long? Number(int column);
}

/// <summary>
/// A statement of the hot path, which runs once for each of many rows. It is prepared once per connection and its parameters are set by
/// position: looking them up by name, as a driver does, would cost more than the database does.
/// </summary>
/// <param name="sql">The statement, with <c>@Name</c> for each parameter.</param>
/// <param name="parameters">What stands for the names.</param>
public sealed class Statement<T>(string sql, params Parameter<T>[] parameters)
{
    /// <summary>Runs it for each row.</summary>
    public async Task ExecuteAsync(DbTransaction transaction, IEnumerable<T> rows, CancellationToken cancellation)
    {
        if (transaction.Connection is SqliteConnection sqlite)
        {
            SqliteStatement.Of(sqlite, sql, parameters).Execute(rows, parameters);
            return;
        }

        await using var command = Create(transaction);
        foreach (var row in rows)
        {
            Set(command, row);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    /// <summary>Runs it for each row, and gives what all the runs found.</summary>
    public async Task<List<TResult>> QueryAsync<TResult>(DbTransaction transaction, IEnumerable<T> rows, Func<IFields, TResult> read, CancellationToken cancellation)
    {
        var results = new List<TResult>();
        if (transaction.Connection is SqliteConnection sqlite)
        {
            SqliteStatement.Of(sqlite, sql, parameters).Query(rows, parameters, read, results);
            return results;
        }

        await using var command = Create(transaction);
        foreach (var row in rows)
        {
            Set(command, row);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var fields = new ReaderFields(reader);
            while (await reader.ReadAsync(cancellation))
            {
                results.Add(read(fields));
            }
        }

        return results;
    }

    private DbCommand Create(DbTransaction transaction)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, text, _) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.DbType = text is null ? System.Data.DbType.Int64 : System.Data.DbType.String;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private void Set(DbCommand command, T row)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters[i].Value = (parameters[i].Text is { } text ? text(row) : (object?)parameters[i].Number!(row)) ?? DBNull.Value;
        }
    }

    private sealed class ReaderFields(DbDataReader reader) : IFields
    {
        public string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

        public long? Number(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
    }
}
