using System.Net;
using Collector.Tests.Support;

namespace Collector.Tests.Faults;

/// <summary>A disk of four megabytes runs full, and has space again.</summary>
[Collection(nameof(Alone))]
public sealed class FullDiskTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AFullDiskAnswers503AtOnceAndStoresAgainWhenItHasSpace()
    {
        var rounds = Sizes.Of(brief: 1, full: 3);
        var table = new FaultTable($"disk full, {rounds} times");
        using var disk = Mount.InMemory(megabytes: 4);
        Visitors visitors;
        var (longest, stored) = (0.0, 0);
        await using (var collector = await CollectorProcess.StartAsync(disk.DatabaseFile, Cancellation))
        {
            var (site, siteKey) = await collector.NewSiteAsync(Cancellation);
            using var client = collector.Operator();
            visitors = new Visitors(siteKey);
            await File.WriteAllBytesAsync(disk.Ballast, new byte[2_500_000], Cancellation);
            for (var round = 1; round <= rounds; round++)
            {
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
                var load = visitors.RunAsync(collector.Address, 8, stop.Token);
                await RefusedAsync(visitors, 100);
                Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(client, "/health/ready"));
                Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, $"/v1/sites/{site}/ces"));
                stored = visitors.Acknowledged.Count;

                using (var ballast = File.OpenWrite(disk.Ballast))
                {
                    ballast.SetLength(ballast.Length - 800_000);
                }

                await Eventually(() => visitors.Acknowledged.Count > stored + 10);
                await stop.CancelAsync();
                await load;
                longest = visitors.Answers.Where(answer => answer.Status == HttpStatusCode.ServiceUnavailable).Max(answer => answer.Milliseconds);
                Assert.InRange(longest, 0, 1_500); // SQLite is tried for a second where a reader holds what a full disk needs.
            }

            Assert.All(visitors.Answers, answer => Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable));
            File.Delete(disk.Ballast);
            await Task.Delay(1_100, Cancellation); // An answer about readiness is believed for a second.
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/health/ready"));
            Assert.Equal(0, await collector.TerminateAsync(Cancellation));
        }

        table.Add(visitors, await Aftermath.OfAsync(disk.DatabaseFile, Cancellation), $"503 within {longest:0} ms; the same process stored again");
    }

    private static Task RefusedAsync(Visitors visitors, int times)
    {
        var before = Refused(visitors);
        return Eventually(() => Refused(visitors) >= before + times);
    }

    private static int Refused(Visitors visitors) => visitors.Answers.Count(answer => answer.Status == HttpStatusCode.ServiceUnavailable);

    private static async Task Eventually(Func<bool> condition)
    {
        for (var i = 0; !condition(); i++)
        {
            Assert.True(i < 1_000);
            await Task.Delay(10, Cancellation);
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var reply = await client.GetAsync(path, Cancellation);
        return reply.StatusCode;
    }
}
