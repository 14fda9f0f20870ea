using System.Net;
using Collector.Tests.Support;
using Dapper;

namespace Collector.Tests.Operations;

/// <summary>What holds of the process as a whole, whatever ends it.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TestDatabase test = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AStorageThatIsBusyForLongAnswers503WithinSecondsToAll()
    {
        await using var collector = await CollectorProcess.StartAsync(test.ConnectionString, Cancellation);
        var site = await NewSiteKeyAsync(collector);
        using var client = new HttpClient { BaseAddress = collector.Address };
        Assert.Equal(HttpStatusCode.Created, await PostAsync(client, site));
        await using (await test.KeepFromWritingAsync())
        {
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            var replies = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => PostAsync(client, site)));

            Assert.All(replies, status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
            Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 12);
        }

        Assert.Equal(HttpStatusCode.Created, await PostAsync(client, site)); // at once, when it is free again
        Assert.Equal(2, (await StoredIdsAsync()).Count());
    }

    [Fact]
    public async Task TheDemosKeyOpensNothingOutsideTheDemo()
    {
        await using (await CollectorProcess.StartAsync(test.ConnectionString, Cancellation, "demo", "--shop", "http://127.0.0.1:0"))
        {
        }

        await using var collector = await CollectorProcess.StartAsync(test.ConnectionString, Cancellation);
        using var client = new HttpClient { BaseAddress = collector.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", "ck_shop_demo");
        using var reply = await client.GetAsync("/v1/sites/shop/ces", Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
    }

    [Theory]
    [InlineData(null, 0, "1 responses, 1 cells, 0 differences")]
    [InlineData("update cells set effort_6 = effort_6 + 1", 1, "1 responses, 1 cells, 6 differences")]
    [InlineData("update totals set effort_sum = effort_sum + 1 where touchpoint = -1", 1, "1 responses, 1 cells, 2 differences")]
    [InlineData("delete from intent_totals", 1, "1 responses, 1 cells, 1 differences")]
    [InlineData(
        """
        insert into score_cells (site, touchpoint, day, survey, question, intent, success, device, language, answers, score_9)
        select site, touchpoint, day, survey, 'nps', intent, success, device, language, 1, 1 from cells
        """,
        1,
        "1 responses, 1 cells, 2 differences")]
    [InlineData("update responses set csat = 5", 1, "1 responses, 1 cells, 1 differences")]
    public async Task CheckRecountsADatabaseAndReportsWhatDiffers(string? tamper, int code, string summary)
    {
        await using (var collector = await CollectorProcess.StartAsync(test.ConnectionString, Cancellation))
        {
            using var client = new HttpClient { BaseAddress = collector.Address };
            Assert.Equal(HttpStatusCode.Created, await PostAsync(client, await NewSiteKeyAsync(collector)));
        }

        if (tamper is not null)
        {
            await using var connection = await test.OpenAsync();
            await connection.ExecuteAsync(tamper);
        }

        var (exitCode, output) = await CollectorProcess.RunAsync(test.ConnectionString, Cancellation, "check");

        Assert.Equal(code, exitCode);
        Assert.EndsWith(summary, output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckOnlyReadsAndRunsBesideACollector()
    {
        await using var collector = await CollectorProcess.StartAsync(test.ConnectionString, Cancellation);
        using var client = new HttpClient { BaseAddress = collector.Address };
        var site = await NewSiteKeyAsync(collector);
        Assert.Equal(HttpStatusCode.Created, await PostAsync(client, site));
        await using (await test.KeepFromWritingAsync()) // Nobody else can write now; who only reads does not notice.
        {
            var (exitCode, output) = await CollectorProcess.RunAsync(test.ConnectionString, Cancellation, "check");

            Assert.Equal((0, "1 responses, 1 cells, 0 differences"), (exitCode, output.TrimEnd().Split('\n')[^1]));
            Assert.Contains("2 of 14 comparisons, ", output, StringComparison.Ordinal); // How far it is.
        }

        Assert.Equal(HttpStatusCode.Created, await PostAsync(client, site));
    }

    [Fact]
    public async Task ItIsReadyOnceItListens()
    {
        await using var collector = await CollectorProcess.StartAsync(test.ConnectionString, Cancellation);
        using var client = new HttpClient { BaseAddress = collector.Address };

        Assert.Equal("Healthy", await client.GetStringAsync("/health/live", Cancellation));
        Assert.Equal("Healthy", await client.GetStringAsync("/health/ready", Cancellation));
    }

    public void Dispose() => test.Dispose();

    private static async Task<string> NewSiteKeyAsync(CollectorProcess collector) => (await collector.NewSiteAsync(Cancellation)).SiteKey;

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string site)
    {
        using var content = new StringContent(new SomeResponse(site).Answering("effort", score: 6).Json.ToJsonString());
        using var reply = await client.PostAsync("/v1/responses", content, Cancellation);
        return reply.StatusCode;
    }

    private async Task<IEnumerable<string>> StoredIdsAsync()
    {
        await using var connection = await test.OpenAsync();
        Assert.True(TestDatabase.IsPostgres || await connection.ExecuteScalarAsync<string>("pragma integrity_check") == "ok");
        Assert.Equal(
            await connection.ExecuteScalarAsync<long>("select count(*) from responses"),
            await connection.ExecuteScalarAsync<long>("select sum(effort_6) from cells"));
        return await connection.QueryAsync<string>("select id from responses");
    }
}
