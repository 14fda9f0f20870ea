using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Collector.Tests.Support;
using Dapper;

namespace Collector.Tests.Faults.Postgres;

/// <summary>Several collectors on one database: whatever one of them is told, the others know, and each thing is done once.</summary>
[Collection(nameof(Alone))]
public sealed class ManyCollectorsTests : IDisposable
{
    private const int Collectors = 3;

    private readonly PostgresServer server = PostgresServer.Start("15", "-c", "log_lock_waits=on");
    private readonly string database;

    public ManyCollectorsTests() => database = server.NewDatabase();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task TheyTakeOneSitesLoadTogetherAndOneIsKilled()
    {
        await using var cluster = await StartAsync();
        var table = new FaultTable("three collectors, one of them killed -9");
        var visitors = new Visitors((await cluster.First.NewSiteAsync(Cancellation)).SiteKey);
        using var over = new CancellationTokenSource();
        var doomed = visitors.RunAsync(cluster.Addresses[2], 8, CancellationToken.None);
        var load = visitors.RunAsync(cluster.Addresses[..2], 24, over.Token);
        await Task.Delay(Sizes.Of(brief: 1_500, full: 10_000), Cancellation);
        await cluster.Processes[2].KillAsync();
        await doomed;
        await Task.Delay(1_000, Cancellation);
        await over.CancelAsync();
        await load;

        Assert.DoesNotContain(visitors.Answers, answer => answer.Status is not (HttpStatusCode.OK or HttpStatusCode.Created));
        table.Add(visitors, await Aftermath.OfAsync(database, Cancellation));
        await visitors.ResendAsync(cluster.Addresses[0], Cancellation);
        Assert.Empty(visitors.Unanswered);
        Assert.Equal(0L, server.Execute($"select deadlocks from pg_stat_database where datname = '{database[(database.LastIndexOf('=') + 1)..]}'"));
    }

    /// <summary>A machine that is suspended, or cut off from the network, still holds the sites that it was just writing to.</summary>
    [Fact]
    public async Task OneThatStandsStillInTheMiddleOfATransactionKeepsTheOthersWaitingForSecondsOnly()
    {
        var table = new FaultTable("two collectors, one of them stands still in a transaction");
        await using var one = await CollectorProcess.StartAsync(database, Cancellation);
        await using var other = await CollectorProcess.StartAsync($"{database};Application Name=suspended", Cancellation);
        var visitors = new Visitors((await one.NewSiteAsync(Cancellation)).SiteKey);
        using var over = new CancellationTokenSource();
        var load = visitors.RunAsync([one.Address, other.Address], 16, over.Token);
        await visitors.AnsweredAsync(HttpStatusCode.Created, Cancellation);
        do
        {
            await SignalAsync("CONT", other);
            await Task.Delay(Random.Shared.Next(50), Cancellation);
            await SignalAsync("STOP", other);
            await Task.Delay(200, Cancellation); // What was under way at the server is over.
        }
        while (server.Execute("select 1 from pg_stat_activity where application_name = 'suspended' and state = 'idle in transaction'") is null);

        var (since, still) = (Stopwatch.GetTimestamp(), visitors.RunAsync(one.Address, 4, over.Token)); // The first ones may all wait for the one that stands still.
        await visitors.AnsweredAsync(HttpStatusCode.Created, Cancellation).WaitAsync(TimeSpan.FromSeconds(15), Cancellation);
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        await SignalAsync("CONT", other);
        await over.CancelAsync();
        await Task.WhenAll(load, still);

        Assert.DoesNotContain(visitors.Answers, answer => answer.Status is not (HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.ServiceUnavailable));
        table.Add(visitors, await Aftermath.OfAsync(database, Cancellation), string.Create(CultureInfo.InvariantCulture, $"the other stored again after {seconds:0.0} s"));
    }

    [Fact]
    public async Task ACollectorThatStartsWaitsForTheMigrationsOfAnotherHoweverLongTheyTake()
    {
        await using var migrating = await TestDatabase.OpenAsync(database);
        await migrating.ExecuteAsync($"select pg_advisory_lock({0x436F6C6C6563746F})");
        var starting = CollectorProcess.StartAsync(database, Cancellation);
        await Task.Delay(7_000, Cancellation); // longer than any wait of one who writes
        await migrating.CloseAsync();
        await using var collector = await starting;
    }

    /// <summary>What one visitor sends in a row, a network may bring to three collectors in any order, at the same instant.</summary>
    [Fact]
    public async Task RevisionsOfOneResponseMayReachAllOfThemAtOnce()
    {
        await using var cluster = await StartAsync();
        var (site, siteKey) = await cluster.First.NewSiteAsync(Cancellation);
        var visits = Enumerable.Range(0, 40).Select(_ => Guid.NewGuid().ToString()).ToList();
        using var client = cluster.First.Operator();
        await Parallel.ForAsync(0, Sizes.Of(brief: 150, full: 2_000), new ParallelOptions { MaxDegreeOfParallelism = 12, CancellationToken = Cancellation }, async (i, _) =>
        {
            var revisions = new List<SomeResponse> { new SomeResponse(siteKey).On($"https://shop.example/p-{i % 60}x").With("visit", visits[i % visits.Count]) };
            while (revisions.Count < 5)
            {
                revisions.Add(revisions[^1].Next().Answering("effort", score: Random.Shared.Next(1, 8)).Answering("intent", choice: Random.Shared.Next(2) == 0 ? "buy" : null));
            }

            var statuses = await Task.WhenAll(revisions.Select((revision, n) => PostAsync(cluster.Addresses[(i + n) % Collectors], revision)));
            Assert.All(statuses, status => Assert.True(status is HttpStatusCode.Created or HttpStatusCode.OK, status.ToString()));
            if (i % 10 == 0)
            {
                using var erased = await client.DeleteAsync($"/v1/sites/{site}/responses/{revisions[0].Id}", Cancellation);
            }
        });

        var aftermath = await Aftermath.OfAsync(database, Cancellation);
        await using var connection = await TestDatabase.OpenAsync(database);
        Assert.Equal(aftermath.Revisions.Count, await connection.ExecuteScalarAsync<int>("select count(*) from responses where revision = 5 or state = 'erased'"));
    }

