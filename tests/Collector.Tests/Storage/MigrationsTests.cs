using System.Data.Common;
using Collector.Storage;
using Collector.Tests.Support;
using Dapper;

namespace Collector.Tests.Storage;

public sealed class MigrationsTests : IDisposable
{
    private readonly TestDatabase test = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MigratingTwiceChangesNothing()
    {
        await MigrateAsync();
        var once = await SchemaAsync();
        await MigrateAsync();

        Assert.Equal(once, await SchemaAsync());
        Assert.Contains("cells", once, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ManyAtOnceMigrateOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(MigrateAsync)));

        await using var connection = await test.OpenAsync();
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*) from migrations where number = 1"));
    }

    [Fact]
    public async Task AMigrationThatWasCutShortLeavesNothingBehind()
    {
        await using (var connection = await test.OpenAsync())
        {
            // A table of ours that is there already makes the first migration fail half-way.
            await connection.ExecuteAsync("create table touchpoints (site text)");
        }

        await Assert.ThrowsAnyAsync<DbException>(MigrateAsync);
        await using (var connection = await test.OpenAsync())
        {
            Assert.Equal(["touchpoints"], await connection.QueryAsync<string>(
                TestDatabase.IsPostgres ? "select table_name from information_schema.tables where table_schema = 'public'" : "select name from sqlite_master where type = 'table'"));
            await connection.ExecuteAsync("drop table touchpoints");
        }

        await MigrateAsync();
    }

    [Fact]
    public async Task ADatabaseOfANewerVersionIsRefusedAndLeftAlone()
    {
        await MigrateAsync();
        await using var connection = await test.OpenAsync();
        await connection.ExecuteAsync("insert into migrations (number, name, applied_at) values (999, '999-later.sql', 0)");
        var before = await SchemaAsync();

        await Assert.ThrowsAsync<NewerDatabaseException>(MigrateAsync);
        Assert.Equal(before, await SchemaAsync());
    }

    [Fact]
    public async Task EveryCommitIsOnDiskBeforeItReturns()
    {
        await using var database = new Database(test.ConnectionString);
        var (synchronous, journal) = await database.WriteAsync(
            async transaction => (
                await transaction.Connection!.ExecuteScalarAsync<string>(TestDatabase.IsPostgres ? "show synchronous_commit" : "pragma synchronous", transaction: transaction),
                await transaction.Connection!.ExecuteScalarAsync<string>(TestDatabase.IsPostgres ? "show wal_level" : "pragma journal_mode", transaction: transaction)),
            Cancellation);

        Assert.Equal(TestDatabase.IsPostgres ? ("on", "replica") : ("2", "wal"), (synchronous, journal)); // 2 is full
    }

    [Fact]
    public async Task AConnectionToReadWithCannotWrite()
    {
        await MigrateAsync();
        await using var database = new Database(test.ConnectionString);
        await using var connection = await database.ReadAsync(Cancellation);

        await Assert.ThrowsAnyAsync<DbException>(() => connection.ExecuteAsync("delete from sites"));
    }

    [Fact]
    public async Task ATransactionThatThrowsHasWrittenNothing()
    {
        await MigrateAsync();
        await using var database = new Database(test.ConnectionString);

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync<int>(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync("insert into secrets (name, value) values ('a', 'b')", transaction: transaction);
                throw new InvalidOperationException();
            },
            Cancellation));

        await using var connection = await database.ReadAsync(Cancellation);
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*) from secrets"));
    }

    [Fact]
    public void EveryKeyBeginsWithTheSite()
    {
        // So that the tables can be distributed by site; the small ones that every site needs, and those of people, are the exception.
        var sql = string.Concat(typeof(Database).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal) && name != "002-people.sql").Select(ReadMigration));
        var tables = sql.Split("create table ").Skip(1).Where(table => !table.StartsWith("secrets", StringComparison.Ordinal) && !table.StartsWith("sites", StringComparison.Ordinal)).ToList();

        Assert.True(tables.Count >= 18, $"{tables.Count} tables");
        Assert.All(tables, table => Assert.Matches(@"primary key \(site[,)]", table));
        Assert.All(sql.Split("create unique index ").Skip(1), index => Assert.Contains("(site, ", index.Split('\n')[0], StringComparison.Ordinal));
    }

    public void Dispose() => test.Dispose();

    private static string ReadMigration(string name)
    {
        using var reader = new StreamReader(typeof(Database).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private async Task MigrateAsync()
    {
        await using var database = new Database(test.ConnectionString);
        await new Migrations(database, TimeProvider.System).ApplyAsync(Cancellation);
    }

    private async Task<string> SchemaAsync()
    {
        await using var connection = await test.OpenAsync();
        return string.Join('\n', await connection.QueryAsync<string>(TestDatabase.IsPostgres
            ? "select table_name || '.' || column_name || ' ' || data_type from information_schema.columns where table_schema = 'public' order by 1"
            : "select sql from sqlite_master where sql is not null order by name"));
    }
}
