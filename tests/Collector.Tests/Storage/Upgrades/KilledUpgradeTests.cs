using Collector.Tests.Support;
using Dapper;

namespace Collector.Tests.Storage.Upgrades;

/// <summary>kill -9 while the program migrates a file: the next start finds what was there before, or all of what is new.</summary>
[Trait("Database", "Own")]
public sealed class KilledUpgradeTests
{
    private const int KilledBySignal = 128 + 9;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // strace kills it at the n-th write to a file: on its way into the log that is the migrations' only trace until they are committed.
    [Fact]
    public async Task KilledAtAnyWriteItHasMigratedWhollyOrNotAtAll()
    {
        int[] moments = [2, 4, 6, 9, 14, 22, 40, 70];
        var killedWithin = 0;
        foreach (var moment in moments)
        {
            using var test = new TestDatabase();
            var earlier = await EarlierDatabase.MakeAsync(test.ConnectionString, 1);
            await using (var connection = await test.OpenAsync())
            {
                await connection.ExecuteAsync("pragma wal_checkpoint(truncate)");
            }

            var before = await Schema.ReadAsync(test.ConnectionString);
            var (exitCode, _) = await CollectorProcess.RunByAsync(
                ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=pwrite64", "-e", $"inject=pwrite64:signal=KILL:when={moment}"],
                test.ConnectionString, Cancellation, "keys", "list", "--site", "none");

            // The log holds the beginning of a transaction that was never committed.
            var hasBegun = new FileInfo($"{test.File}-wal") is { Exists: true, Length: > 0 };
            var after = await Schema.ReadAsync(test.ConnectionString);
            killedWithin += exitCode == KilledBySignal && hasBegun && after == before ? 1 : 0;
            await earlier.OpenAsync();
            await earlier.AssertIntactAsync();
            var migrated = await Schema.ReadAsync(test.ConnectionString);
            Assert.True(after == before || after == migrated, $"Killed at write {moment}, half of it was there:\n{after}");
        }

        Assert.True(killedWithin >= 3, $"{killedWithin} of {moments.Length} kills came while it migrated.");
    }
}
