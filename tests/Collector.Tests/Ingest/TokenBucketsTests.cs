using Collector.Ingest;
using Collector.Tests.Support;

namespace Collector.Tests.Ingest;

public sealed class TokenBucketsTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SettableTime time = new(new DateTimeOffset(2026, 11, 22, 9, 30, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(600)]
    [InlineData(2_000)]
    public void SoManyAtOnceAndNotOneMore(int limit) => Assert.Equal(limit, TakeAll(Buckets(limit), "a"));

    [Fact]
    public void TheyComeBackEvenly()
    {
        var buckets = Buckets(600);
        TakeAll(buckets, "a");

        time.Passed += TimeSpan.FromSeconds(0.1) - TimeSpan.FromTicks(1);
        Assert.Equal(0, TakeAll(buckets, "a"));
        time.Passed += TimeSpan.FromTicks(1);
        Assert.Equal(1, TakeAll(buckets, "a"));
        time.Passed += TimeSpan.FromSeconds(30);
        Assert.Equal(300, TakeAll(buckets, "a"));
        time.Passed += Minute - TimeSpan.FromTicks(1);
        Assert.Equal(599, TakeAll(buckets, "a"));
    }

    [Fact]
    public void NoMoreThanAllOfThemComeBack()
    {
        var buckets = Buckets(600);
        TakeAll(buckets, "a");
        time.Passed += TimeSpan.FromDays(400);

        Assert.Equal(600, TakeAll(buckets, "a"));
    }

    [Fact]
    public void WhoWaitsAsLongAsIsSaidIsWelcome()
    {
        var buckets = Buckets(7);
        TakeAll(buckets, "a");

        var wait = buckets.Take("a")!.Value;
        Assert.Equal(TimeSpan.FromTicks(Minute.Ticks / 7), wait);
        time.Passed += wait;
        Assert.Null(buckets.Take("a"));
        Assert.NotNull(buckets.Take("a"));
    }

    [Fact]
    public void BeingRefusedCostsNothing()
    {
        var buckets = Buckets(6);
        TakeAll(buckets, "a");
        for (var i = 0; i < 1_000; i++)
        {
            Assert.NotNull(buckets.Take("a"));
        }

        time.Passed += TimeSpan.FromSeconds(10);
        Assert.Null(buckets.Take("a"));
    }

    [Fact]
    public void EachKeyHasABucketOfItsOwn()
    {
        var buckets = Buckets(5);

        Assert.All(Enumerable.Range(0, 100), key => Assert.Equal(5, TakeAll(buckets, $"{key}")));
        Assert.All(Enumerable.Range(0, 100), key => Assert.NotNull(buckets.Take($"{key}")));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(24 * 365)]
    public void AClockThatJumpsNeitherLocksOutNorLetsThrough(int hours)
    {
        var buckets = Buckets(600);
        TakeAll(buckets, "a");

        // What an operator or a time server sets is not what is counted by.
        time.Now = time.Now.AddHours(hours);
        Assert.Equal(0, TakeAll(buckets, "a"));

        // And if the counting clock itself jumped: at most one full bucket, and never longer to wait than for the next token.
        time.Passed += TimeSpan.FromHours(hours);
        Assert.InRange(TakeAll(buckets, "a"), 0, 600);
        Assert.Equal(TimeSpan.FromSeconds(0.1), buckets.Take("a"));
        time.Passed += Minute;
        Assert.Equal(600, TakeAll(buckets, "a"));
    }

    [Fact]
    public async Task ManyThreadsTogetherGetWhatOneWouldGet()
    {
        var buckets = Buckets(50_000);
        var taken = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() =>
            Enumerable.Range(0, 10_000).Count(i => buckets.Take(i % 2 == 0 ? "a" : "b") is null))));

        Assert.Equal(100_000, taken.Sum() + TakeAll(buckets, "a") + TakeAll(buckets, "b"));
        Assert.NotNull(buckets.Take("a"));
        Assert.NotNull(buckets.Take("b"));
    }

    [Fact]
    public void AMillionAddressesTakeNoMemoryAndFreeNobodyWhoHasUsedUpHis()
    {
        var buckets = new TokenBuckets<AddressKey>(600, Minute, 65_536, time);
        var abuser = new AddressKey(ulong.MaxValue);
        while (buckets.Take(abuser) is null)
        {
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var refused = 0;
        for (ulong i = 0; i < 1_000_000; i++)
        {
            refused += buckets.Take(new AddressKey(i)) is null ? 0 : 1;
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(0, refused);
        Assert.NotNull(buckets.Take(abuser));
    }

    private TokenBuckets<string> Buckets(int limit) => new(limit, Minute, 4_096, time);

    private static int TakeAll(TokenBuckets<string> buckets, string key)
    {
        var taken = 0;
        while (buckets.Take(key) is null)
        {
            taken++;
        }

        return taken;
    }
}
