using Collector.Statistics;
using Collector.Tests.Reference;

namespace Collector.Tests.Statistics;

public sealed class CsatTests(ITestOutputHelper output)
{
    [Fact]
    public void IndexAndShareAreThoseOfSciPy()
    {
        Worst index = new("index"), indexInterval = new("its interval"), topTwo = new("share of the two highest"), topTwoInterval = new("its interval");
        foreach (var table in FigureTables.All.Csat)
        {
            var csat = Csat.Of(table.Counts);
            index.See(table.Index, csat?.Index);
            indexInterval.See(table.IndexInterval, csat?.IndexInterval);
            topTwo.See(table.TopTwo, csat?.TopTwo.Share);
            topTwoInterval.See(table.TopTwoInterval, csat?.TopTwo.WilsonInterval());
        }

        output.WriteLine($"{FigureTables.All.Csat.Count} tables\n{string.Join('\n', index, indexInterval, topTwo, topTwoInterval)}");
        Assert.All([index, indexInterval, topTwo, topTwoInterval], worst => Assert.InRange(worst.Absolute, 0, 1e-11));
    }

    [Fact]
    public void LowestScoreIsZeroAndHighestAHundred()
    {
        Assert.Equal(0, Csat.Of([5, 0, 0, 0, 0])!.Index);
        Assert.Equal(100, Csat.Of([0, 0, 0, 0, 5])!.Index);
        Assert.Equal(new Proportion(7, 10), Csat.Of([1, 1, 1, 3, 4])!.TopTwo);
    }
}
