using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Collector.Benchmarks.Ingest;

/// <summary>The two ways that come to mind first on SQLite. Each response is a transaction of its own, durable (synchronous=full) before the reply.</summary>
internal sealed class BaselineStore(string database) : IAsyncDisposable
{
    private readonly SqliteConnection shared = new();
    private readonly SemaphoreSlim turn = new(1);

    public Task CreateAsync()
    {
        shared.ConnectionString = $"{database};Pooling=False";
        Open(shared);
        shared.Execute("pragma journal_mode = wal");
        return BaselineTables.CreateAsync(shared, "without rowid");
    }

    /// <summary>Everybody at once; the database lets one in at a time, the others try again.</summary>
    public async Task KeepOnOwnConnectionAsync(JsonElement response)
    {
        await using var connection = new SqliteConnection(database);
        Open(connection);
        await BaselineTables.KeepAsync(connection, response);
    }

    /// <summary>One after another, in the order in which they came.</summary>
    public async Task KeepUnderLockAsync(JsonElement response)
    {
        await turn.WaitAsync();
        try
        {
            await BaselineTables.KeepAsync(shared, response);
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await shared.DisposeAsync();
        turn.Dispose();
    }

    private static void Open(SqliteConnection connection)
    {
        connection.Open();
        connection.Execute("pragma synchronous = full");
    }
}
