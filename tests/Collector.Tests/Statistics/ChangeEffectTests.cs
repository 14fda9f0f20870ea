using Collector.Statistics;
using Collector.Tests.Reference;

namespace Collector.Tests.Statistics;

public sealed class ChangeEffectTests(ITestOutputHelper output)
{
    [Fact]
    public void DifferencesAndRanksAreThoseOfSciPy()
    {
        Worst value = new("difference"), interval = new("Welch's interval"), bounded = new("bounded interval"), smallest = new("smallest detectable"),
            u = new("U"), superiority = new("superiority"), p = new("p of U");
        foreach (var table in FigureTables.All.Changes)
        {
            var effect = EffectOf(table);
            foreach (var (expected, difference) in new[] { (table.Difference, effect.Difference), (table.Beyond, effect.BeyondControl) })
            {
                value.See(expected?.Value, difference?.Value);
                interval.See(expected?.Interval, difference?.Interval);
                bounded.See(expected?.Bounded, difference?.BoundedInterval);
                smallest.See(expected?.Smallest, difference?.SmallestDetectable);
            }

            u.See(table.Ranks?.U, effect.Ranks?.U);
            superiority.See(table.Ranks?.Superiority, effect.Ranks?.Superiority);
            p.See(table.Ranks?.P, effect.Ranks?.P);
        }

        output.WriteLine($"{FigureTables.All.Changes.Count} changes\n{string.Join('\n', value, interval, bounded, smallest, u, superiority, p)}");
        Assert.All([value, interval, bounded, smallest, u, superiority, p], worst => Assert.InRange(worst.Absolute, 0, 1e-11));
    }

    [Fact]
    public void VerdictIsThatOfTheBoundedIntervalBeyondTheControlIfThereIsOne()
    {
        var verdicts = new Dictionary<Verdict, int>();
        foreach (var table in FigureTables.All.Changes)
        {
            var interval = (table.Control is null ? table.Difference : table.Beyond)?.Bounded;
            var expected = interval?[0] > 0 ? Verdict.Improved : interval?[1] < 0 ? Verdict.Worse : Verdict.NoDetectableEffect;
            Assert.Equal(expected, EffectOf(table).Verdict);
            verdicts[expected] = verdicts.GetValueOrDefault(expected) + 1;
        }

        Assert.Equal(3, verdicts.Count);
    }

    [Fact]
    public void NothingIsToldBeforeTheWindowIsFull()
    {
        var changed = new BeforeAndAfter(new ScoreCounts(1, [90, 0, 0, 0, 0]), new ScoreCounts(1, [0, 0, 0, 0, 90]));
        Assert.Equal(Verdict.Improved, ChangeEffect.Of(changed, null, windowIsFull: true).Verdict);
        Assert.Equal(new ChangeEffect { Verdict = Verdict.TooEarly }, ChangeEffect.Of(changed, changed, windowIsFull: false));
    }

    [Fact]
    public void WindowsAreEqualAndLeaveTheDayOut()
    {
        var window = new ChangeWindow(new DateOnly(2028, 3, 1), 28);
        Assert.Equal(new DateOnly(2028, 2, 2), window.BeforeFrom);
        Assert.Equal(new DateOnly(2028, 2, 29), window.BeforeTo);
        Assert.Equal(new DateOnly(2028, 3, 2), window.AfterFrom);
        Assert.Equal(new DateOnly(2028, 3, 29), window.AfterTo);
        Assert.Equal(window.BeforeTo.DayNumber - window.BeforeFrom.DayNumber, window.AfterTo.DayNumber - window.AfterFrom.DayNumber);
        Assert.False(window.IsFull(new DateOnly(2028, 3, 29)));
        Assert.True(window.IsFull(new DateOnly(2028, 3, 30)));
    }

