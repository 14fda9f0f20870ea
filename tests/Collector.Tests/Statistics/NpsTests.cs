using Collector.Statistics;
using Collector.Tests.Reference;
using MathNet.Numerics.Distributions;

namespace Collector.Tests.Statistics;

public sealed class NpsTests(ITestOutputHelper output)
{
    [Fact]
    public void ScoreAndIntervalAreThoseOfNumPy()
    {
        Worst score = new("score"), interval = new("interval");
        foreach (var table in FigureTables.All.Nps)
        {
            var nps = Nps.Of(table.Counts);
            score.See(table.Score, nps?.Score);
            interval.See(table.Interval, nps?.Interval());
        }

        output.WriteLine($"{FigureTables.All.Nps.Count} tables\n{score}\n{interval}");
        Assert.InRange(score.Absolute, 0, 1e-12);
        Assert.InRange(interval.Absolute, 0, 1e-11);
    }

    [Fact]
    public void NineAndTenPromoteAndZeroToSixCriticize()
    {
        Assert.Equal(new Nps(1010, 110, 64), Nps.Of([1, 1, 2, 4, 8, 16, 32, 10, 100, 10, 1000]));
        Assert.Equal(-100, new Nps(0, 0, 3).Score);
        Assert.Equal(0, new Nps(7, 0, 7).Score);
        Assert.Equal(25, new Nps(2, 1, 1).Score);
    }

    // A single promoter's interval ends at 98.5: three answers more weigh more than one.
    [Fact]
    public void IntervalOfTwoAndMoreHoldsTheScoreAndStaysOnTheScale()
    {
        foreach (var answers in new long[] { 2, 3, 7, 30, 1000, 10_000_000 })
        {
            for (var step = 0; step <= 20; step++)
            {
                var promoters = answers * step / 20;
                var nps = new Nps(promoters, (answers - promoters) / 3, answers - promoters - ((answers - promoters) / 3));
                var interval = nps.Interval();
                Assert.InRange(nps.Score, interval.Low, interval.High);
                Assert.InRange(interval.Low, -100, 100);
                Assert.InRange(interval.High, -100, 100);
            }
        }
    }

    // Every outcome of so many answers, with its probability: no simulation. Where eight of ten are passive, the interval of few answers is too wide.
    [Theory]
    [InlineData(30)]
    [InlineData(100)]
    public void IntervalCoversTheScoreAsOftenAsItSays(int answers)
    {
        foreach (var (promoters, critics) in new[] { (0.4, 0.35), (0.5, 0.2), (0.7, 0.1), (0.2, 0.6), (0.8, 0.15), (0.1, 0.1) })
        {
            var truth = 100 * (promoters - critics);
            var covered = 0.0;
            for (var x = 0; x <= answers; x++)
            {
                for (var y = 0; x + y <= answers; y++)
                {
                    var interval = new Nps(x, answers - x - y, y).Interval();
                    if (interval.Low <= truth && truth <= interval.High)
                    {
                        covered += Binomial.PMF(promoters, answers, x) * Binomial.PMF(critics / (1 - promoters), answers - x, y);
                    }
                }
            }

            output.WriteLine($"{answers} answers, {promoters} promoters and {critics} critics: {100 * covered:f2} %");
            Assert.InRange(covered, 0.935, promoters + critics < 0.3 ? 0.97 : 0.965);
        }
    }
}
