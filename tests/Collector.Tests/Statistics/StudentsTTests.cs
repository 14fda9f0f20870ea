using Collector.Statistics;

namespace Collector.Tests.Statistics;

public sealed class StudentsTTests
{
    [Theory]
    [InlineData(0.8)]
    [InlineData(0.975)]
    public void QuantileHasTheClosedFormsOfOneTwoAndFourDegreesOfFreedom(double p)
    {
        Assert.Equal(Math.Tan(Math.PI * (p - 0.5)), StudentsT.Quantile(p, 1), 1e-12);
        Assert.Equal(((2 * p) - 1) / Math.Sqrt(2 * p * (1 - p)), StudentsT.Quantile(p, 2), 1e-13);
        var root = Math.Sqrt(4 * p * (1 - p));
        Assert.Equal(2 * Math.Sqrt((Math.Cos(Math.Acos(root) / 3) / root) - 1), StudentsT.Quantile(p, 4), 1e-13);
    }

    // From SciPy, by root-finding on its tail; see Reference/ces.py.
    [Theory]
    [InlineData(0.975, 1.5, 6.016663104427928)]
    [InlineData(0.975, 29, 2.045229642132704)]
    [InlineData(0.8, 17.3, 0.8628946328855621)]
    [InlineData(0.975, 999.5, 1.9623402703838453)]
    [InlineData(0.975, 1000.5, 1.962337892459348)]
    public void QuantileIsThatOfSciPy(double p, double freedom, double quantile) => Assert.Equal(quantile, StudentsT.Quantile(p, freedom), 1e-12);

    [Fact]
    public void QuantileFallsWithoutAJump()
    {
        var last = double.PositiveInfinity;
        for (var freedom = 1.0; freedom < 3000; freedom *= 1.01)
        {
            var quantile = StudentsT.Quantile(0.975, freedom);
            Assert.InRange(quantile, 1.959963984540054, last);
            last = quantile;
        }
    }
}
