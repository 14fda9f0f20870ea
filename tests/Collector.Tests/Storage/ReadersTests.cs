using System.Collections.Concurrent;
using Collector.Storage;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Collector.Tests.Storage;

[Trait("Database", "Own")]
public sealed class ReadersTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-tests-");
    private Database? database;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = new Database($"Data Source={Path.Combine(folder.FullName, "collector.db")}");
        await database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("create table things (name text)", transaction: transaction), Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await database!.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task AConnectionIsNeverGivenToTwoAtATime()
    {
        var taken = new ConcurrentDictionary<object, bool>();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(
            async () =>
            {
                for (var i = 0; i < 2_000; i++)
                {
                    await using var connection = await database!.ReadAsync(Cancellation);
                    var handle = ((SqliteConnection)connection).Handle!;
                    Assert.True(taken.TryAdd(handle, true));
                    Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*) from things"));
                    taken.TryRemove(handle, out bool _);
                }
            },
            Cancellation)));
    }

    [Fact]
    public async Task WhoReturnsAConnectionTwiceReturnsItOnce()
    {
        var connection = await database!.ReadAsync(Cancellation);
        await connection.DisposeAsync();
        await connection.DisposeAsync();

        await using var one = await database.ReadAsync(Cancellation);
        await using var another = await database.ReadAsync(Cancellation);
        Assert.NotSame(((SqliteConnection)one).Handle, ((SqliteConnection)another).Handle);
    }

    [Fact]
    public async Task AConnectionThatReadsCannotWrite()
    {
        await using var connection = await database!.ReadAsync(Cancellation);
        var failure = await Assert.ThrowsAsync<SqliteException>(() => connection.ExecuteAsync("insert into things values ('a')"));
        Assert.Equal(8, failure.SqliteErrorCode);
    }
}
