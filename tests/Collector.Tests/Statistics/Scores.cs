using System.Globalization;

namespace Collector.Tests.Statistics;

/// <summary>Scores drawn from known shares, for tests that ask how often a statement about them is true.</summary>
internal static class Scores
{
    /// <summary>Shares of scores as they occur: 70 % at the top of three scales, symmetric ones, both ends, and the contract's example.</summary>
    public static IReadOnlyDictionary<string, double[]> Shapes { get; } = new Dictionary<string, double[]>
    {
        ["1-7, 70 % at the top"] = Of(3, 2, 3, 4, 6, 12, 70),
        ["1-5, 70 % at the top"] = Of(4, 4, 7, 15, 70),
        ["0-10, 70 % at the top"] = Of(3, 1, 1, 1, 1, 2, 2, 3, 6, 10, 70),
        ["1-7, 70 % at the top, 15 % at the bottom"] = Of(15, 2, 2, 2, 3, 6, 70),
        ["1-7, symmetric"] = Of(5, 10, 20, 30, 20, 10, 5),
        ["1-7, both ends"] = Of(35, 10, 4, 2, 4, 10, 35),
        ["1-7, the contract's example"] = Of(12, 31, 48, 70, 90, 91, 70),
        ["1-5, half at the bottom"] = Of(50, 20, 15, 10, 5),
    };

    /// <summary>How many times as many rounds to play as each run of the tests does; the table that is quoted took 20.</summary>
    public static int Rounds { get; } = int.TryParse(Environment.GetEnvironmentVariable("STATISTICS_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 1;

    public static double[] Of(params double[] shares) => [.. shares.Select(share => share / shares.Sum())];

    public static double Mean(int lowest, double[] shares) => shares.Select((share, i) => share * (lowest + i)).Sum();

    /// <summary>So many scores, drawn one by one: how often each came.</summary>
    public static long[] Draw(Random random, double[] shares, int scores)
    {
        var counts = new long[shares.Length];
        for (var i = 0; i < scores; i++)
        {
            var (place, rest) = (0, random.NextDouble());
            while (place < shares.Length - 1 && (rest -= shares[place]) >= 0)
            {
                place++;
            }

            counts[place]++;
        }

        return counts;
    }

    /// <summary>The first of the shapes with its mean moved by about so many points: each share times the exponential of its score.</summary>
    public static double[] Tilted(double points)
    {
        var shape = Shapes["1-7, 70 % at the top"];
        return Of([.. shape.Select((share, i) => share * Math.Exp(0.4 * points * i))]);
    }

    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>A share of so many rounds, with its 95 % interval.</summary>
    public static string Told(long count, long rounds)
    {
        var interval = new Collector.Statistics.Proportion(count, rounds).WilsonInterval();
        return $"{100.0 * count / rounds:f2} % ({100 * interval.Low:f2} to {100 * interval.High:f2})";
    }
}
