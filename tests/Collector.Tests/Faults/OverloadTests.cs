using Collector.Tests.Support;

namespace Collector.Tests.Faults;

/// <summary>More responses come than can be stored.</summary>
[Collection(nameof(Alone))]
public sealed class OverloadTests : IDisposable
{
    // More than the queue of the collector holds, and fewer than the connections that it takes.
    private const int MostConnections = 4_000;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-tests-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // A disk on which a sync takes a quarter of a second, so that the queue is what fills; the tracer ends with the collector.
    private static readonly string[] SlowDisk =
        ["strace", "-D", "-f", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=fdatasync", "-e", "inject=fdatasync:delay_enter=250000"];

    [Theory]
    [InlineData("the disk is slow", 1_024)]
    [InlineData("the processor is busy", 64)]
    public async Task TwiceTheLoadThatCanBeSustainedIsPartlyRefusedAndLeavesNoTrace(string why, int connections)
    {
        var isSlowDisk = connections == 1_024;
        var duration = TimeSpan.FromSeconds(Sizes.Of(brief: 8, full: 60));
        var file = Path.Combine(folder.FullName, "collector.db");
        await using var collector = await CollectorProcess.StartByAsync(isSlowDisk ? SlowDisk : [], file, Cancellation);
        var (_, siteKey) = await collector.NewSiteAsync(Cancellation);
        await MeasureAsync(); // While it warms up.
        var before = Math.Max(await MeasureAsync(), await MeasureAsync());
        var table = new FaultTable($"twice the sustainable load for {duration.TotalSeconds} s, {why}");

        var flood = new Flood(collector.Address, siteKey, MostConnections);
        var flooding = flood.RunAsync(2 * before, duration, Cancellation);
        var memory = 0.0;
        while (!flooding.IsCompleted)
        {
            memory = Math.Max(memory, collector.Memory);
            await Task.WhenAny(flooding, Task.Delay(100, Cancellation));
        }

        await flooding;
        var after = await MeasureAsync();
        for (var again = 0; again < 2 && after < 0.8 * before; again++)
        {
            after = Math.Max(after, await MeasureAsync()); // The machine is not ours alone.
        }

        var byStatus = flood.Answers.CountBy(answer => answer.Status).OrderBy(status => status.Key).ToList();
        var slowest = flood.Answers.Max(answer => answer.Milliseconds);
        var acknowledged = flood.Answers.Where(answer => answer.Status == 201).Select(answer => KeyValuePair.Create(answer.Id.ToString(), 1)).ToList();
        await collector.KillAsync();
        var aftermath = await Aftermath.OfAsync(file, Cancellation);
        var lost = aftermath.Lost(acknowledged).Count;
        table.Add(
            flood.Answers.Count,
            acknowledged.Count,
            null,
            lost,
            aftermath.CountedTwice,
            $"{2 * before:0} a second; {string.Join(", ", byStatus.Select(status => $"{status.Value} × {status.Key}"))}, {flood.NotSent} found no connection, {flood.Broken.Count} broke; slowest answer {slowest / 1_000:0.0} s; "
            + $"{memory:0} MB at most; {before:0} a second before, {after:0} after");

        // Refused or stored. Where the processor is the limit, none may come as far as the queue; that a full queue refuses is a test of its own.
        Assert.All(byStatus, status => Assert.True(status.Key is 200 or 201 or 429 or 503));
        Assert.Empty(flood.Broken);
        Assert.InRange(slowest / 1_000, 0, (MostConnections / before) + 5); // Nobody waits for more than what was on its way before.
        Assert.InRange(memory, 0, 700);
        Assert.InRange(after, 0.7 * before, double.MaxValue);
        Assert.Equal((0, 0), (lost, aftermath.CountedTwice));

        Task<double> MeasureAsync() => Flood.SustainableAsync(collector.Address, siteKey, connections, TimeSpan.FromSeconds(2), Cancellation);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