    [Fact]
    public void RanksOfAThousandMillionThatAreNearlyAllTheSameAreFinite()
    {
        var ranks = MannWhitney.Of(new ScoreCounts(1, [1, 1_000_000_000]), new ScoreCounts(1, [0, 1_000_000_000]))!;
        Assert.Equal(0.5 + (0.5 / 1_000_000_001), ranks.Superiority, 1e-15);

        // One of two thousand million is on the other side: z is 1, but for a correction in the tenth digit.
        Assert.Equal(0.3173, ranks.P, 0.0005);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(5, 100)]
    [InlineData(10, 30)]
    [InlineData(30, 30)]
    [InlineData(30, 300)]
    [InlineData(100, 100)]
    public void WhereNothingChangedAnEffectIsFoundInNoMoreThanOneOfTwenty(int before, int after)
    {
        var random = new Random(20261122);
        var rounds = 500 * Scores.Rounds;
        long alone = 0, controlled = 0, all = 0;
        foreach (var (name, shares) in Scores.Shapes)
        {
            long found = 0, beyond = 0, welch = 0, ranks = 0;
            for (var i = 0; i < rounds; i++)
            {
                ScoreCounts Draw(int answers) => new(1, Scores.Draw(random, shares, answers));
                var changed = new BeforeAndAfter(Draw(before), Draw(after));
                var effect = ChangeEffect.Of(changed, null, windowIsFull: true);
                found += effect.Verdict == Verdict.NoDetectableEffect ? 0 : 1;
                welch += effect.Difference!.Interval is { Low: > 0 } or { High: < 0 } ? 1 : 0;
                ranks += effect.Ranks!.P < 0.05 ? 1 : 0;
                beyond += ChangeEffect.Of(changed, new BeforeAndAfter(Draw(2 * before), Draw(2 * after)), windowIsFull: true).Verdict
                    == Verdict.NoDetectableEffect ? 0 : 1;
            }

            output.WriteLine($"{before} and {after}, {name}: verdict {Scores.Told(found, rounds)}, with a control {Scores.Told(beyond, rounds)}; "
                + $"Welch alone {Scores.Told(welch, rounds)}, U alone {Scores.Told(ranks, rounds)}");
            (alone, controlled, all) = (alone + found, controlled + beyond, all + rounds);
        }

        output.WriteLine($"{before} and {after}, all: verdict {Scores.Told(alone, all)}, with a control {Scores.Told(controlled, all)}");
        Assert.InRange((double)alone / all, 0, 0.055);
        Assert.InRange((double)controlled / all, 0, 0.055);
    }

    // Of changes of every size, the one is taken that equals the smallest detectable effect of scores with the spread before and after it.
    [Theory]
    [InlineData(100)]
    [InlineData(300)]
    public void SmallestDetectableEffectIsFoundInFourOfFive(int answers)
    {
        var random = new Random(20261122);
        var rounds = 2000 * Scores.Rounds;
        var before = Scores.Tilted(0);
        var (worse, smallest) = Enumerable.Range(1, 400)
            .Select(step => Scores.Tilted(-step / 200.0))
            .Select(shares => (shares, Smallest: MeanDifference.Of(Expected(before), Expected(shares))!.SmallestDetectable!.Value))
            .First(each => Scores.Mean(1, before) - Scores.Mean(1, each.shares) >= each.Smallest / Math.Sqrt(answers / 10_000.0));
        smallest /= Math.Sqrt(answers / 10_000.0);
        var found = 0;
        for (var i = 0; i < rounds; i++)
        {
            found += ChangeEffect.Of(new BeforeAndAfter(Draw(before), Draw(worse)), null, windowIsFull: true).Verdict == Verdict.Worse ? 1 : 0;
        }

        output.WriteLine($"{answers} answers each: an effect of {smallest:f3} points is found in {Scores.Told(found, rounds)}");
        Assert.InRange((double)found / rounds, 0.77, 0.83);

        // Ten thousand scores exactly as the shares say; the effect that fewer could show is larger by the root of their number.
        static ScoreCounts Expected(double[] shares) => new(1, [.. shares.Select(share => (long)Math.Round(10_000 * share))]);
        ScoreCounts Draw(double[] shares) => new(1, Scores.Draw(random, shares, answers));
    }

    private static ChangeEffect EffectOf(FigureTables.ChangeTable table)
    {
        ScoreCounts Scores(long[] counts) => new(table.Lowest, counts);
        var control = table.Control is { } sides ? new BeforeAndAfter(Scores(sides[0]), Scores(sides[1])) : null;
        return ChangeEffect.Of(new BeforeAndAfter(Scores(table.Before), Scores(table.After)), control, windowIsFull: true);
    }
}
