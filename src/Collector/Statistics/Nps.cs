namespace Collector.Statistics;

/// <summary>A Net Promoter Score, by formula <c>nps-1</c>.</summary>
/// <param name="Promoters">How many gave 9 or 10.</param>
/// <param name="Passives">How many gave 7 or 8.</param>
/// <param name="Critics">How many gave 0 to 6.</param>
public sealed record Nps(long Promoters, long Passives, long Critics)
{
    // The 0.975 quantile of the standard normal distribution.
    private const double Z = 1.959963984540054;

    /// <summary>How many answered; at least one.</summary>
    public long Answers => Promoters + Passives + Critics;

    /// <summary>The share of promoters less the share of critics, in percent: −100 to 100.</summary>
    public double Score => 100.0 * (Promoters - Critics) / Answers;

    /// <summary>The score of answers from 0 to 10; null when there are none.</summary>
    /// <param name="counts">How often each score was given, from 0 up: eleven.</param>
    public static Nps? Of(ReadOnlySpan<long> counts)
    {
        if (counts.Length != 11)
        {
            throw new ArgumentException("Scores from 0 to 10 have eleven counts.", nameof(counts));
        }

        var nps = new Nps(counts[9] + counts[10], counts[7] + counts[8], Sum(counts[..7]));
        return nps.Answers == 0 ? null : nps;
    }

    /// <summary>
    /// The 95 % adjusted Wald interval (Rocks 2016): that of three answers more, ¾ of them promoters and ¾ critics. Within −100 to 100; it holds the score,
    /// but for that of a single answer.
    /// </summary>
    public Interval Interval()
    {
        var answers = Answers + 3.0;
        var promoters = (Promoters + 0.75) / answers;
        var critics = (Critics + 0.75) / answers;
        var net = promoters - critics;
        var margin = Z * Math.Sqrt((promoters + critics - (net * net)) / answers);
        return new Interval(Math.Max(-100, 100 * (net - margin)), Math.Min(100, 100 * (net + margin)));
    }

    private static long Sum(ReadOnlySpan<long> counts)
    {
        var sum = 0L;
        foreach (var count in counts)
        {
            sum += count;
        }

        return sum;
    }
}
