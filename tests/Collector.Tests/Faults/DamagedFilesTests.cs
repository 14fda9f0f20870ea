using System.Security.Cryptography;
using Collector.Operations;
using Collector.Storage;
using Collector.Tests.Support;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Collector.Tests.Faults;

/// <summary>The files of a collector that was killed have lost their end, or were overwritten in places.</summary>
[Collection(nameof(Alone))]
public sealed class DamagedFilesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-tests-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Left => Path.Combine(folder.FullName, "left.db");

    private string Copy => Path.Combine(folder.FullName, "copy.db");

    [Fact]
    public async Task ADamagedLogOpensAsAPrefixOfWhatWasAcknowledged()
    {
        var times = Sizes.Of(brief: 60, full: 500);
        var table = new FaultTable($"log truncated or overwritten, {times} times");
        var acknowledged = await LeaveAsync(responses: 200);
        var log = await File.ReadAllBytesAsync(Left + "-wal", Cancellation);
        var found = new List<int>();
        for (var i = 0; i < times; i++)
        {
            await DamageLogAsync(log, at: Random.Shared.Next(log.Length), truncate: i % 2 == 0);
            var stored = await OpenAsync();
            Assert.NotNull(stored);
            Assert.Equal(acknowledged.Take(stored.Count), stored.Order(StringComparer.Ordinal));
            found.Add(stored.Count);
        }

        Assert.True(found.Distinct().Count() > times / 4);
        table.Add(200, 200, null, null, 0, $"a prefix each time, of {found.Min()} to {found.Max()} responses");
    }

    [Fact]
    public async Task ALogDamagedAfterACheckpointOpensAsAPrefixOrIsRefused()
    {
        var times = Sizes.Of(brief: 30, full: 100);
        var table = new FaultTable($"log truncated after a checkpoint, {times} times");
        var (acknowledged, refused) = (await LeaveAfterCheckpointAsync(), 0);
        var log = await File.ReadAllBytesAsync(Left + "-wal", Cancellation);
        for (var i = 0; i < times; i++)
        {
            // Often near the end, where the file knows all of it but the last commits.
            var at = i % 2 == 0 ? Random.Shared.Next(log.Length) : log.Length - Random.Shared.Next(400_000);
            await DamageLogAsync(log, at, truncate: i % 4 < 2);
            var before = await FingerprintAsync();
            if (await OpenAsync() is null)
            {
                refused++;
                Assert.Equal(before, await FingerprintAsync());
            }
        }

        table.Add(acknowledged, acknowledged, null, null, 0, $"{times - refused} opened, {refused} refused");
    }

    [Fact]
    public async Task ATruncatedDatabaseFileIsRefusedAndLeftAsItIs()
    {
        var times = Sizes.Of(brief: 20, full: 100);
        var table = new FaultTable($"database file truncated, {times} times");
        await LeaveAfterCheckpointAsync();
        var file = await File.ReadAllBytesAsync(Left, Cancellation);
        for (var i = 0; i < times; i++)
        {
            File.Copy(Left + "-wal", Copy + "-wal", overwrite: true);
            await File.WriteAllBytesAsync(Copy, file[..(i == 0 ? 0 : Random.Shared.Next(file.Length))], Cancellation);
            var before = await FingerprintAsync();
            Assert.Null(await OpenAsync());
            Assert.Equal(before, await FingerprintAsync());
        }

        var (exitCode, output) = await CollectorProcess.RunAsync(Copy, Cancellation, "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, exitCode);
        Assert.Contains("is damaged", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        (exitCode, output) = await CollectorProcess.RunAsync(Copy, Cancellation, "check");
        Assert.Equal(2, exitCode);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        table.Add(null, null, null, null, null, "refused each time, the files as they were");
    }

    public void Dispose() => folder.Delete(recursive: true);

    // One response at a time: the order of their ids is the order of the commits.
    private async Task<List<string>> LeaveAsync(int responses)
    {
        await using var collector = await CollectorProcess.StartAsync(Left, Cancellation);
        var siteKey = (await collector.NewSiteAsync(Cancellation)).SiteKey;
        using var client = new HttpClient { BaseAddress = collector.Address };
        var acknowledged = new List<string>();
        while (acknowledged.Count < responses)
        {
            var response = new SomeResponse(siteKey).With("id", $"01936f5e-7a3c-7d4e-8f90-{acknowledged.Count:x12}").Answering("effort", score: 6);
            using var content = new StringContent(response.Json.ToJsonString());
            using var reply = await client.PostAsync("/v1/responses", content, Cancellation);
            Assert.True(reply.IsSuccessStatusCode);
            acknowledged.Add(response.Id);
        }

        await collector.KillAsync();
        return acknowledged;
    }

    // Visitors answer until the log is merged into the file; then, before anything else is written, the process is killed.
    private async Task<int> LeaveAfterCheckpointAsync()
    {
        await using var collector = await CollectorProcess.StartAsync(Left, Cancellation);
        var siteKey = (await collector.NewSiteAsync(Cancellation)).SiteKey;
        using var client = new HttpClient { BaseAddress = collector.Address };
        var (acknowledged, length) = (0, new FileInfo(Left).Length);
        while (new FileInfo(Left).Length == length)
        {
            var atOnce = new FileInfo(Left + "-wal").Length < 14_000_000 ? 16 : 1;
            await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => PostAsync(client, siteKey)));
            acknowledged += atOnce;
        }

        await collector.KillAsync();
        return acknowledged;
    }

    private static async Task PostAsync(HttpClient client, string siteKey)
    {
        var response = new SomeResponse(siteKey).On($"https://shop.example/products/article-{Random.Shared.Next(200)}")
            .Answering("effort", score: Random.Shared.Next(1, 8)).Answering("reason", text: new string('x', 4_000));
        using var content = new StringContent(response.Json.ToJsonString());
        using var reply = await client.PostAsync("/v1/responses", content, Cancellation);
        Assert.True(reply.IsSuccessStatusCode);
    }

    private async Task DamageLogAsync(byte[] log, int at, bool truncate)
    {
        File.Copy(Left, Copy, overwrite: true);
        var damaged = truncate ? log[..at] : [.. log];
        if (!truncate)
        {
            Random.Shared.NextBytes(damaged.AsSpan(at, Math.Min(100, log.Length - at)));
        }

        await File.WriteAllBytesAsync(Copy + "-wal", damaged, Cancellation);
    }

    // As a start does it. Null when it is refused; otherwise what is there, which is whole and counted right.
    private async Task<List<string>?> OpenAsync()
    {
        await using var database = new Database($"Data Source={Copy}");
        try
        {
            await new Migrations(database, TimeProvider.System).ApplyAsync(Cancellation);
        }
        catch (DatabaseRefusedException)
        {
            return null;
        }

        await using var connection = new SqliteConnection($"Data Source={Copy};Mode=ReadOnly;Pooling=false");
        Assert.Equal("ok", await connection.ExecuteScalarAsync<string>("pragma integrity_check"));
        await using var said = new StringWriter();
        Assert.True(await new Check(database, TimeProvider.System).CompareAsync(said, TextWriter.Null, Cancellation) == 0, said.ToString());
        return [.. await connection.QueryAsync<string>("select id from responses")];
    }

    private async Task<string> FingerprintAsync() => string.Join(
        ' ', await Task.WhenAll(new[] { Copy, Copy + "-wal" }.Select(async file => Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(file, Cancellation))))));
}
