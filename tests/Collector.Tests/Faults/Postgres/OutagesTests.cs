using System.Diagnostics;
using System.Globalization;
using System.Net;
using Collector.Tests.Support;
using Dapper;
using Npgsql;

namespace Collector.Tests.Faults.Postgres;

/// <summary>The database goes away under load, and comes back.</summary>
[Collection(nameof(Alone))]
public sealed class OutagesTests : IDisposable
{
    private readonly PostgresServer server = PostgresServer.Start("15");
    private readonly string database;

    public OutagesTests() => database = server.NewDatabase();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => server.Dispose();

    [Theory]
    [InlineData("restarted", 3, 10)]
    [InlineData("killed -9", 2, 10)]
    public async Task NothingAcknowledgedIsLostWhenPostgresIs(string how, int brief, int full)
    {
        var times = Sizes.Of(brief, full);
        var table = new FaultTable(string.Create(CultureInfo.InvariantCulture, $"PostgreSQL {how}, {times} times"));
        await using var collector = await CollectorProcess.StartAsync(database, Cancellation);
        var visitors = new Visitors((await collector.NewSiteAsync(Cancellation)).SiteKey);
        using var over = new CancellationTokenSource();
        var load = visitors.RunAsync(collector.Address, 16, over.Token);
        var longest = TimeSpan.Zero;
        for (var i = 0; i < times; i++)
        {
            await Task.Delay(Random.Shared.Next(300, 1_200), Cancellation);
            if (how == "restarted")
            {
                server.Stop();
            }
            else
            {
                server.Kill();
            }

            await visitors.AnsweredAsync(HttpStatusCode.ServiceUnavailable, Cancellation);
            server.StartAgain();
            var start = Stopwatch.GetTimestamp();
            await visitors.AnsweredAsync(HttpStatusCode.Created, Cancellation);
            longest = Stopwatch.GetElapsedTime(start) > longest ? Stopwatch.GetElapsedTime(start) : longest;
        }

        await over.CancelAsync();
        await load;
        Assert.InRange(longest.TotalSeconds, 0, 15);
        Assert.DoesNotContain(visitors.Answers, answer => answer.Status is not (HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.ServiceUnavailable));
        table.Add(visitors, await Aftermath.OfAsync(database, Cancellation), string.Create(CultureInfo.InvariantCulture, $"stored again after {longest.TotalSeconds:0.0} s at most"));
    }

    [Fact]
    public async Task WhoComesMeanwhileIsToldToTryAgainAndReadinessSaysSo()
    {
        await using var collector = await CollectorProcess.StartAsync(database, Cancellation);
        var siteKey = (await collector.NewSiteAsync(Cancellation)).SiteKey;
        using var client = new HttpClient { BaseAddress = collector.Address };
        using (var stored = await PostAsync())
        {
            Assert.Equal(HttpStatusCode.Created, stored.StatusCode);
        }

        server.Stop();
        using (var refused = await PostAsync())
        using (var ready = await client.GetAsync("/health/ready", Cancellation))
        using (var live = await client.GetAsync("/health/live", Cancellation))
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
            Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (ready.StatusCode, live.StatusCode));
        }

        server.StartAgain();
        using var again = await PostAsync();
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);

        async Task<HttpResponseMessage> PostAsync()
        {
            using var content = new StringContent(new SomeResponse(siteKey).Json.ToJsonString());
            return await client.PostAsync("/v1/responses", content, Cancellation);
        }
    }

    /// <summary>Figures may take all the connections that they are given; responses have their own.</summary>
    [Fact]
    public async Task ResponsesAreStoredWhileReadersWaitForAConnection()
    {
        var table = new FaultTable("all connections to read with are taken");
        await using var collector = await CollectorProcess.StartAsync($"{database};Maximum Pool Size=1", Cancellation);
        var (site, siteKey) = await collector.NewSiteAsync(Cancellation);
        var visitors = new Visitors(siteKey);
        using var over = new CancellationTokenSource();
        var load = visitors.RunAsync(collector.Address, 8, over.Token);
        using var analyst = collector.Operator();
        await using var taken = await TestDatabase.OpenAsync(database);
        await using var transaction = await taken.BeginTransactionAsync(Cancellation);
        await taken.ExecuteAsync("lock table goals in access exclusive mode"); // Whoever reads goals waits, and holds the one connection that there is.
        var figures = Enumerable.Range(0, 5).Select(async _ =>
        {
            using var figure = await analyst.GetAsync($"/v1/sites/{site}/goals", Cancellation);
            return figure.StatusCode;
        }).ToList();
        await Task.Delay(6_000, Cancellation); // What is remembered of the site is looked up anew meanwhile.
        var before = await SettingsAsync();
        await transaction.RollbackAsync(Cancellation);
        var statuses = await Task.WhenAll(figures);
        await visitors.AnsweredAsync(HttpStatusCode.Created, Cancellation);
        await over.CancelAsync();
        await load;

        Assert.Equal(HttpStatusCode.OK, before);
        Assert.Contains(HttpStatusCode.ServiceUnavailable, statuses);
        Assert.All(statuses, status => Assert.True(status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, status.ToString()));
        table.Add(visitors, await Aftermath.OfAsync(database, Cancellation), string.Create(CultureInfo.InvariantCulture, $"{statuses.Count(status => status == HttpStatusCode.OK)} of 5 figures"));

        async Task<HttpStatusCode> SettingsAsync()
        {
            using var visitor = new HttpClient { BaseAddress = collector.Address };
            using var script = await visitor.GetAsync($"/v1/widget/{siteKey}", Cancellation);
            return script.StatusCode;
        }
    }

    [Fact]
    public async Task AServerWithoutAFreeConnectionIsAnOutageThatPasses()
    {
        var table = new FaultTable("PostgreSQL has no free connection");
        await using var collector = await CollectorProcess.StartAsync(database, Cancellation);
        var visitors = new Visitors((await collector.NewSiteAsync(Cancellation)).SiteKey);
        server.Stop(); // So that the collector has no connection any more.
        server.StartAgain();
        var others = new List<NpgsqlConnection>();
        try
        {
            while (true)
            {
                others.Add(new NpgsqlConnection($"{server.ConnectionString("postgres")};Pooling=false"));
                await others[^1].OpenAsync(Cancellation);
            }
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            // All of them are taken now.
        }

        using var over = new CancellationTokenSource();
        var load = visitors.RunAsync(collector.Address, 8, over.Token);
        await visitors.AnsweredAsync(HttpStatusCode.ServiceUnavailable, Cancellation);
        foreach (var other in others)
        {
            await other.DisposeAsync();
        }

        await visitors.AnsweredAsync(HttpStatusCode.Created, Cancellation);
        await over.CancelAsync();
        await load;
        table.Add(visitors, await Aftermath.OfAsync(database, Cancellation));
    }
}
