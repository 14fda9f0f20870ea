using Collector.Statistics;
using Collector.Tests.Reference;

namespace Collector.Tests.Statistics;

public sealed class CellTestTests(ITestOutputHelper output)
{
    [Fact]
    public void CellsAreThoseOfSciPy()
    {
        Worst share = new("share, rest"), lift = new("lift"), residual = new("residual"), p = new("p"), logP = new("ln p"), q = new("q");
        foreach (var table in FigureTables.All.Cells)
        {
            var tested = CellTest.Of(new CellCount(table.Answers, table.Difficult), [.. table.Cells.Select(cell => new CellCount(cell.Answers, cell.Difficult))]);
            Assert.Equal(table.Cells.Count, tested.Count);
            foreach (var (expected, cell) in table.Cells.Zip(tested))
            {
                Assert.Equal((expected.Answers, expected.Difficult), (cell.Answers, cell.Difficult));
                share.See(expected.Share, cell.Share);
                share.See(expected.Rest, cell.Rest);
                lift.See(expected.Lift, cell.Lift);
                residual.See(expected.Residual, cell.Residual);
                p.See(expected.P, cell.P);
                q.See(expected.Q, cell.Q);
                if (expected.P > 1e-290)
                {
                    logP.See(Math.Log(expected.P), Math.Log(cell.P));
                }
            }
        }

        output.WriteLine($"{FigureTables.All.Cells.Count} tables\n{share}\n{lift}\n{residual}\n{p}\n{logP}\n{q}");
        Assert.InRange(share.Absolute, 0, 1e-15);
        Assert.InRange(lift.Absolute, 0, 1e-12);
        Assert.InRange(residual.Absolute, 0, 1e-9);
        Assert.InRange(p.Absolute, 0, 1e-10);
        Assert.InRange(q.Absolute, 0, 1e-10);

        // Small p as well, whose absolute difference says nothing.
        Assert.InRange(logP.Absolute, 0, 1e-9);
    }

    [Fact]
    public void AssociationIsThatOfSciPy()
    {
        Worst v = new("Cramér's V"), p = new("p");
        foreach (var table in FigureTables.All.Cells)
        {
            var association = Association.Of([.. table.Cells.Take(table.Rows).Select(cell => new CellCount(cell.Answers, cell.Difficult))]);
            v.See(table.Association?.CramersV, association?.CramersV);
            p.See(table.Association?.P, association?.P);
            Assert.Equal(table.Association?.SmallExpected, association?.SmallExpected);
        }

        output.WriteLine($"{v}\n{p}");
        Assert.InRange(v.Absolute, 0, 1e-12);
        Assert.InRange(p.Absolute, 0, 1e-10);
    }

    [Fact]
    public void CellOfTheContractHasItsFigures()
    {
        var cell = CellTest.Of(new CellCount(1681, 567), [new CellCount(268, 139)])[0];
        Assert.Equal(0.519, cell.Share!.Value, 0.0005);
        Assert.Equal(0.303, cell.Rest!.Value, 0.0005);
        Assert.Equal(1.71, cell.Lift!.Value, 0.005);
        Assert.Equal(6.85, cell.Residual, 0.005);
        Assert.Equal(7.4e-12, cell.P, 0.05e-12);
    }

    // Fisher's lady who tasted tea, and the table of the convicted twins in the documentation of R's fisher.test, with R's own p.
    [Theory]
    [InlineData(3, 4, 1, 4, 0.4857142857142857)]
    [InlineData(2, 17, 10, 13, 0.0005367241191434355)]
    public void ExactTestIsThePublishedOne(long count, long of, long otherCount, long other, double p) =>
        Assert.Equal(p, new FourfoldTable(count, of, otherCount, other).ExactP(), 1e-15);

    [Fact]
    public void ExactTestOfAMillionAgreesWithTheApproximation()
    {
        var table = new FourfoldTable(100_700, 300_000, 235_300, 700_000);
        Assert.False(table.SmallExpected);
        Assert.Equal(table.P(), table.ExactP(), 0.002);
    }

    [Fact]
    public void SwappingRowsOrColumnsChangesNoP()
    {
        var random = new Random(20261122);
        for (var i = 0; i < 2000; i++)
        {
            long of = random.Next(1, 60), other = random.Next(1, 60);
            var table = new FourfoldTable(random.NextInt64(of + 1), of, random.NextInt64(other + 1), other);
            var rows = new FourfoldTable(table.OtherCount, other, table.Count, of);
            var columns = new FourfoldTable(of - table.Count, of, other - table.OtherCount, other);
            Assert.Equal(table.ExactP(), rows.ExactP(), 1e-12);
            Assert.Equal(table.ExactP(), columns.ExactP(), 1e-12);
            Assert.Equal(table.Residual(), -rows.Residual(), 1e-12);
            Assert.Equal(table.Residual(), -columns.Residual(), 1e-12);
        }
    }

    [Fact]
    public void CorrectionKeepsTheOrderAndNeverLowersAP()
    {
        Assert.Empty(FalseDiscovery.Adjust([]));
        Assert.Equal([0.3], FalseDiscovery.Adjust([0.3]));
        Assert.Equal([0.04, 0.04, 0.04, 0.04], FalseDiscovery.Adjust([0.04, 0.03, 0.02, 0.01]));
        Assert.Equal([1, 0.0004, 1], FalseDiscovery.Adjust([0.9, 0.0004 / 3, 1]).Select(q => Math.Round(q, 12)));
    }
}
