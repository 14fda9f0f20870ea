using Collector.Tests.Support;
using Dapper;

namespace Collector.Tests.Storage.Upgrades;

/// <summary>Migrations on a server: killed half-way, or begun by several collectors at once.</summary>
[Trait("Database", "Own")]
public sealed class UpgradesOnAServerTests : IDisposable
{
    private readonly PostgresServer server = PostgresServer.Start("15");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KilledBetweenTwoTablesItHasMigratedNothing()
    {
        foreach (var table in (string[])["people", "comments", "audit", "deliveries", "mails", "import_errors"])
        {
            var database = server.NewDatabase();
            var earlier = await EarlierDatabase.MakeAsync(database, 1);
            var before = await Schema.ReadAsync(database);
            await using (await HoldUpAsync(database, table))
            {
                await CollectorProcess.KillWhenAsync(() => IsHeldUpAsync(database), database, Cancellation, "keys", "list", "--site", "none");
            }

            Assert.Equal(before, await Schema.ReadAsync(database));
            await earlier.OpenAsync();
            await earlier.AssertIntactAsync();
        }
    }

    [Fact]
    public async Task SeveralThatStartAtOnceMigrateOnce()
    {
        var database = server.NewDatabase();
        var earlier = await EarlierDatabase.MakeAsync(database, 1);
        Task<(int ExitCode, string Output)>[] collectors;
        await using (await HoldUpAsync(database, "imports"))
        {
            collectors = [.. Enumerable.Range(0, 3).Select(_ => CollectorProcess.RunAsync(database, Cancellation, "keys", "list", "--site", "none"))];
            while (!await IsHeldUpAsync(database))
            {
                await Task.Delay(20, Cancellation);
            }
        }

        // 2: each came as far as to look for that site.
        Assert.All(await Task.WhenAll(collectors), collector => Assert.True(collector.ExitCode == 2, collector.Output));
        await earlier.AssertIntactAsync();
        await using var connection = await TestDatabase.OpenAsync(database);
        Assert.Equal(EarlierDatabase.Migrations, await connection.QueryAsync<string>("select name from migrations order by number"));
    }

    public void Dispose() => server.Dispose();

    // A table of the same name, made in a transaction that is still open, lets a migration wait half-way.
    private static async Task<IAsyncDisposable> HoldUpAsync(string database, string table)
    {
        var connection = await TestDatabase.OpenAsync(database);
        await connection.ExecuteAsync($"begin; create table {table} (site text)");
        return connection; // Closed, it has made nothing.
    }

    private static async Task<bool> IsHeldUpAsync(string database)
    {
        await using var connection = await TestDatabase.OpenAsync(database);
        return await connection.ExecuteScalarAsync<bool>(
            "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ilike '%create table%')");
    }
}
