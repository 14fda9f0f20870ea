using Collector.Statistics;
using Collector.Tests.Reference;
using MathNet.Numerics.Distributions;

namespace Collector.Tests.Statistics;

public sealed class ProportionTests(ITestOutputHelper output)
{
    [Fact]
    public void WilsonIntervalIsThatOfSciPy()
    {
        var worst = 0.0;
        var shares = 0;
        foreach (var table in CesTables.All.Where(table => table.Answers > 0))
        {
            foreach (var expected in new[] { table.Easy!, table.Difficult! })
            {
                var proportion = new Proportion(expected.Count, table.Answers);
                var interval = proportion.WilsonInterval();
                Assert.Equal(expected.Share, proportion.Share);
                worst = new[] { worst, Off(expected.Low, interval.Low), Off(expected.High, interval.High) }.Max();
                shares++;
            }
        }

        output.WriteLine($"{shares} shares, worst relative difference: {worst:g3}");
        Assert.InRange(shares, 600, int.MaxValue);
        Assert.InRange(worst, 0, 1e-12);
    }

    // The four examples of Newcombe (1998), "Two-sided confidence intervals for the single proportion", method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void WilsonIntervalIsThePublishedOne(long count, long of, double low, double high)
    {
        var interval = new Proportion(count, of).WilsonInterval();
        Assert.Equal(low, interval.Low, 0.00005);
        Assert.Equal(high, interval.High, 0.00005);
    }

    [Fact]
    public void WilsonIntervalHoldsTheShareAndStaysWithinZeroAndOne()
    {
        foreach (var of in Enumerable.Range(1, 120).Select(of => (long)of).Append(1_000_000_000).Append(5_000_000_000))
        {
            for (var step = 0; step <= 120; step++)
            {
                var proportion = new Proportion(of * step / 120, of);
                var interval = proportion.WilsonInterval();
                Assert.InRange(proportion.Share, interval.Low, interval.High);
                Assert.InRange(interval.Low, 0, 1);
                Assert.InRange(interval.High, 0, 1);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(1_000_000_000)]
    public void NoneReachesZeroAndAllReachesOneButNeitherIsCertain(long of)
    {
        var none = new Proportion(0, of).WilsonInterval();
        Assert.Equal(0, none.Low);
        Assert.True(none.High > 0);
        var all = new Proportion(of, of).WilsonInterval();
        Assert.Equal(1, all.High);
        Assert.True(all.Low < 1);
    }

    [Fact]
    public void IntervalOfTheRestIsTheIntervalMirrored()
    {
        for (var count = 0; count <= 57; count++)
        {
            var interval = new Proportion(count, 57).WilsonInterval();
            var rest = new Proportion(57 - count, 57).WilsonInterval();
            Assert.Equal(1 - interval.High, rest.Low, 1e-15);
            Assert.Equal(1 - interval.Low, rest.High, 1e-15);
        }
    }

    // Every outcome of so many answers, with its probability. A share can only take n + 1 values, so that its coverage jumps from one true share to the
    // next; what holds is its average.
    [Theory]
    [InlineData(30)]
    [InlineData(100)]
    [InlineData(1000)]
    public void WilsonIntervalCoversTheShareAsOftenAsItSaysOnAverage(int of)
    {
        var intervals = Enumerable.Range(0, of + 1).Select(count => new Proportion(count, of).WilsonInterval()).ToList();
        var coverages = Enumerable.Range(5, 191).Select(step => step / 200.0).Select(share => Enumerable.Range(0, of + 1)
            .Where(count => intervals[count].Low <= share && share <= intervals[count].High).Sum(count => Binomial.PMF(share, of, count))).ToList();
        output.WriteLine($"{of} answers, shares of 2.5 to 97.5 %: {100 * coverages.Average():f2} % on average, {100 * coverages.Min():f2} to {100 * coverages.Max():f2} %");
        Assert.InRange(coverages.Average(), 0.94, 0.96);
        Assert.InRange(coverages.Min(), 0.88, 0.95);
    }

    private static double Off(double expected, double actual) => expected == actual ? 0 : Math.Abs(actual - expected) / expected;
}
