using Collector.Feedback;

namespace Collector.Tests.Feedback;

public sealed class SpansTests
{
    private const int Settled = 20_400;

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(26)]
    [InlineData(int.MaxValue)]
    public void PeriodsCoverEachDayOnceAndNoneIsLongerThanAsked(int longest)
    {
        var periods = Spans.Covering(20_003, 20_367, Settled, longest).ToList();

        // The middle of a period tells how long it is: the next one begins where it ends.
        var day = 20_003;
        foreach (var period in periods)
        {
            var length = Spans.Lengths.Single(length => Spans.Number(length, day) == period);
            Assert.InRange(length, 1, longest);
            Assert.Equal(day + (length / 2), Spans.Middle(period));
            day += length;
        }

        Assert.Equal(20_368, day);
    }

    [Fact]
    public void AYearInSpansOfAFourteenthIsFewPeriods() => Assert.InRange(Spans.Covering(20_003, 20_367, Settled, 365 / 14).Count(), 14, 40);
}
