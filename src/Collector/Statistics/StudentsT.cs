using MathNet.Numerics.Distributions;

namespace Collector.Statistics;

/// <summary>Student's t distribution.</summary>
internal static class StudentsT
{
    /// <summary>The value that t stays below with probability <paramref name="p"/>.</summary>
    /// <param name="p">The probability, between 0 and 1.</param>
    /// <param name="freedom">The degrees of freedom, above 0; need not be whole.</param>
    public static double Quantile(double p, double freedom)
    {
        if (freedom < 1000)
        {
            return StudentT.InvCDF(location: 0, scale: 1, freedom, p);
        }

        // MathNet searches for the quantile, and finds fewer digits the more degrees of freedom there are. From here on the expansion about the
        // normal quantile (Abramowitz and Stegun 1964, 26.7.5) is exact to the last digits.
        var z = Normal.InvCDF(0, 1, p);
        var y = z * z;
        var first = z * (y + 1) / 4;
        var second = z * ((((5 * y) + 16) * y) + 3) / 96;
        var third = z * ((((((3 * y) + 19) * y) + 17) * y) - 15) / 384;
        var fourth = z * ((((((((79 * y) + 776) * y) + 1482) * y) - 1920) * y) - 945) / 92160;
        return z + ((first + ((second + ((third + (fourth / freedom)) / freedom)) / freedom)) / freedom);
    }
}
