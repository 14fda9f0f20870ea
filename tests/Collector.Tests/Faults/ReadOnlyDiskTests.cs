using System.Net;
using Collector.Tests.Support;

namespace Collector.Tests.Faults;

/// <summary>The disk stops taking writes, before the start or while the collector runs.</summary>
[Collection(nameof(Alone))]
public sealed class ReadOnlyDiskTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FiguresStillAnswerWhenTheDiskBecomesReadOnly()
    {
        using var disk = Mount.Ext4(megabytes: 32);
        await using var collector = await CollectorProcess.StartAsync(disk.DatabaseFile, Cancellation);
        var (site, siteKey) = await collector.NewSiteAsync(Cancellation);
        await AssertTakesResponsesAsync(collector, site, siteKey, answers: 1);

        disk.Abort();
        await Task.Delay(1_100, Cancellation); // An answer about readiness is believed for a second.
        await AssertOnlyReadsAsync(collector, site, siteKey, answers: 1);

        await collector.KillAsync();
        await using var again = await CollectorProcess.StartAsync(disk.DatabaseFile, Cancellation);
        await AssertOnlyReadsAsync(again, site, siteKey, answers: 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ItStartsOnAReadOnlyDiskAndFiguresAnswer(bool wasStoppedInOrder)
    {
        using var disk = Mount.InMemory(megabytes: 32);
        string site, siteKey;
        await using (var collector = await CollectorProcess.StartAsync(disk.DatabaseFile, Cancellation))
        {
            (site, siteKey) = await collector.NewSiteAsync(Cancellation);
            await AssertTakesResponsesAsync(collector, site, siteKey, answers: 1);
            if (wasStoppedInOrder)
            {
                Assert.Equal(0, await collector.TerminateAsync(Cancellation));
            }
        }

        Assert.Equal(wasStoppedInOrder, !File.Exists(disk.DatabaseFile + "-wal"));
        disk.Remount("ro");
        await using (var collector = await CollectorProcess.StartAsync(disk.DatabaseFile, Cancellation))
        {
            await AssertOnlyReadsAsync(collector, site, siteKey, answers: 1);
            disk.Remount("rw");
            if (!wasStoppedInOrder)
            {
                // With the log there, it goes on by itself after the first that fails; without, another start is needed.
                using var client = collector.Operator();
                await PostAsync(client, siteKey);
                await Task.Delay(1_100, Cancellation);
                await AssertTakesResponsesAsync(collector, site, siteKey, answers: 2);
            }
        }

        await using var again = await CollectorProcess.StartAsync(disk.DatabaseFile, Cancellation);
        await AssertTakesResponsesAsync(again, site, siteKey, answers: wasStoppedInOrder ? 2 : 3);
    }

    private static async Task AssertTakesResponsesAsync(CollectorProcess collector, string site, string siteKey, int answers)
    {
        using var client = collector.Operator();
        Assert.Equal(HttpStatusCode.Created, await PostAsync(client, siteKey));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready", Cancellation)).StatusCode);
        Assert.Contains($"\"answers\":{answers},", await client.GetStringAsync($"/v1/sites/{site}/ces", Cancellation), StringComparison.Ordinal);
    }

    private static async Task AssertOnlyReadsAsync(CollectorProcess collector, string site, string siteKey, int answers)
    {
        using var client = collector.Operator();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(client, siteKey));
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/ready", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live", Cancellation)).StatusCode);
        Assert.Contains($"\"answers\":{answers},", await client.GetStringAsync($"/v1/sites/{site}/ces", Cancellation), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string siteKey)
    {
        using var content = new StringContent(new SomeResponse(siteKey).Answering("effort", score: 6).Json.ToJsonString());
        using var reply = await client.PostAsync("/v1/responses", content, Cancellation);
        return reply.StatusCode;
    }
}
