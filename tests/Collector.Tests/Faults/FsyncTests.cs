using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Collector.Tests.Support;

namespace Collector.Tests.Faults;

/// <summary>What the process asks of the operating system, as strace sees it.</summary>
[Collection(nameof(Alone))]
public sealed partial class FsyncTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-tests-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheLogIsOnDiskBetweenARequestAndItsReply()
    {
        var requests = Sizes.Of(brief: 3, full: 50);
        var table = new FaultTable($"fdatasync before the reply, {requests} lone requests");
        await using var collector = await CollectorProcess.StartAsync(Path.Combine(folder.FullName, "collector.db"), Cancellation);
        var site = (await collector.NewSiteAsync(Cancellation)).SiteKey;
        using var client = new HttpClient { BaseAddress = collector.Address };
        await PostAsync(client, site); // So that what is done once is done.

        var calls = await TraceAsync(collector, async () =>
        {
            for (var i = 0; i < requests; i++)
            {
                await PostAsync(client, site);
            }
        });

        // Each request, then a sync of the log that has returned, then its reply; nothing else of the kind.
        var order = string.Concat(calls.Select(call =>
            call.Contains("\"POST /v1/responses", StringComparison.Ordinal) ? "request "
            : call.Contains("\"HTTP/1.1 201", StringComparison.Ordinal) ? "reply "
            : Synced().IsMatch(call) ? "synced " : ""));
        Assert.Equal(string.Concat(Enumerable.Repeat("request synced reply ", requests)), order);
        table.Add(requests, requests, null, null, null, "recvmsg, fdatasync of the log, sendmsg: in this order each time");
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static async Task PostAsync(HttpClient client, string site)
    {
        using var content = new StringContent(new SomeResponse(site).Answering("effort", score: 6).Json.ToJsonString());
        using var reply = await client.PostAsync("/v1/responses", content, Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.Created, reply.StatusCode);
    }

    // Calls in the order in which they return; for one that another interrupts, strace writes two lines, of which the second counts.
    private async Task<string[]> TraceAsync(CollectorProcess collector, Func<Task> work)
    {
        var file = Path.Combine(folder.FullName, "calls");
        using var strace = Process.Start(new ProcessStartInfo("strace",
        [
            "-f", "-y", "-s", "40", "-o", file, "-e", "trace=recvfrom,recvmsg,read,readv,sendto,sendmsg,write,writev,fsync,fdatasync",
            "-p", collector.Id.ToString(CultureInfo.InvariantCulture),
        ])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        Assert.Contains("attached", await strace.StandardError.ReadLineAsync(Cancellation), StringComparison.Ordinal);
        _ = strace.StandardError.ReadToEndAsync(CancellationToken.None);
        await Task.Delay(500, Cancellation); // All threads.
        await work();
        using (var interrupt = Process.Start("kill", ["-INT", strace.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await strace.WaitForExitAsync(Cancellation);
        }

        return await File.ReadAllLinesAsync(file, Cancellation);
    }

    [GeneratedRegex(@"(fdatasync|fsync)\(\d+<[^>]*-wal>\)\s+= 0|<\.\.\. (fdatasync|fsync) resumed>.*= 0", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Synced();
}
