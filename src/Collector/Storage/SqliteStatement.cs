using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Collector.Storage;

/// <summary>A prepared statement of SQLite itself, below the driver, which takes longer for twenty parameters than SQLite for its work.</summary>
internal sealed class SqliteStatement : IFields
{
    private static readonly ConditionalWeakTable<SqliteConnection, Dictionary<string, SqliteStatement>> Known = [];

    private readonly sqlite3 database;
    private readonly sqlite3_stmt prepared;
    private readonly int[] positions;
    private byte[] bytes = new byte[1024];

    private SqliteStatement(sqlite3 database, string sql, IEnumerable<string> names)
    {
        this.database = database;
        Check(sqlite3_prepare_v3(database, sql, SQLITE_PREPARE_PERSISTENT, out prepared));
        positions = [.. names.Select(name => sqlite3_bind_parameter_index(prepared, $"@{name}"))];
    }

    /// <summary>The statement of this text on this connection.</summary>
    public static SqliteStatement Of<T>(SqliteConnection connection, string sql, Parameter<T>[] parameters)
    {
        var statements = Known.GetOrCreateValue(connection);
        if (!statements.TryGetValue(sql, out var statement))
        {
            statements[sql] = statement = new SqliteStatement(connection.Handle!, sql, parameters.Select(parameter => parameter.Name));
        }

        return statement;
    }

    /// <summary>Ends all statements of a connection, which could not be closed otherwise.</summary>
    public static void End(SqliteConnection connection)
    {
        if (Known.TryGetValue(connection, out var statements))
        {
            foreach (var statement in statements.Values)
            {
                statement.prepared.Dispose();
            }

            Known.Remove(connection);
        }
    }

    public void Execute<T>(IEnumerable<T> rows, Parameter<T>[] parameters)
    {
        foreach (var row in rows)
        {
            try
            {
                Bind(row, parameters);
                while (Step())
                {
                    // What it gives, nobody asked for.
                }
            }
            finally
            {
                Reset();
            }
        }
    }

    public void Query<T, TResult>(IEnumerable<T> rows, Parameter<T>[] parameters, Func<IFields, TResult> read, List<TResult> results)
    {
        foreach (var row in rows)
        {
            try
            {
                Bind(row, parameters);
                while (Step())
                {
                    results.Add(read(this));
                }
            }
            finally
            {
                Reset();
            }
        }
    }

    string? IFields.Text(int column) =>
        sqlite3_column_type(prepared, column) == SQLITE_NULL ? null : sqlite3_column_text(prepared, column).utf8_to_string();

    long? IFields.Number(int column) =>
        sqlite3_column_type(prepared, column) == SQLITE_NULL ? null : sqlite3_column_int64(prepared, column);

    private void Bind<T>(T row, Parameter<T>[] parameters)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            Check(parameters[i] switch
            {
                { Text: { } text } => Bind(positions[i], text(row)),
                { Real: { } real } => Bind(positions[i], real(row)),
                var number => Bind(positions[i], number.Number!(row)),
            });
        }
    }

    private int Bind(int position, long? value) =>
        value is { } number ? sqlite3_bind_int64(prepared, position, number) : sqlite3_bind_null(prepared, position);

    private int Bind(int position, double? value) =>
        value is { } number ? sqlite3_bind_double(prepared, position, number) : sqlite3_bind_null(prepared, position);

    private int Bind(int position, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            // An empty span has no address, which SQLite would take for null.
            return text is null ? sqlite3_bind_null(prepared, position) : sqlite3_bind_text(prepared, position, "");
        }

        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (longest > bytes.Length)
        {
            bytes = new byte[longest];
        }

        return sqlite3_bind_text(prepared, position, bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
    }

    private bool Step()
    {
        var result = sqlite3_step(prepared);
        if (result is not SQLITE_ROW and not SQLITE_DONE)
        {
            Check(result);
        }

        return result == SQLITE_ROW;
    }

    // It says again what went wrong, if something did; that is thrown already.
    private void Reset() => _ = sqlite3_reset(prepared);

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, database);
}
