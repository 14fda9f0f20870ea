using System.Diagnostics;
using Collector.Tests.Support;

namespace Collector.Tests.Faults;

/// <summary>The process is killed at any instant, while visitors answer.</summary>
[Collection(nameof(Alone))]
public sealed class Kill9Tests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-tests-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatWasAcknowledgedIsThereOnceAfterKill9()
    {
        var kills = Sizes.Of(brief: 4, full: 20);
        var table = new FaultTable($"kill -9, {kills} times");
        var file = Path.Combine(folder.FullName, "collector.db");
        var (collector, longest) = (await CollectorProcess.StartAsync(file, Cancellation), 0.0);
        var visitors = new Visitors((await collector.NewSiteAsync(Cancellation)).SiteKey);
        for (var i = 0; i < kills; i++)
        {
            var load = visitors.RunAsync(collector.Address, 16, CancellationToken.None);
            await Task.Delay(Random.Shared.Next(1, 1_500), Cancellation);
            await collector.KillAsync();
            await load;
            await collector.DisposeAsync();

            var start = Stopwatch.GetTimestamp();
            collector = await CollectorProcess.StartAsync(file, Cancellation);
            using var client = new HttpClient { BaseAddress = collector.Address };
            Assert.Equal("Healthy", await client.GetStringAsync("/health/ready", Cancellation));
            longest = Math.Max(longest, Stopwatch.GetElapsedTime(start).TotalSeconds);
            Assert.InRange(longest, 0, 5);
            Assert.Empty((await Aftermath.OfAsync(file, Cancellation)).Lost(visitors.Acknowledged));
            await visitors.ResendAsync(collector.Address, Cancellation);
        }

        await collector.DisposeAsync();
        Assert.Equal(visitors.Sent, visitors.Acknowledged.Count);
        Assert.True(visitors.Sent > 100 * kills);
        table.Add(visitors, await Aftermath.OfAsync(file, Cancellation), $"ready again after {longest:0.0} s at most");
    }

    public void Dispose() => folder.Delete(recursive: true);
}
