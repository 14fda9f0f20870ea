using System.Net;
using Collector.Tests.Support;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Collector.Tests.Operations;

/// <summary>nginx and haproxy, as samples/deploy sets them up, before collectors that run, stop and die.</summary>
[Collection(nameof(Alone))]
[Trait("Database", "Own")]
public sealed class BalancerTests(BalancerTests.OneCollector one) : IClassFixture<BalancerTests.OneCollector>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-tests-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("nginx", "127.0.1.1", "127.0.1.2")]
    [InlineData("haproxy", "127.0.2.1", "127.0.2.2")]
    public async Task EachVisitorHasALimitWhateverTheBrowserSaysAboutItsAddress(string kind, string address, string other)
    {
        using var visitor = one.Behind(kind).VisitorAt(address);
        for (var i = 0; i < OneCollector.Limit; i++)
        {
            visitor.DefaultRequestHeaders.Remove("X-Forwarded-For");
            visitor.DefaultRequestHeaders.Add("X-Forwarded-For", $"198.51.100.{i}"); // Addresses of this machine are trusted, the visitor's too.
            Assert.Equal(HttpStatusCode.Created, await PostAsync(visitor, one.SiteKey));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await PostAsync(visitor, one.SiteKey));
        using var another = one.Behind(kind).VisitorAt(other);
        Assert.Equal(HttpStatusCode.Created, await PostAsync(another, one.SiteKey));
    }

    [Theory]
    [InlineData("nginx", "127.0.1.3")]
    [InlineData("haproxy", "127.0.2.3")]
    public async Task NothingIsWrittenDownThatTellsWhoAVisitorIsOrWhatTheVisitorRead(string kind, string address)
    {
        using var visitor = one.Behind(kind).VisitorAt(address);
        visitor.DefaultRequestHeaders.Add("User-Agent", "SecretBrowser/1");
        visitor.DefaultRequestHeaders.Add("Referer", "https://shop.example/secret");
        for (var i = 0; i < OneCollector.Limit; i++) // One of the three collectors is not there, which is something to complain of.
        {
            Assert.Equal(HttpStatusCode.Created, await PostAsync(visitor, one.SiteKey, "?page=secret"));
        }

        var log = "";
        for (var i = 0; i < 100 && !log.Contains(" 201 ", StringComparison.Ordinal); i++)
        {
            await Task.Delay(50, Cancellation);
            log = one.Behind(kind).Log;
        }

        Assert.Contains(" POST /v1/responses 201 ", log, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(address, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoRequestIsLostWhenOneCollectorStopsAndAnotherDies()
    {
        var file = Path.Combine(folder.FullName, "collector.db");
        await using var stays = await CollectorProcess.StartAsync(file, Cancellation);
        var siteKey = (await stays.NewSiteAsync(Cancellation)).SiteKey;
        string[] copies = [Path.Combine(folder.FullName, "stops.db"), Path.Combine(folder.FullName, "dies.db")];
        await using (var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=false"))
        {
            foreach (var copy in copies) // The same site, without a database that all could share.
            {
                await connection.ExecuteAsync("vacuum into @copy", new { copy });
            }
        }

        var starting = CollectorProcess.StartAsync(copies[0], Cancellation, "--Collector:StopDelay=3");
        await using var dies = await CollectorProcess.StartAsync(copies[1], Cancellation);
        await using var stops = await starting;
        Uri[] collectors = [stops.Address, dies.Address, stays.Address];
        foreach (var collector in collectors) // The first one takes its time.
        {
            using var client = new HttpClient { BaseAddress = collector };
            Assert.Equal(HttpStatusCode.Created, await PostAsync(client, siteKey));
        }

        await using var nginx = await Balancer.StartAsync("nginx", collectors, Cancellation);
        await using var haproxy = await Balancer.StartAsync("haproxy", collectors, Cancellation);
        using var over = new CancellationTokenSource();
        var replies = Task.WhenAll(((Balancer[])[nginx, haproxy]).SelectMany(balancer => Enumerable.Range(2, 12).Select(i => SendAsync(balancer.VisitorAt($"127.0.0.{i}"), siteKey, over.Token))));

        await Task.Delay(500, Cancellation);
        var ending = stops.TerminateAsync(Cancellation);
        await Task.Delay(500, Cancellation);
        await dies.KillAsync();
        Assert.Equal(0, await ending);
        await Task.Delay(500, Cancellation);
        await over.CancelAsync();

        foreach (var visitor in await replies)
        {
            Assert.NotEmpty(visitor);
            Assert.All(visitor, status => Assert.Equal(HttpStatusCode.Created, status));
        }

        foreach (var copy in copies) // Each had some of it.
        {
            await using var connection = new SqliteConnection($"Data Source={copy};Pooling=false");
            Assert.InRange(await connection.ExecuteScalarAsync<long>("select count(*) from responses"), 2, long.MaxValue);
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static async Task<List<HttpStatusCode>> SendAsync(HttpClient visitor, string siteKey, CancellationToken until)
    {
        using (visitor)
        {
            visitor.DefaultRequestVersion = HttpVersion.Version11; // By HTTP/2, the client itself might ask again, and nobody hear of it.
            var replies = new List<HttpStatusCode>();
            while (!until.IsCancellationRequested)
            {
                replies.Add(await PostAsync(visitor, siteKey));
            }

            return replies;
        }
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient visitor, string siteKey, string query = "")
    {
        using var content = new StringContent(new SomeResponse(siteKey).Answering("effort", score: 6).Json.ToJsonString());
        using var reply = await visitor.PostAsync("/v1/responses" + query, content, Cancellation);
        return reply.StatusCode;
    }

    /// <summary>One collector, which takes few responses from one address, behind either balancer; a second entry for it, and a third where nobody listens.</summary>
    public sealed class OneCollector : IAsyncLifetime
    {
        public const int Limit = 4;

        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-tests-");
        private readonly Dictionary<string, Balancer> balancers = [];
        private CollectorProcess? collector;

        public string SiteKey { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            collector = await CollectorProcess.StartAsync(
                Path.Combine(folder.FullName, "collector.db"), Cancellation, $"--Collector:Limits:PerAddressPerMinute={Limit}", "--Collector:TrustedProxies=127.0.0.0/8");
            SiteKey = (await collector.NewSiteAsync(Cancellation)).SiteKey;
            foreach (var kind in (string[])["nginx", "haproxy"])
            {
                balancers[kind] = await Balancer.StartAsync(kind, [collector.Address, collector.Address, new Uri("http://127.0.0.1:1")], Cancellation);
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var balancer in balancers.Values)
            {
                await balancer.DisposeAsync();
            }

            await collector!.DisposeAsync();
            folder.Delete(recursive: true);
        }

        internal Balancer Behind(string kind) => balancers[kind];
    }
}
