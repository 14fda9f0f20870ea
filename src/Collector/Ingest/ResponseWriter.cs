using System.Threading.Channels;
using Collector.Storage;
using Polly;
using Polly.Retry;

namespace Collector.Ingest;

/// <summary>
/// Takes responses from all requests and commits many of them in one transaction: an fsync costs the same for one as for
/// hundreds. A lone response does not wait for company: what has arrived while a commit was under way makes the next one.
/// </summary>
public sealed partial class ResponseWriter(Database database, IngestMetrics metrics, TimeProvider time, ILogger<ResponseWriter> logger) : BackgroundService
{
    // Four batches wait at most: who comes then is told at once, and not after seconds, that it is too much.
    private const int LargestBatch = 512, LongestQueue = 4 * LargestBatch, RepliesInARow = 16;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(LongestQueue) { SingleReader = true });

    private readonly TouchpointNumbers touchpoints = new();

    // Repeating is safe: a transaction that failed has written nothing, and a response that is there already is found to be.
    private readonly ResiliencePipeline retrying = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<Exception>(database.IsTransient),
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(50),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .Build();

    private bool isOut;

    /// <summary>Queues a response; the task ends when it is on disk. Null, at once, when the queue is full or the collector is stopping.</summary>
    internal Task<Outcome>? TryStore(Arrival arrival)
    {
        var waiting = new Waiting(arrival, time.GetTimestamp(), new TaskCompletionSource<Outcome>());
        return queue.Writer.TryWrite(waiting) ? waiting.Stored.Task : null;
    }

    /// <summary>Waits until all that was accepted is stored, also when the time for stopping is up: slow clients may have taken it all, and this takes seconds.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        await base.StopAsync(CancellationToken.None);
    }

    /// <summary>Runs until the queue is closed and empty, whatever the token says: what was accepted is stored.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.Watch(() => queue.Reader.Count);
        var batch = new List<Waiting>(LargestBatch);
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < LargestBatch && queue.Reader.TryRead(out var waiting))
            {
                if (!IsTooLate(waiting))
                {
                    batch.Add(waiting);
                }
            }

            if (batch.Count > 0)
            {
                await StoreAsync(batch);
                batch.Clear();
            }
        }
    }

    private async Task StoreAsync(List<Waiting> batch)
    {
        try
        {
            var start = time.GetTimestamp();
            var outcomes = await retrying.ExecuteAsync(async cancellation => await StoreAsync(batch.ConvertAll(waiting => waiting.Arrival), cancellation));
            metrics.Committed(outcomes, time.GetElapsedTime(start));
            Reply([.. batch.Zip(outcomes)], static told => told.First.Stored.SetResult(told.Second));
            if (isOut)
            {
                isOut = false;
                LogStoredAgain();
            }
        }
        catch (Exception exception) when (batch.Count > 1 && database.BlamesData(exception))
        {
            // Nothing of the batch was stored. One by one, so that a single bad one does not fail the others.
            LogBatchFailed(exception, batch.Count);
            foreach (var waiting in batch)
            {
                await StoreAsync([waiting]);
            }
        }
        catch (Exception exception)
        {
            // Each sender is told to try again. The log is told once, until it succeeds: it may lie on the disk that is full.
            if (!isOut)
            {
                LogNotStored(exception, batch.Count);
            }

            isOut = !database.BlamesData(exception);
            metrics.Failed(batch.Count);
            Reply([.. batch], waiting => waiting.Stored.SetException(exception));
        }
    }

    private async Task<Outcome[]> StoreAsync(List<Arrival> arrivals, CancellationToken cancellation)
    {
        var isCommitted = false;
        try
        {
            var outcomes = await database.WriteAsync(transaction => ResponseStore.StoreAsync(transaction, arrivals, touchpoints, cancellation), cancellation);
            isCommitted = true;
            return outcomes;
        }
        finally
        {
            touchpoints.End(isCommitted);
        }
    }

    // So that nobody waits longer than a sender would: with a queue that does not move, the last in it would wait for minutes.
    private bool IsTooLate(Waiting waiting)
    {
        if (time.GetElapsedTime(waiting.Since) < LongestWait)
        {
            return false;
        }

        Reply([waiting], static late => late.Stored.SetException(new TimeoutException("The storage did not come to this response in time.")));
        return true;
    }

    // Replies are written where their task ends: not here, where the next batch waits, and a few in a row, since to hand over each costs more than to write it.
    private static void Reply<T>(T[] waiting, Action<T> reply)
    {
        for (var i = 0; i < waiting.Length; i += RepliesInARow)
        {
            var some = new ArraySegment<T>(waiting, i, Math.Min(RepliesInARow, waiting.Length - i));
            ThreadPool.UnsafeQueueUserWorkItem(static told => told.some.ToList().ForEach(told.reply), (some, reply), preferLocal: false);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A batch of {Count} responses could not be stored; trying them one by one.")]
    private partial void LogBatchFailed(Exception exception, int count);

    [LoggerMessage(LogLevel.Error, "{Count} responses could not be stored; their senders were told.")]
    private partial void LogNotStored(Exception exception, int count);

    [LoggerMessage(LogLevel.Warning, "Responses can be stored again.")]
    private partial void LogStoredAgain();

    private sealed record Waiting(Arrival Arrival, long Since, TaskCompletionSource<Outcome> Stored);
}
