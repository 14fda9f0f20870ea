using System.Data.Common;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Collector.Tests.Support;

/// <summary>An empty database for one collector: a SQLite file, or a database of the PostgreSQL server that the tests of this run share.</summary>
public sealed class TestDatabase : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-tests-");

    public TestDatabase() => ConnectionString = PostgresServer.Shared?.NewDatabase() ?? $"Data Source={File}";

    /// <summary>The file, where it is one.</summary>
    public string File => Path.Combine(folder.FullName, "collector.db");

    /// <summary>What an operator would write in <c>Collector:Database</c>.</summary>
    public string ConnectionString { get; }

    public static bool IsPostgres => PostgresServer.Shared is not null;

    /// <summary>A connection of its own, past the application.</summary>
    public Task<DbConnection> OpenAsync() => OpenAsync(ConnectionString);

    /// <summary>A connection of its own to what an operator would write in <c>Collector:Database</c>.</summary>
    public static async Task<DbConnection> OpenAsync(string connectionString)
    {
        DbConnection connection = connectionString.StartsWith("Host=", StringComparison.Ordinal)
            ? new NpgsqlConnection($"{connectionString};Pooling=false")
            : new SqliteConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    /// <summary>Keeps all others from writing until what this gives is disposed of.</summary>
    public async Task<DbConnection> KeepFromWritingAsync()
    {
        var connection = await OpenAsync();
        await connection.ExecuteAsync(IsPostgres ? "begin; lock table ledgers, secrets in exclusive mode" : "begin immediate");
        return connection;
    }

    /// <summary>All that is stored, as text.</summary>
    public async Task<string> AllTextAsync()
    {
        if (!IsPostgres)
        {
            return string.Concat(((string[])[File, $"{File}-wal"]).Select(ReadLatin1));
        }

        await using var connection = await OpenAsync();
        var tables = await connection.QueryAsync<string>("select table_name from information_schema.tables where table_schema = 'public'");
        return string.Concat(tables.SelectMany(table => connection.Query<string>($"select cast(t as text) from {table} t")));
    }

    public static string ReadLatin1(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    public void Dispose()
    {
        if (Directory.Exists(folder.FullName))
        {
            folder.Delete(recursive: true);
        }
    }
}
