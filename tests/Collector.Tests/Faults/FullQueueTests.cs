using System.Diagnostics;
using System.Net;
using Collector.Storage;
using Collector.Tests.Support;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Collector.Tests.Faults;

/// <summary>The queue holds four batches. Who comes when it is full is told at once.</summary>
[Collection(nameof(Alone))]
public sealed class FullQueueTests : IDisposable
{
    private const int LargestBatch = 512, LongestQueue = 4 * LargestBatch, TooMany = 200;

    private readonly RunningCollector collector = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhoFindsTheQueueFullIsRefusedAtOnceAndAllOthersAreStored()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 6));
        var (began, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        var holding = collector.Services.GetRequiredService<Database>().WriteAsync(
            async transaction =>
            {
                began.SetResult();
                await end.Task;
                return await transaction.Connection!.ExecuteAsync("update sites set name = name", transaction: transaction);
            },
            Cancellation);
        await began.Task;

        var start = Stopwatch.GetTimestamp();
        var posts = Enumerable.Range(0, LargestBatch + LongestQueue + TooMany).Select(_ => site.PostAsync(site.Response(effort: 6))).ToList();
        while (posts.Count(post => post.IsCompleted) < TooMany && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(4)) // After five, the first in the queue give up.
        {
            await Task.Delay(20, Cancellation);
        }

        var refusedAtOnce = await Task.WhenAll(posts.Where(post => post.IsCompleted).ToList());
        end.SetResult();
        await holding;
        var replies = await Task.WhenAll(posts);

        var stored = replies.Count(reply => reply.Status == HttpStatusCode.Created);
        var refused = replies.Where(reply => reply.Status == HttpStatusCode.ServiceUnavailable).ToList();
        Assert.InRange(refusedAtOnce.Length, TooMany, refused.Count);
        Assert.InRange(refused.Count, TooMany, TooMany + LargestBatch); // The batch under way may be a small one.
        Assert.All(refused, reply => Assert.NotNull(reply.Message.Headers.RetryAfter));
        Assert.Equal(replies.Length, stored + refused.Count);
        Assert.Equal(1 + stored, (int)(await site.CesAsync())["answers"]!);
    }

    public void Dispose() => collector.Dispose();
}
