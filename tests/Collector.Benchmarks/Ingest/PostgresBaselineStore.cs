using System.Text.Json;
using Npgsql;

namespace Collector.Benchmarks.Ingest;

/// <summary>The way that comes to mind first on PostgreSQL. Each response is a transaction of its own, on a connection of the driver's pool.</summary>
internal sealed class PostgresBaselineStore(string database)
{
    public async Task CreateAsync()
    {
        await using var connection = await OpenAsync();
        await BaselineTables.CreateAsync(connection);
    }

    public async Task KeepAsync(JsonElement response)
    {
        await using var connection = await OpenAsync();
        await BaselineTables.KeepAsync(connection, response);
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        return connection;
    }
}
