using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Collector.Tests.Support;

/// <summary>Looks into the database file itself, past the application.</summary>
public static class StoredRows
{
    public static async Task<IReadOnlyList<IDictionary<string, object?>>> QueryAsync(RunningCollector collector, string sql, object? parameters = null)
    {
        await using var connection = new SqliteConnection($"Data Source={collector.DatabaseFile};Mode=ReadOnly;Pooling=false");
        return [.. (await connection.QueryAsync(sql, parameters)).Cast<IDictionary<string, object?>>()];
    }

    /// <summary>The text of a response's last answer.</summary>
    public static async Task<string?> TextAsync(RunningCollector collector, string site, string id)
    {
        var row = (await QueryAsync(collector, "select answers from responses where site = @site and id = @id", new { site, id })).Single();
        return (string?)JsonNode.Parse((string)row["answers"]!)!.AsArray()[^1]!["text"];
    }
}
