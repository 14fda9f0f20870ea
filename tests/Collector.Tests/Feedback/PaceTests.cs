using Collector.Feedback;

namespace Collector.Tests.Feedback;

public sealed class PaceTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 199)]
    [InlineData(2, 399)]
    [InlineData(4, 799)]
    public void NobodyAnswersInLessTimeThanItTakesToPressAKey(int answers, int milliseconds) =>
        Assert.True(Pace.IsTooFast(answers, TimeSpan.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData(1, 200)]
    [InlineData(2, 400)] // Two taps of somebody who knows the survey, half a glance apart.
    [InlineData(4, 90_000)]
    [InlineData(0, 0)] // Closing it is no answer: one may have meant to close something else.
    [InlineData(1, -3_600_000)] // A clock was set.
    public void APersonIsNotTooFast(int answers, int milliseconds) => Assert.False(Pace.IsTooFast(answers, TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void ATimeThatNobodyKnowsIsNoSign() => Assert.False(Pace.IsTooFast(4, null));
}
