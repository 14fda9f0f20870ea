namespace Collector.Statistics;

/// <summary>The correction for many comparisons.</summary>
public static class FalseDiscovery
{
    /// <summary>
    /// The q of each p, in the same order, by Benjamini and Hochberg (1995): the least share of false discoveries at which it is still one. Sorted upward, the
    /// q of the i-th of m is the smallest of p · m / i from there on, and at most 1.
    /// </summary>
    public static double[] Adjust(ReadOnlySpan<double> p)
    {
        var q = p.ToArray();
        var places = Enumerable.Range(0, q.Length).ToArray();
        Array.Sort(p.ToArray(), places);
        var least = 1.0;
        for (var rank = places.Length; rank > 0; rank--)
        {
            var place = places[rank - 1];
            least = q[place] = Math.Min(least, q[place] * places.Length / rank);
        }

        return q;
    }
}
