using Collector.Feedback;
using Collector.Statistics;
using Collector.Tests.Reference;

namespace Collector.Tests.Statistics;

public sealed class SampleTests(ITestOutputHelper output)
{
    [Fact]
    public void MeanVarianceAndIntervalAreThoseOfSciPy()
    {
        double worstMean = 0, worstVariance = 0, worstInterval = 0;
        var samples = 0;
        foreach (var table in CesTables.All)
        {
            // Where high is easy, ease is the score itself: nothing but the statistics is in play.
            foreach (var part in table.Parts.Where(part => part.Easy == EasyEnd.High && part.Counts.Sum() > 0))
            {
                var expected = table.Scales.Single(scale => scale.Scale == part.Scale);
                var sample = Sample.Of(part.Min, part.Counts)!;
                Assert.Equal(expected.Answers, sample.Size);
                worstMean = Math.Max(worstMean, Off(expected.Mean, sample.Mean, expected.Mean));
                Assert.Equal(expected.Variance.HasValue, sample.Variance.HasValue);
                Assert.Equal(expected.MeanInterval is null, sample.MeanInterval() is null);
                if (sample.MeanInterval() is { } interval)
                {
                    // Both ends are sums that may cancel out, so each is held against the size of what was added.
                    var size = Math.Abs(expected.Mean) + (expected.MeanInterval![1] - expected.Mean);
                    worstVariance = Math.Max(worstVariance, Off(expected.Variance!.Value, sample.Variance!.Value, expected.Variance.Value));
                    worstInterval = Math.Max(worstInterval, Off(expected.MeanInterval[0], interval.Low, size));
                    worstInterval = Math.Max(worstInterval, Off(expected.MeanInterval[1], interval.High, size));
                }

                samples++;
            }
        }

        output.WriteLine($"{samples} samples, worst relative difference: mean {worstMean:g3}, variance {worstVariance:g3}, "
            + $"interval {worstInterval:g3}");
        Assert.InRange(samples, 300, int.MaxValue);
        Assert.InRange(worstMean, 0, 1e-12);
        Assert.InRange(worstVariance, 0, 1e-12);
        Assert.InRange(worstInterval, 0, 1e-13);
    }

    [Fact]
    public void IntervalOfTwoAndOfThreeHasTheClosedFormOfStudentsT()
    {
        // Of 0 and 1 the standard error is 1/2; of 0, 1 and 2 it is 1/√3. With one and two degrees of freedom t has a closed form.
        var two = Sample.Of(0, [1, 1])!.MeanInterval()!;
        Assert.Equal(0.5 + (Math.Tan(0.475 * Math.PI) / 2), two.High, 1e-11);
        Assert.Equal(0.5 - (Math.Tan(0.475 * Math.PI) / 2), two.Low, 1e-11);

        var three = Sample.Of(0, [1, 1, 1])!.MeanInterval()!;
        Assert.Equal(1 + (0.95 / Math.Sqrt(2 * 0.975 * 0.025) / Math.Sqrt(3)), three.High, 1e-11);
    }

    [Fact]
    public void NothingHasNoMean() => Assert.Null(Sample.Of(1, [0, 0, 0]));

    [Fact]
    public void OneValueHasAMeanButNoSpread()
    {
        var sample = Sample.Of(1, [0, 0, 1])!;
        Assert.Equal(3, sample.Mean);
        Assert.Null(sample.Variance);
        Assert.Null(sample.MeanInterval());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1_000_000_000)]
    public void ValuesThatAreAllTheSameHaveAnIntervalWithoutWidth(long count) =>
        Assert.Equal(new Interval(5, 5), Sample.Of(1, [0, 0, 0, 0, count])!.MeanInterval());

    [Fact]
    public void SpreadDoesNotDependOnWhereTheScaleBegins()
    {
        var near = Sample.Of(0, [3, 1, 4, 1, 5])!;
        var far = Sample.Of(1_000_000, [3, 1, 4, 1, 5])!;
        Assert.Equal(1_000_000 + near.Mean, far.Mean, 1e-9);
        Assert.Equal(near.Variance!.Value, far.Variance!.Value, 1e-9);
    }

    // The t interval promises 95 % for values that are normally distributed. Effort scores are not: most are at the top, so that a small sample
    // often misses the few low ones, and its interval is then too narrow and too high. NumPy finds 91.3 % of 400,000 samples of 30, with 8.1 %
    // wholly above the mean and 0.6 % below it, and 93.9 % of those of 100. The bounds are what holds for this shape, not a wish.
    [Theory]
    [InlineData(30, 0.90, 0.925)]
    [InlineData(100, 0.93, 0.95)]
    public void IntervalCoversTheMeanOfSkewedScoresLessOftenThanItSays(int answers, double least, double most)
    {
        int[] shares = [3, 2, 3, 4, 6, 12, 70]; // Percent, of the scores 1 to 7.
        var scores = shares.SelectMany((share, place) => Enumerable.Repeat(place, share)).ToArray();
        var mean = 1 + scores.Average();

        const int Samples = 10_000;
        var random = new Random(20261122);
        var covering = 0;
        for (var i = 0; i < Samples; i++)
        {
            var counts = new long[shares.Length];
            for (var j = 0; j < answers; j++)
            {
                counts[scores[random.Next(scores.Length)]]++;
            }

            var interval = Sample.Of(1, counts)!.MeanInterval()!;
            covering += interval.Low <= mean && mean <= interval.High ? 1 : 0;
        }

        output.WriteLine($"{answers} answers: {100.0 * covering / Samples:f2} % of {Samples} intervals cover the mean");
        Assert.InRange((double)covering / Samples, least, most);
    }

    private static double Off(double expected, double actual, double size) => expected == actual ? 0 : Math.Abs(actual - expected) / size;
}
