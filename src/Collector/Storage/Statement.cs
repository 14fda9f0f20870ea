using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Collector.Storage;

/// <summary>A value that a statement takes from each row: a text, a whole number, or one with decimals.</summary>
/// <param name="Name">Its name in the statement, without the <c>@</c>.</param>
/// <param name="Text">The text; null where it is another.</param>
/// <param name="Number">The whole number; null where it is another.</param>
/// <param name="Real">The number with decimals; null where it is another.</param>
public sealed record Parameter<T>(string Name, Func<T, string?>? Text = null, Func<T, long?>? Number = null, Func<T, double?>? Real = null);

/// <summary>A row of a result, column by column.</summary>
public interface IFields
{
    /// <summary>The text in a column, counted from 0; null where there is none.</summary>
    string? Text(int column);

    /// <summary>The whole number in a column, counted from 0; null where there is none.</summary>
    long? Number(int column);
}

/// <summary>
/// A statement of the hot path, which runs once for each of many rows. In SQLite it is prepared once per connection and its parameters are set by
/// position: looking them up by name, as a driver does, would cost more than the database does. In PostgreSQL all rows of a site are one command.
/// </summary>
/// <param name="sql">The statement, with <c>@Name</c> for each parameter.</param>
/// <param name="parameters">What stands for the names.</param>
public sealed class Statement<T>(string sql, params Parameter<T>[] parameters)
{
    private readonly Lazy<PostgresStatement<T>> postgres = new(() => new PostgresStatement<T>(sql, parameters));

    /// <summary>The statement.</summary>
    public string Sql => sql;

    /// <summary>Runs it for each row.</summary>
    public Task ExecuteAsync(DbTransaction transaction, IEnumerable<T> rows, CancellationToken cancellation)
    {
        if (transaction is NpgsqlTransaction npgsql)
        {
            return postgres.Value.ExecuteAsync(npgsql, rows, cancellation);
        }

        SqliteStatement.Of((SqliteConnection)transaction.Connection!, sql, parameters).Execute(rows, parameters);
        return Task.CompletedTask;
    }

    /// <summary>Runs it for each row, and gives what all the runs found.</summary>
    public async Task<List<TResult>> QueryAsync<TResult>(DbTransaction transaction, IEnumerable<T> rows, Func<IFields, TResult> read, CancellationToken cancellation)
    {
        var results = new List<TResult>();
        if (transaction is NpgsqlTransaction npgsql)
        {
            await postgres.Value.QueryAsync(npgsql, rows, read, results, cancellation);
        }
        else
        {
            SqliteStatement.Of((SqliteConnection)transaction.Connection!, sql, parameters).Query(rows, parameters, read, results);
        }

        return results;
    }
}
