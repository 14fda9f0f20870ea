using Collector.Tests.Support;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Collector.Tests.Faults;

/// <summary>What is in the database after a fault. It is whole, and its cells equal a recount.</summary>
/// <param name="Revisions">The revision of each response that is stored.</param>
/// <param name="CountedTwice">How many more responses the cells count than there are.</param>
internal sealed record Aftermath(IReadOnlyDictionary<string, int> Revisions, long CountedTwice)
{
    /// <param name="database">A SQLite file, or a connection string.</param>
    public static async Task<Aftermath> OfAsync(string database, CancellationToken cancellation)
    {
        var (exitCode, output) = await CollectorProcess.RunAsync(database, cancellation, "check");
        Assert.Contains(" 0 differences", output, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);

        await using var connection = await TestDatabase.OpenAsync(database.Contains('=', StringComparison.Ordinal) ? database : $"Data Source={database};Mode=ReadOnly");
        Assert.True(connection is not SqliteConnection || await connection.ExecuteScalarAsync<string>("pragma integrity_check") == "ok");
        var counted = await connection.ExecuteScalarAsync<long>("select coalesce(sum(shown), 0) from cells");
        var revisions = (await connection.QueryAsync<(string Id, long Revision)>("select id, revision from responses"))
            .ToDictionary(row => row.Id, row => (int)row.Revision, StringComparer.Ordinal);
        return new Aftermath(revisions, counted - revisions.Count);
    }

    /// <summary>What was acknowledged and is not there, or in an earlier revision only.</summary>
    public IReadOnlyList<string> Lost(IEnumerable<KeyValuePair<string, int>> acknowledged) =>
        [.. acknowledged.Where(response => Revisions.GetValueOrDefault(response.Key) < response.Value).Select(response => response.Key)];
}
