using Collector.Statistics;
using Collector.Tests.Reference;

namespace Collector.Tests.Statistics;

public sealed class GroupMeansTests(ITestOutputHelper output)
{
    [Fact]
    public void ShrunkMeansAreThoseOfSciPy()
    {
        Worst mean = new("mean"), within = new("within"), between = new("between"), homogeneity = new("homogeneity p"), shrunk = new("shrunk"),
            deviation = new("deviation"), below = new("probability below target"), gain = new("gain");
        foreach (var table in FigureTables.All.Groups)
        {
            var groups = GroupMeans.Of([.. table.Groups.Select(counts => SumsOf(table.Lowest, counts))])!;
            Assert.Equal(table.Answers, groups.Answers);
            mean.See(table.Mean, groups.Mean);
            within.See(table.Within, groups.WithinVariance);
            between.See(table.Between, groups.BetweenVariance);
            homogeneity.See(table.Homogeneity, groups.HomogeneityP);
            foreach (var (expected, touchpoint) in table.Touchpoints.Zip(groups.Touchpoints))
            {
                mean.See(expected.Mean, touchpoint.Mean);
                shrunk.See(expected.Shrunk, touchpoint.Shrunk);
                deviation.See(expected.Deviation, touchpoint.Deviation);
                below.See(expected.Below, touchpoint.ProbabilityBelow(table.Target));
                gain.See(expected.Gain, touchpoint.Gain(table.Target));
            }
        }

        output.WriteLine($"{FigureTables.All.Groups.Count} selections\n{string.Join('\n', mean, within, between, homogeneity, shrunk, deviation, below, gain)}");
        Assert.All([mean, within, between, homogeneity, shrunk, deviation, below, gain], worst => Assert.InRange(worst.Absolute, 0, 1e-10));
    }

    [Fact]
    public void NoTouchpointsHaveNoMeans() => Assert.Null(GroupMeans.Of([]));

    [Fact]
    public void ThreeAwfulAnswersDoNotTopThreeHundredBadOnes()
    {
        var groups = GroupMeans.Of([
            SumsOf(1, [3, 0, 0, 0, 0, 0, 0]), SumsOf(1, [40, 60, 80, 60, 40, 20, 0]), .. Enumerable.Repeat(SumsOf(1, [3, 2, 3, 4, 6, 12, 70]), 20)])!;
        var (awful, bad) = (groups.Touchpoints[0], groups.Touchpoints[1]);
        output.WriteLine($"{awful} gains {awful.Gain(6):f4}\n{bad} gains {bad.Gain(6):f4}");
        Assert.True(awful.Mean < bad.Mean);
        Assert.True(bad.Gain(6) > 10 * awful.Gain(6));
        Assert.True(bad.ProbabilityBelow(6) > awful.ProbabilityBelow(6));
    }

    [Fact]
    public void ShrunkMeanLiesBetweenItsOwnAndTheSelections()
    {
        foreach (var table in FigureTables.All.Groups)
        {
            var groups = GroupMeans.Of([.. table.Groups.Select(counts => SumsOf(table.Lowest, counts))])!;
            foreach (var touchpoint in groups.Touchpoints)
            {
                Assert.InRange(touchpoint.Shrunk, Math.Min(touchpoint.Mean, groups.Mean) - 1e-12, Math.Max(touchpoint.Mean, groups.Mean) + 1e-12);
            }
        }
    }

