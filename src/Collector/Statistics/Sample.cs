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

        var t = StudentsT.Quantile(1 - ((1 - Confidence) / 2), Size - 1);
        var margin = t * Math.Sqrt(variance / Size);
        return new Interval(Mean - margin, Mean + margin);
    }

    /// <summary>
    /// The interval of the mean of scores on a scale, as proposed for <c>ces-2</c>. Within the scale, holds the mean, and never without width. None for a single value.
    /// </summary>
    /// <remarks>
    /// The mean, as a share of the way from the lowest to the highest score, varies by κ · share · (1 − share) / n: κ is how much scores spread beside as many
    /// that are all at the two ends, where it is 1 (McCullagh and Nelder 1989, the dispersion of a quasi-binomial mean). The ends of the interval are those shares
    /// from which the mean is t(0.975; n − 1) such deviations away, which is Wilson's interval of n/κ answers. κ is taken with one answer more, spread evenly over
    /// the scale, so that scores that happen to be all the same do not look certain. Where most scores are at one end it covers the mean as often as
    /// it says, which the t interval of few scores does not.
    /// </remarks>
    public Interval? MeanInterval(int lowest, int highest)
    {
        if (Variance is not { } variance)
        {
            return null;
        }

        double size = Size, range = highest - lowest;
        var share = (Mean - lowest) / range;

        // The mean and the variance of all the values and the one that is spread evenly.
        var scatter = (variance * (size - 1)) + (range * (range + 2) / 12) + (size / (size + 1) * Square(Mean - lowest - (range / 2)));
        var middle = ((share * size) + 0.5) / (size + 1);
        var dispersion = scatter / (size + 1) / (range * range * middle * (1 - middle));

        var t = StudentsT.Quantile(1 - ((1 - Confidence) / 2), size - 1);
        var doubt = t * t * dispersion / size;
        var centre = share + (doubt / 2);
        var margin = Math.Sqrt(doubt * ((share * (1 - share)) + (doubt / 4)));
        return new Interval(
            share <= 0 ? lowest : lowest + (range * (centre - margin) / (1 + doubt)),
            share >= 1 ? highest : lowest + (range * (centre + margin) / (1 + doubt)));
    }

    private static double Square(double value) => value * value;
}
