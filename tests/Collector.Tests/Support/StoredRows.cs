using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Dapper;

namespace Collector.Tests.Support;

/// <summary>Looks into the database itself, past the application.</summary>
public static class StoredRows
{
    public static async Task<IReadOnlyList<IDictionary<string, object?>>> QueryAsync(RunningCollector collector, string sql, object? parameters = null)
    {
        await using var connection = await collector.Database.OpenAsync();
        return await QueryAsync(connection, transaction: null, sql, parameters);
    }

    /// <summary>Rows in which every number is a whole one of 64 bits, whatever the database calls it.</summary>
    public static async Task<IReadOnlyList<IDictionary<string, object?>>> QueryAsync(DbConnection connection, DbTransaction? transaction, string sql, object? parameters)
    {
        List<IDictionary<string, object?>> rows = [.. (await connection.QueryAsync(sql, parameters, transaction)).Cast<IDictionary<string, object?>>()];
        foreach (var row in rows)
        {
            foreach (var column in row.Keys.ToArray())
            {
                row[column] = row[column] is int or decimal ? Convert.ToInt64(row[column], CultureInfo.InvariantCulture) : row[column];
            }
        }

        return rows;
    }

    /// <summary>The text of a response's last answer.</summary>
    public static async Task<string?> TextAsync(RunningCollector collector, string site, string id)
    {
        var row = (await QueryAsync(collector, "select answers from responses where site = @site and id = @id", new { site, id })).Single();
        return (string?)JsonNode.Parse((string)row["answers"]!)!.AsArray()[^1]!["text"];
    }
}