    // Touchpoints whose true means differ by a standard deviation of 0.5, with 2 to 200 skewed scores each.
    [Fact]
    public void SpreadBetweenTouchpointsIsFoundAndTheirMeansAreNearerThanTheirOwn()
    {
        var random = new Random(20261122);
        double spread = 0, shrunkError = 0, ownError = 0, covered = 0, means = 0;
        for (var round = 0; round < 200; round++)
        {
            var truths = Enumerable.Range(0, 40).Select(_ => Scores.Tilted(0.5 * Scores.Normal(random))).ToList();
            var groups = GroupMeans.Of([.. truths.Select(truth => SumsOf(1, Scores.Draw(random, truth, 2 + (int)Math.Pow(200, random.NextDouble()))))])!;
            var centre = truths.Average(truth => Scores.Mean(1, truth));
            spread += groups.BetweenDeviation / Math.Sqrt(truths.Sum(truth => Math.Pow(Scores.Mean(1, truth) - centre, 2)) / 39);
            foreach (var (truth, touchpoint) in truths.Zip(groups.Touchpoints))
            {
                var mean = Scores.Mean(1, truth);
                shrunkError += Math.Pow(touchpoint.Shrunk - mean, 2);
                ownError += Math.Pow(touchpoint.Mean - mean, 2);
                covered += Math.Abs(touchpoint.Shrunk - mean) <= 1.96 * touchpoint.Deviation ? 1 : 0;
                means++;
            }
        }

        output.WriteLine($"spread found: {spread / 200:f3} of the true one; mean squared error {shrunkError / means:f4} against {ownError / means:f4}; "
            + $"{100 * covered / means:f1} % within 1.96 deviations");
        Assert.InRange(spread / 200, 0.9, 1.1);
        Assert.InRange(shrunkError / ownError, 0, 0.7);
        Assert.InRange(covered / means, 0.92, 0.97);
    }

    // Of few touchpoints one hardly knows how much they differ: the normal distribution would hold the truth in 89 to 94 % of these. Where they differ little, a probability
    // against their own mean is seldom far from a half; where it is, it is right in three of four cases with two touchpoints, and nine of ten with forty.
    [Theory]
    [InlineData(2, 0.15)]
    [InlineData(2, 0.4)]
    [InlineData(2, 1)]
    [InlineData(3, 0.4)]
    [InlineData(5, 0.4)]
    [InlineData(5, 1)]
    [InlineData(10, 0.15)]
    [InlineData(10, 1)]
    public void ProbabilityBelowATargetIsNearlyRightForAFewTouchpointsToo(int touchpoints, double spread)
    {
        var random = new Random(20261122);
        long covered = 0, coveredNormally = 0, means = 0, right = 0, sure = 0;
        for (var round = 0; round < 8000 * Scores.Rounds / touchpoints; round++)
        {
            var truths = Enumerable.Range(0, touchpoints).Select(_ => Scores.Tilted(spread * Scores.Normal(random))).ToList();
            var groups = GroupMeans.Of([.. truths.Select(truth => SumsOf(1, Scores.Draw(random, truth, 5 + (int)Math.Pow(200, random.NextDouble()))))])!;
            var target = groups.Mean - 0.3;
            foreach (var (truth, touchpoint) in truths.Zip(groups.Touchpoints))
            {
                var mean = Scores.Mean(1, truth);
                covered += touchpoint.ProbabilityBelow(mean) is > 0.025 and < 0.975 ? 1 : 0;
                coveredNormally += Math.Abs(mean - touchpoint.Shrunk) < 1.96 * touchpoint.Deviation ? 1 : 0;
                means++;
                if (touchpoint.ProbabilityBelow(target) is { } below and (> 0.9 or < 0.1))
                {
                    sure++;
                    right += mean < target == below > 0.5 ? 1 : 0;
                }
            }
        }

        output.WriteLine($"{touchpoints} touchpoints, {spread} apart: true means within 2.5 to 97.5 % in {Scores.Told(covered, means)}, {Scores.Told(coveredNormally, means)} by the normal "
            + $"distribution; of {sure} above 90 or below 10 %, {Scores.Told(right, sure)} right");
        Assert.InRange((double)covered / means, 0.915, 0.985);
        Assert.InRange((double)right / sure, 0.88, 0.99);
    }

    private static GroupSums SumsOf(int lowest, long[] counts) => new(
        counts.Sum(), counts.Select((count, i) => (double)count * (lowest + i)).Sum(), counts.Select((count, i) => (double)count * (lowest + i) * (lowest + i)).Sum());
}
