using Collector.Statistics;
using Collector.Tests.Reference;

namespace Collector.Tests.Statistics;

public sealed class GoalStandingTests(ITestOutputHelper output)
{
    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly DateOnly InTenDays = new(2026, 12, 2);

    [Fact]
    public void TrendIsThatOfSciPy()
    {
        Worst slope = new("slope"), interval = new("interval");
        foreach (var table in FigureTables.All.Trends)
        {
            var trend = Trend.Of([.. table.Days.Select(day => new DaySums(day[0], new GroupSums(
                day.Skip(1).Sum(), day.Skip(1).Select((count, i) => count * (i + 1)).Sum(), day.Skip(1).Select((count, i) => count * (i + 1) * (i + 1)).Sum())))]);
            slope.See(table.PerDay, trend?.PerDay);
            interval.See(table.Interval, trend?.Interval);
        }

        output.WriteLine($"{FigureTables.All.Trends.Count} trends\n{slope}\n{interval}");
        Assert.InRange(slope.Absolute, 0, 1e-12);
        Assert.InRange(interval.Absolute, 0, 1e-12);
    }

    [Fact]
    public void GoalIsMetWhenTheWholeIntervalHasReachedTheTarget()
    {
        var standing = new GoalStanding(5.2, new Interval(5, 5.4), Target: 5);
        Assert.Equal(GoalStatus.Met, standing.StatusOn(Today, InTenDays, trend: null));
        Assert.Equal(GoalStatus.Met, standing.StatusOn(Today, Today.AddDays(-1), Falling(1)));
        Assert.Equal(0, standing.Missing);
    }

    [Fact]
    public void GoalIsMissedOnceItsDateHasPassed()
    {
        var standing = new GoalStanding(5.2, new Interval(4.9, 5.5), Target: 5);
        Assert.Equal(GoalStatus.OnTrack, standing.StatusOn(Today, Today, trend: null));
        Assert.Equal(GoalStatus.Missed, standing.StatusOn(Today.AddDays(1), Today, trend: null));
    }

    [Fact]
    public void GoalIsOnTrackWhenItsTrendReachesTheTargetByTheDate()
    {
        var standing = new GoalStanding(4.5, new Interval(4.3, 4.7), Target: 5);
        Assert.Equal(0.5, standing.Missing);
        Assert.Equal(GoalStatus.AtRisk, standing.StatusOn(Today, InTenDays, trend: null));
        Assert.Equal(GoalStatus.OnTrack, standing.StatusOn(Today, InTenDays, Rising(0.05)));
        Assert.Equal(GoalStatus.AtRisk, standing.StatusOn(Today, InTenDays, Rising(0.049)));
        Assert.Equal(GoalStatus.AtRisk, standing.StatusOn(Today, InTenDays, new Trend(0.05, new Interval(-0.01, 0.11))));
    }

    [Fact]
    public void GoalThatItsFigureHasReachedIsAtRiskWhenTheFigureFalls()
    {
        var standing = new GoalStanding(5.2, new Interval(4.9, 5.5), Target: 5);
        Assert.Equal(GoalStatus.OnTrack, standing.StatusOn(Today, InTenDays, new Trend(-0.05, new Interval(-0.11, 0.01))));
        Assert.Equal(GoalStatus.AtRisk, standing.StatusOn(Today, InTenDays, Falling(0.05)));
    }

    [Fact]
    public void GoalWithoutAnswersIsAtRiskAndThenMissed()
    {
        var standing = new GoalStanding(null, null, Target: 5);
        Assert.Null(standing.Missing);
        Assert.Equal(GoalStatus.AtRisk, standing.StatusOn(Today, InTenDays, trend: null));
        Assert.Equal(GoalStatus.Missed, standing.StatusOn(InTenDays.AddDays(1), InTenDays, trend: null));
    }

    private static Trend Rising(double perDay) => new(perDay, new Interval(perDay / 2, perDay * 1.5));

    private static Trend Falling(double perDay) => new(-perDay, new Interval(-perDay * 1.5, -perDay / 2));
}
