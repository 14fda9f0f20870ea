using MathNet.Numerics.Distributions;

namespace Collector.Statistics;

/// <summary>The size, mean and spread of a sample of whole numbers, made from how often each of them occurs.</summary>
public sealed record Sample
{
    private const double Confidence = 0.95;

    private Sample(long size, double mean, double? variance) => (Size, Mean, Variance) = (size, mean, variance);

    /// <summary>How many values there are; at least one.</summary>
    public long Size { get; }

    /// <summary>The mean.</summary>
    public double Mean { get; }

    /// <summary>The unbiased variance (divided by n − 1); none for a single value.</summary>
    public double? Variance { get; }

    /// <summary>The sample in which value <c>lowest + i</c> occurs <c>counts[i]</c> times; null when it is empty.</summary>
    public static Sample? Of(int lowest, ReadOnlySpan<long> counts)
    {
        long size = 0, sum = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            size += counts[i];
            sum += counts[i] * (lowest + i);
        }

        if (size == 0)
        {
            return null;
        }

        // Two passes: the sum of squares minus the square of the sum loses digits where the spread is small.
        var mean = (double)sum / size;
        var squares = 0.0;
        for (var i = 0; i < counts.Length; i++)
        {
            var deviation = lowest + i - mean;
            squares += counts[i] * deviation * deviation;
        }

        return new Sample(size, mean, size > 1 ? squares / (size - 1) : null);
    }

    /// <summary>The interval of the mean: mean ± t(0.975; n − 1) · s/√n (Student 1908). None for a single value.</summary>
    /// <remarks>It is not cut off at the ends of the scale, and has no width when all values are the same.</remarks>
    public Interval? MeanInterval()
    {
        if (Variance is not { } variance)
        {
            return null;
        }

        var t = StudentT.InvCDF(location: 0, scale: 1, freedom: Size - 1, p: 1 - ((1 - Confidence) / 2));
        var margin = t * Math.Sqrt(variance / Size);
        return new Interval(Mean - margin, Mean + margin);
    }
}
