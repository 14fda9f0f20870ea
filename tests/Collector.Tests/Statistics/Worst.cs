using Collector.Statistics;

namespace Collector.Tests.Statistics;

/// <summary>The largest difference between what was expected and what came out, absolute, and relative to what was expected.</summary>
internal sealed class Worst(string name)
{
    private double relative;
    private int values;

    public string Name => name;

    public double Absolute { get; private set; }

    public void See(double? expected, double? actual)
    {
        Assert.Equal(expected.HasValue, actual.HasValue);
        if (expected is { } wanted && actual is { } found)
        {
            Assert.True(double.IsFinite(found), $"{name}: {found} instead of {wanted}");
            Absolute = Math.Max(Absolute, Math.Abs(found - wanted));
            relative = Math.Max(relative, wanted == found ? 0 : Math.Abs(found - wanted) / Math.Max(Math.Abs(wanted), 1e-300));
            values++;
        }
    }

    public void See(double[]? expected, Interval? actual)
    {
        See(expected?[0], actual?.Low);
        See(expected?[1], actual?.High);
    }

    public override string ToString() => $"{name}: {values} values, worst difference {Absolute:g2} (relative {relative:g2})";
}
