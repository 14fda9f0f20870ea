using Collector.Tests.Support;
using Dapper;

namespace Collector.Tests.Storage.Upgrades;

public sealed class UpgradeTests : IDisposable
{
    private readonly TestDatabase test = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<int> Earlier => [.. Enumerable.Range(1, EarlierDatabase.Migrations.Count - 1)];

    [Theory]
    [MemberData(nameof(Earlier))]
    public async Task ADatabaseOfEveryEarlierMigrationOpensWithItsDataIntact(int migrations)
    {
        var earlier = await EarlierDatabase.MakeAsync(test.ConnectionString, migrations);
        await earlier.OpenAsync();

        await earlier.AssertIntactAsync();
        using var fresh = new TestDatabase();
        await (await EarlierDatabase.MakeAsync(fresh.ConnectionString, EarlierDatabase.Migrations.Count)).OpenAsync();
        Assert.Equal(await Schema.ReadAsync(fresh.ConnectionString), await Schema.ReadAsync(test.ConnectionString));
    }

    [Fact]
    public async Task AnOlderProgramRefusesANewerDatabaseAndLeavesItAsItWas()
    {
        var newer = await EarlierDatabase.MakeAsync(test.ConnectionString, EarlierDatabase.Migrations.Count);
        await using (var connection = await test.OpenAsync())
        {
            await connection.ExecuteAsync("insert into migrations (number, name, applied_at) values (999, '999-later.sql', 0)");
            await connection.ExecuteAsync(TestDatabase.IsPostgres ? "select 1" : "pragma wal_checkpoint(truncate)");
        }

        var schema = await Schema.ReadAsync(test.ConnectionString);
        var bytes = TestDatabase.IsPostgres ? null : await File.ReadAllBytesAsync(test.File, Cancellation);
        var (exitCode, output) = await CollectorProcess.RunAsync(test.ConnectionString, Cancellation, "--urls", "http://127.0.0.1:0");

        Assert.Equal(1, exitCode);
        Assert.Contains($"The database has migration 999, this version of Collector knows only {EarlierDatabase.Migrations.Count}. Start a newer version.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal); // No stack trace.
        Assert.Equal(bytes, TestDatabase.IsPostgres ? null : await File.ReadAllBytesAsync(test.File, Cancellation));
        Assert.Equal(schema, await Schema.ReadAsync(test.ConnectionString));
        await newer.AssertIntactAsync();
    }

    public void Dispose() => test.Dispose();
}
