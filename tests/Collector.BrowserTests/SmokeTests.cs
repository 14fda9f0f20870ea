namespace Collector.BrowserTests;

public sealed class SmokeTests
{
    [Fact]
    public void Runs() => Assert.True(true);
}
