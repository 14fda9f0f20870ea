using System.Diagnostics;
using System.Net;
using Collector.Storage;
using Collector.Tests.Support;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Collector.Tests.Faults;

/// <summary>Reads never wait for writes, and writes never for reads.</summary>
[Collection(nameof(Alone))]
public sealed class ReadsAndWritesTests : IDisposable
{
    private const long LogAfterCheckpoint = 24 * 1024 * 1024;

    private readonly RunningCollector collector = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Database Database => collector.Services.GetRequiredService<Database>();

    private long LogLength => new FileInfo(collector.Database.File + "-wal").Length;

    [Fact]
    public async Task ResponsesAreStoredWhileAReadGoesOnAndOn()
    {
        var table = new FaultTable("responses beside a long read");
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 6));
        await using var reader = await Database.ReadAsync(Cancellation);
        await using (await BeginReadAsync(reader))
        {
            var times = new List<double>();
            for (var i = 0; i < Sizes.Of(brief: 100, full: 2_000); i++)
            {
                var start = Stopwatch.GetTimestamp();
                await site.StoreAsync(site.Response(effort: 6));
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            Assert.Equal(1, await reader.ExecuteScalarAsync<int>("select count(*) from responses where site = @Id", new { site.Id })); // It still sees what it saw.
            times.Sort();
            table.Add(times.Count, times.Count, times.Count, 0, 0, $"median {times[times.Count / 2]:0.0} ms, longest {times[^1]:0} ms");
            Assert.InRange(times[times.Count / 2], 0, 100);
            Assert.InRange(times[^1], 0, 900); // A busy lock is waited for a second.
        }
    }

    [Fact]
    public async Task FiguresAnswerWhileAWriteGoesOnAndOn()
    {
        var table = new FaultTable("figures beside a long write");
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 6));
        var (began, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        var writing = Database.WriteAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync("delete from cells", transaction: transaction);
                began.SetResult();
                await end.Task;
                return await transaction.Connection!.ExecuteAsync("update sites set name = 'Other'", transaction: transaction);
            },
            Cancellation);
        await began.Task;
        var longest = 0.0;
        for (var i = 0; i < Sizes.Of(brief: 50, full: 500); i++)
        {
            var start = Stopwatch.GetTimestamp();
            Assert.Equal(1, (int)(await site.CesAsync())["answers"]!);
            Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("touchpoints")).Status);
            longest = Math.Max(longest, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        Assert.False(writing.IsCompleted);
        end.SetResult();
        await writing;
        table.Add(null, null, null, null, null, $"longest {longest:0} ms");
        Assert.InRange(longest, 0, 900);
    }

    [Fact]
    public async Task TheLogGivesItsSpaceBackWhenALongReadIsOver()
    {
        var table = new FaultTable("the log after a long read");
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 6));
        long grown;
        await using (var reader = await Database.ReadAsync(Cancellation))
        await using (await BeginReadAsync(reader))
        {
            await WriteMegabytesAsync(2 * LogAfterCheckpoint);
            grown = LogLength;
            Assert.True(grown > 2 * LogAfterCheckpoint);
        }

        await WriteMegabytesAsync(LogAfterCheckpoint / 2);
        await site.StoreAsync(site.Response(effort: 6));
        table.Add(null, null, null, null, null, $"{grown / 1e6:0} MB while it went on, {LogLength / 1e6:0} MB after");
        Assert.InRange(LogLength, 0, LogAfterCheckpoint + 1_000_000);
    }

    [Fact]
    public async Task TheLogStaysBoundedWhileReadsOverlapWithoutAGap()
    {
        var table = new FaultTable("the log beside reads without a gap");
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 6));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var reads = Enumerable.Range(0, 4).Select(i => Task.Run(() => ReadOnAndOnAsync(stop.Token), Cancellation)).ToList();
        var longest = 0L;
        for (var i = 0; i < Sizes.Of(brief: 12, full: 40); i++)
        {
            await WriteMegabytesAsync(LogAfterCheckpoint / 2);
            longest = Math.Max(longest, LogLength);
        }

        Assert.True(longest > LogAfterCheckpoint);

        await stop.CancelAsync();
        await Task.WhenAll(reads);
        table.Add(null, null, null, null, null, $"{longest / 1e6:0} MB at most");
        Assert.InRange(longest, 0, 5 * LogAfterCheckpoint);
    }

    public void Dispose() => collector.Dispose();

    private static async Task<IAsyncDisposable> BeginReadAsync(System.Data.Common.DbConnection reader)
    {
        var moment = await reader.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, Cancellation);
        await reader.ExecuteScalarAsync<int>("select count(*) from responses", transaction: moment);
        return moment;
    }

    // Each begins when another is half-way.
    private async Task ReadOnAndOnAsync(CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            await using var reader = await Database.ReadAsync(CancellationToken.None);
            await using (await BeginReadAsync(reader))
            {
                await Task.Delay(Random.Shared.Next(20, 60), CancellationToken.None);
            }
        }
    }

    // SQLite writes only what differs from what is there, so each time something else.
    private async Task WriteMegabytesAsync(long bytes)
    {
        for (var written = 0L; written < bytes; written += 100_000)
        {
            await Database.WriteAsync(
                transaction => transaction.Connection!.ExecuteAsync(
                    "insert into secrets (name, value) values (@name, @value) on conflict (name) do update set value = excluded.value",
                    new { name = $"ballast {written}", value = new string((char)('a' + Random.Shared.Next(26)), 100_000) },
                    transaction),
                Cancellation);
        }
    }
}
