using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Collector.Statistics;

/// <summary>Student's t distribution.</summary>
internal static class StudentsT
{
    // What nearly all intervals ask for, by whole degrees of freedom; 0 where nobody has asked yet. A trend of a year asks hundreds of times.
    private const double Usual = 0.975;
    private static readonly double[] Known = new double[1_000];

    /// <summary>The value that t stays below with probability <paramref name="p"/>.</summary>
    /// <param name="p">The probability, above a half and below 1.</param>
    /// <param name="freedom">The degrees of freedom, at least 1; need not be whole.</param>
    /// <remarks>MathNet has one too, but searches for it in twenty steps where two or three do, and finds fewer digits the more degrees of freedom there are.</remarks>
    public static double Quantile(double p, double freedom)
    {
        if (p != Usual || freedom >= Known.Length || freedom != Math.Floor(freedom))
        {
            return Find(p, freedom);
        }

        ref var known = ref Known[(int)freedom];
        return known == 0 ? known = Find(p, freedom) : known;
    }

    private static double Find(double p, double freedom)
    {
        // With two degrees of freedom there is a closed form. From a thousand on, the expansion is right to the last digits.
        var t = freedom < 3 ? ((2 * p) - 1) / Math.Sqrt(2 * p * (1 - p)) : Expansion(p, freedom);
        if (freedom >= 1000)
        {
            return t;
        }

        // Newton's steps on the upper tail double the right digits each time.
        var scale = Math.Exp(SpecialFunctions.GammaLn((freedom + 1) / 2) - SpecialFunctions.GammaLn(freedom / 2)) / Math.Sqrt(Math.PI * freedom);
        var step = t;
        while (Math.Abs(step) > 1e-8 * t)
        {
            var tail = SpecialFunctions.BetaRegularized(freedom / 2, 0.5, freedom / (freedom + (t * t))) / 2;
            step = (tail - (1 - p)) / (scale * Math.Pow(1 + (t * t / freedom), -(freedom + 1) / 2));
            t += step;
        }

        return t;
    }

    // About the normal quantile: Abramowitz and Stegun (1964), 26.7.5.
    private static double Expansion(double p, double freedom)
    {
        var z = Normal.InvCDF(0, 1, p);
        var y = z * z;
        var first = z * (y + 1) / 4;
        var second = z * ((((5 * y) + 16) * y) + 3) / 96;
        var third = z * ((((((3 * y) + 19) * y) + 17) * y) - 15) / 384;
        var fourth = z * ((((((((79 * y) + 776) * y) + 1482) * y) - 1920) * y) - 945) / 92160;
        return z + ((first + ((second + ((third + (fourth / freedom)) / freedom)) / freedom)) / freedom);
    }
}