    [Fact]
    public async Task OneOfThemMigratesAndTheOthersWait()
    {
        await using var cluster = await StartAsync(); // all at the same time, on an empty database
        await using var connection = await TestDatabase.OpenAsync(database);
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*) from migrations where number = 1"));
    }

    [Fact]
    public async Task ARevokedKeyOpensNothingAtOnceAndAnEditedSurveyIsKnownBeforeItWouldBeForgottenAnyway()
    {
        await using var cluster = await StartAsync();
        var (site, siteKey) = await cluster.First.NewSiteAsync(Cancellation);
        using var client = cluster.First.Operator();
        var key = (await (await client.PostAsJsonAsync($"/v1/sites/{site}/keys", new JsonObject { ["name"] = "k", ["scopes"] = new JsonArray("read") }, Cancellation))
            .Content.ReadFromJsonAsync<JsonNode>(Cancellation))!;
        foreach (var address in cluster.Addresses)
        {
            Assert.Equal(HttpStatusCode.OK, await FigureAsync(address));
            Assert.Equal(HttpStatusCode.Created, await PostAsync(address, new SomeResponse(siteKey)));
            Assert.Contains("effort-and-intention", await WidgetAsync(address), StringComparison.Ordinal);
        }

        using (await client.DeleteAsync($"/v1/sites/{site}/keys/{(string)key["id"]!}", Cancellation))
        using (await client.PatchAsJsonAsync($"/v1/sites/{site}/surveys/effort-and-intention", new JsonObject { ["state"] = "paused" }, Cancellation))
        {
        }

        var since = Stopwatch.GetTimestamp();
        foreach (var address in cluster.Addresses)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await FigureAsync(address));
            while ((await WidgetAsync(address)).Contains("effort-and-intention", StringComparison.Ordinal))
            {
                await Task.Delay(20, Cancellation);
            }
        }

        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 0, 3);

        async Task<HttpStatusCode> FigureAsync(Uri address)
        {
            using var analyst = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { Authorization = new("Bearer", (string)key["key"]!) } };
            using var reply = await analyst.GetAsync($"/v1/sites/{site}/ces", Cancellation);
            return reply.StatusCode;
        }

        async Task<string> WidgetAsync(Uri address)
        {
            using var visitor = new HttpClient { BaseAddress = address };
            return await visitor.GetStringAsync($"/v1/widget/{siteKey}", Cancellation);
        }
    }

    [Fact]
    public async Task ResponsesFollowARuleOnceHoweverManyLendAHand()
    {
        await using var cluster = await StartAsync();
        var (site, siteKey) = await cluster.First.NewSiteAsync(Cancellation);
        const int Responses = 600;
        await Parallel.ForAsync(0, Responses, Cancellation, async (i, _) =>
            Assert.Equal(HttpStatusCode.Created, await PostAsync(cluster.Addresses[i % Collectors], new SomeResponse(siteKey).On($"https://shop.example/a/{i % 9}x").Answering("effort", score: 3))));
        using var client = cluster.First.Operator();
        using (await client.PostAsJsonAsync($"/v1/sites/{site}/touchpoint-rules", new JsonObject { ["pattern"] = "/a/*" }, Cancellation))
        {
        }

        JsonNode placing;
        do
        {
            await Task.Delay(50, Cancellation);
            placing = (await client.GetFromJsonAsync<JsonNode>($"/v1/sites/{site}/touchpoint-rules", Cancellation))!["placing"]!;
        }
        while ((string?)placing["state"] != "done");

        Assert.Equal((Responses, Responses), ((int)placing["done"]!, (int)placing["total"]!));
        await Aftermath.OfAsync(database, Cancellation);
    }

    private static async Task<HttpStatusCode> PostAsync(Uri address, SomeResponse response)
    {
        using var client = new HttpClient { BaseAddress = address };
        using var content = new StringContent(response.Json.ToJsonString());
        using var reply = await client.PostAsync("/v1/responses", content, Cancellation);
        return reply.StatusCode;
    }

    private static async Task SignalAsync(string signal, CollectorProcess to)
    {
        using var kill = Process.Start("kill", [$"-{signal}", to.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancellation);
    }

    private async Task<Cluster> StartAsync() =>
        new(await Task.WhenAll(Enumerable.Range(0, Collectors).Select(_ => CollectorProcess.StartAsync(database, Cancellation))));

    private sealed class Cluster(CollectorProcess[] processes) : IAsyncDisposable
    {
        public CollectorProcess[] Processes => processes;

        public CollectorProcess First => processes[0];

        public Uri[] Addresses { get; } = [.. processes.Select(process => process.Address)];

        public async ValueTask DisposeAsync()
        {
            foreach (var process in processes)
            {
                await process.DisposeAsync();
            }
        }
    }
}
