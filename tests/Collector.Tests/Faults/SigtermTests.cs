using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Collector.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Collector.Tests.Faults;

/// <summary>The supervisor stops the collector.</summary>
[Collection(nameof(Alone))]
public sealed class SigtermTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-tests-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string DatabaseFile => Path.Combine(folder.FullName, "collector.db");

    [Fact]
    public async Task UnderLoadItIsFirstNotReadyThenStoresAndAnswersAllItAccepted()
    {
        for (var i = 0; i < Sizes.Of(brief: 1, full: 5); i++)
        {
            var table = new FaultTable("SIGTERM under load, with slow clients");
            var file = Path.Combine(folder.FullName, $"collector-{i}.db");
            await using var collector = await CollectorProcess.StartAsync(file, Cancellation);
            var visitors = new Visitors((await collector.NewSiteAsync(Cancellation)).SiteKey);
            var load = visitors.RunAsync(collector.Address, 16, CancellationToken.None);
            using var client = new HttpClient { BaseAddress = collector.Address };
            await Task.Delay(500, Cancellation);
            Assert.Equal(HttpStatusCode.OK, await ReadyAsync(client));
            var slow = SlowClients(collector.Address);

            var start = Stopwatch.GetTimestamp();
            var ending = collector.TerminateAsync(Cancellation);
            while (await ReadyAsync(client) == HttpStatusCode.OK)
            {
                Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 0.5);
            }

            // Not ready, and it takes responses all the same: who routes traffic here has time to notice.
            var stored = visitors.Acknowledged.Count;
            await Task.Delay(500, Cancellation);
            Assert.True(visitors.Acknowledged.Count > stored);
            Assert.Equal(0, await ending);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Assert.InRange(seconds, 1, 30);
            await load;
            slow.ForEach(socket => socket.Dispose());

            var aftermath = await Aftermath.OfAsync(file, Cancellation);
            table.Add(visitors, aftermath, $"exit 0 after {seconds:0.0} s");
            Assert.DoesNotContain(aftermath.Revisions, response => visitors.Acknowledged.GetValueOrDefault(response.Key) < response.Value); // stored and not answered
        }
    }

    [Fact]
    public async Task WhatWaitsInTheQueueIsStoredAndAnswered()
    {
        await using var collector = await CollectorProcess.StartAsync(DatabaseFile, Cancellation);
        var siteKey = (await collector.NewSiteAsync(Cancellation)).SiteKey;
        using var client = new HttpClient { BaseAddress = collector.Address };
        await using var other = new SqliteConnection($"Data Source={DatabaseFile};Pooling=false");
        await other.OpenAsync(Cancellation);

        // While somebody else holds the database, what is accepted waits in the queue.
        var hold = other.BeginTransaction();
        var replies = Enumerable.Range(0, 20).Select(_ => PostAsync(client, siteKey)).ToList();
        await Task.Delay(300, Cancellation);
        Assert.DoesNotContain(replies, reply => reply.IsCompleted);
        var ending = collector.TerminateAsync(Cancellation);
        await Task.Delay(300, Cancellation);
        await hold.DisposeAsync();

        Assert.All(await Task.WhenAll(replies), status => Assert.Equal(HttpStatusCode.Created, status));
        Assert.Equal(0, await ending);
        Assert.Equal(20, (await Aftermath.OfAsync(DatabaseFile, Cancellation)).Revisions.Count);
    }

    public void Dispose() => folder.Delete(recursive: true);

    // Half a header, half a body, and nothing at all.
    private static List<Socket> SlowClients(Uri address) =>
    [
        .. Enumerable.Range(0, 60).Select(i =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(IPAddress.Loopback, address.Port);
            socket.Send((i % 3) switch
            {
                0 => "POST /v1/responses HTTP/1.1\r\nHost: x\r\n"u8,
                1 => "POST /v1/responses HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 500\r\n\r\n{"u8,
                _ => default,
            });
            return socket;
        }),
    ];

    private static async Task<HttpStatusCode> ReadyAsync(HttpClient client)
    {
        using var reply = await client.GetAsync("/health/ready", Cancellation);
        return reply.StatusCode;
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string siteKey)
    {
        using var content = new StringContent(new SomeResponse(siteKey).Answering("effort", score: 6).Json.ToJsonString());
        using var reply = await client.PostAsync("/v1/responses", content, Cancellation);
        return reply.StatusCode;
    }
}
