namespace Collector.BrowserTests.Dashboard;

/// <summary>
/// Not a test: the filled collector, to look at while one works on its pages. <c>COLLECTOR_PORT=5099 dotnet run --project tests/Collector.BrowserTests -c Release -- -explicit only -class "*StaysOpen"</c>
/// keeps it there until that is stopped. Sign in as <c>operator@shop.example</c>, <c>dutch@</c>, <c>owner@</c>, <c>analyst@</c> or <c>viewer@</c>.
/// </summary>
public sealed class StaysOpen(FilledCollector collector)
{
    [Fact(Explicit = true)]
    public async Task UntilItIsStopped()
    {
        await Console.Out.WriteLineAsync(collector.Address);
        while (true)
        {
            // What slows down who signs in too often goes by this time.
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
            collector.Time.Passed += TimeSpan.FromMinutes(1);
        }
    }
}
