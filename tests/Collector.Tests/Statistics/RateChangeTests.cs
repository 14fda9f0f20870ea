using Collector.Statistics;
using Collector.Tests.Reference;

namespace Collector.Tests.Statistics;

public sealed class RateChangeTests(ITestOutputHelper output)
{
    [Fact]
    public void TestAndIntervalAreThoseOfSciPy()
    {
        Worst p = new("p"), interval = new("interval");
        foreach (var table in FigureTables.All.Rates)
        {
            var change = new RateChange(new Proportion(table.Before[0], table.Before[1]), new Proportion(table.After[0], table.After[1]));
            p.See(table.P, change.P());
            interval.See(table.Interval, change.Interval());
        }

        output.WriteLine($"{FigureTables.All.Rates.Count} pairs of rates\n{p}\n{interval}");
        Assert.InRange(p.Absolute, 0, 1e-10);
        Assert.InRange(interval.Absolute, 0, 1e-12);
    }

    // Newcombe (1998), "Interval estimation for the difference between independent proportions", his examples (a) and (c) by method 10.
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    public void IntervalIsThePublishedOne(long count, long of, long otherCount, long other, double low, double high)
    {
        var interval = new RateChange(new Proportion(otherCount, other), new Proportion(count, of)).Interval();
        Assert.Equal(low, interval.Low, 0.00005);
        Assert.Equal(high, interval.High, 0.00005);
    }

    [Theory]
    [InlineData(100, 1000, 60, 1000, true)]
    [InlineData(100, 1000, 140, 1000, true)]
    [InlineData(100, 1000, 95, 1000, false)]
    [InlineData(10, 100, 6, 100, false)]
    [InlineData(100_000, 1_000_000, 95_000, 1_000_000, false)]
    [InlineData(0, 1, 1, 1, false)]
    public void OnlyALargeChangeBeyondChanceIsDoubtful(long count, long of, long afterCount, long afterOf, bool doubtful) =>
        Assert.Equal(doubtful, new RateChange(new Proportion(count, of), new Proportion(afterCount, afterOf)).IsDoubtful());
}
