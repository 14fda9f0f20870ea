using System.Globalization;
using System.Text.Json.Nodes;
using Collector.Tests.Support;
using Dapper;

namespace Collector.Tests.Transfer;

/// <summary>An import that was acknowledged goes on where it was when the process was killed.</summary>
public sealed class ImportAfterAKillTests : IDisposable
{
    private const int Records = 6_000;

    private readonly TestDatabase test = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => test.Dispose();

    [Fact]
    public async Task EveryRecordIsBroughtInOnceAfterKills()
    {
        string site, import;
        await using (var collector = await CollectorProcess.StartAsync(test.ConnectionString, Cancellation))
        {
            (site, var key) = await collector.NewSiteAsync(Cancellation);
            using var client = collector.Operator();
            var day = TimeProvider.System.GetUtcNow().AddDays(-30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var lines = Enumerable.Range(0, Records).Select(i => i % 100 == 99
                ? new JsonObject { ["page"] = "none" }
                : new SomeResponse(key).Without("id").Without("revision").Answering("effort", score: 1 + (i % 7)).On($"https://shop.example/a/{i % 9}x").With("answeredAt", $"{day}T08:00:00Z").Json);
            import = (string)(await new Importer(client, site).SendLinesAsync(lines)).Body!["id"]!;
            await collector.KillAsync();
        }

        await using (var again = await CollectorProcess.StartAsync(test.ConnectionString, Cancellation))
        {
            using var client = again.Operator();
            while ((long)(await new Importer(client, site).GetAsync(import))["read"]! is 0)
            {
                await Task.Delay(5, Cancellation);
            }

            await again.KillAsync();
        }

        await using (var connection = await test.OpenAsync())
        {
            Assert.True(await connection.ExecuteScalarAsync<int>("select count(*) from import_parts") > 0, "It was done before the kill.");
        }

        await using (var collector = await CollectorProcess.StartAsync(test.ConnectionString, Cancellation))
        await using (var second = TestDatabase.IsPostgres ? await CollectorProcess.StartAsync(test.ConnectionString, Cancellation) : null)
        {
            using var client = collector.Operator();
            Assert.Equal($"{Records} {Records * 99 / 100} 0 {Records / 100}", Importer.Counts(await new Importer(client, site).DoneAsync(import)));
        }

        var (exitCode, output) = await CollectorProcess.RunAsync(test.ConnectionString, Cancellation, "check");
        Assert.True(exitCode == 0, output);
    }
}
