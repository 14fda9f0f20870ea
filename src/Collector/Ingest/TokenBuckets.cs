namespace Collector.Ingest;

/// <summary>
/// A token bucket for each key: so many at once, and after that as many as come back in a period, evenly. A bucket is one number, the
/// moment at which it will be full again; past that moment it is the same as none.
/// </summary>
/// <remarks>
/// The memory is taken once and never grows. A key belongs to one set of eight buckets; a new key takes over the one that is fullest.
/// So a flood of keys pushes out those that have used least, which lose nothing by it; who has used up a bucket is remembered longest.
/// Time is the monotone clock, which no one sets.
/// </remarks>
internal sealed class TokenBuckets<TKey>
    where TKey : IEquatable<TKey>
{
    private const int BucketsInSet = 8, Locks = 64;

    private readonly TimeProvider time;
    private readonly long timeOfOne, timeOfAll;
    private readonly Bucket[] buckets;
    private readonly Lock[] locks = [.. Enumerable.Range(0, Locks).Select(_ => new Lock())];

    /// <summary>Buckets that hold <paramref name="limit"/> tokens each, which come back in a <paramref name="period"/>; for so many keys at once.</summary>
    public TokenBuckets(int limit, TimeSpan period, int keys, TimeProvider time)
    {
        this.time = time;
        timeOfOne = (long)(period.TotalSeconds * time.TimestampFrequency) / limit;
        timeOfAll = timeOfOne * limit;
        buckets = new Bucket[keys];
    }

    /// <summary>Takes one token. Null when there was one; otherwise how long it is until there is.</summary>
    public TimeSpan? Take(TKey key)
    {
        var set = (int)((uint)HashCode.Combine(key) % (buckets.Length / BucketsInSet));
        lock (locks[set % Locks])
        {
            var now = time.GetTimestamp();
            ref var bucket = ref Find(buckets.AsSpan(set * BucketsInSet, BucketsInSet), key);

            // Neither more than full nor more than empty, whatever a clock does.
            bucket.FullAt = Math.Clamp(bucket.FullAt, now, now + timeOfAll);
            var wait = bucket.FullAt + timeOfOne - (now + timeOfAll);
            if (wait > 0)
            {
                return time.GetElapsedTime(0, wait);
            }

            bucket.FullAt += timeOfOne;
            return null;
        }
    }

    private static ref Bucket Find(Span<Bucket> set, TKey key)
    {
        ref var fullest = ref set[0];
        foreach (ref var bucket in set)
        {
            if (key.Equals(bucket.Key))
            {
                return ref bucket;
            }

            if (bucket.FullAt < fullest.FullAt)
            {
                fullest = ref bucket;
            }
        }

        fullest = new Bucket { Key = key };
        return ref fullest;
    }

    private struct Bucket
    {
        public TKey? Key;
        public long FullAt;
    }
}
