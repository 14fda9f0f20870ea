using Collector.Statistics;
using Collector.Tests.Reference;

namespace Collector.Tests.Statistics;

/// <summary>The interval of a mean that is proposed for <c>ces-2</c>.</summary>
public sealed class BoundedMeanTests(ITestOutputHelper output)
{
    [Fact]
    public void IntervalIsThatOfSciPy()
    {
        var interval = new Worst("interval");
        foreach (var table in FigureTables.All.Changes)
        {
            var scores = new ScoreCounts(table.Lowest, table.Before);
            interval.See(table.BeforeBounded, scores.Sample()?.MeanInterval(scores.Lowest, scores.Highest));
        }

        output.WriteLine($"{FigureTables.All.Changes.Count} samples\n{interval}");
        Assert.InRange(interval.Absolute, 0, 1e-11);
    }

    // As many at each end as the share says: κ is 1 but for the answer that is spread over the scale, and the interval nearly Wilson's with t for z.
    [Fact]
    public void IntervalOfScoresAtTheTwoEndsIsNearlyWilsons()
    {
        var bounded = Sample.Of(0, [200, 800])!.MeanInterval(0, 1)!;
        var wilson = new Proportion(800, 1000).WilsonInterval();
        Assert.Equal(wilson.Low, bounded.Low, 1e-4);
        Assert.Equal(wilson.High, bounded.High, 1e-4);
    }

    [Fact]
    public void IntervalHoldsTheMeanStaysOnTheScaleAndHasAWidth()
    {
        var random = new Random(20261122);
        for (var i = 0; i < 3000; i++)
        {
            var width = random.Next(2, 12);
            var counts = Enumerable.Range(0, width).Select(_ => random.Next(3) == 0 ? (long)Math.Pow(10, 7 * random.NextDouble()) : 0).ToArray();
            if (Sample.Of(1, counts) is { Size: > 1 } sample)
            {
                var interval = sample.MeanInterval(1, width)!;
                Assert.InRange(sample.Mean, interval.Low, interval.High);
                Assert.InRange(interval.Low, 1, width);
                Assert.InRange(interval.High, 1, width);
                Assert.True(interval.Low < interval.High);
            }
        }
    }

    // Of skewed scores, the t interval covers the mean in 91 % of samples of 30; see SampleTests.
    [Theory]
    [InlineData(30)]
    [InlineData(100)]
    [InlineData(300)]
    public void IntervalCoversTheMeanAsOftenAsItSays(int answers)
    {
        var random = new Random(20261122);
        var samples = 4000 * Scores.Rounds;
        foreach (var (name, shares) in Scores.Shapes)
        {
            var mean = Scores.Mean(1, shares);
            long bounded = 0, student = 0;
            double boundedWidth = 0, studentWidth = 0;
            for (var i = 0; i < samples; i++)
            {
                var sample = Sample.Of(1, Scores.Draw(random, shares, answers))!;
                var (one, other) = (sample.MeanInterval(1, shares.Length)!, sample.MeanInterval()!);
                bounded += one.Low <= mean && mean <= one.High ? 1 : 0;
                student += other.Low <= mean && mean <= other.High ? 1 : 0;
                boundedWidth += one.High - one.Low;
                studentWidth += other.High - other.Low;
            }

            output.WriteLine($"{answers} answers, {name}: bounded {Scores.Told(bounded, samples)}, width {boundedWidth / samples:f3}; "
                + $"t {Scores.Told(student, samples)}, width {studentWidth / samples:f3}");
            Assert.InRange((double)bounded / samples, 0.935, 0.965);
        }
    }
}
