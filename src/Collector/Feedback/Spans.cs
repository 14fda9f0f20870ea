namespace Collector.Feedback;

/// <summary>
/// The periods whose totals are kept: each day, and spans of 4, 16, 64 and 256 days, which begin where their length divides the day's number. Any year is some
/// dozen of them. A span is settled once it is over; its totals exist from then on.
/// </summary>
public static class Spans
{
    private const int LengthFactor = 1_000_000;

    /// <summary>How many parts a span has, each a span of the length before.</summary>
    public const int Parts = 4;

    /// <summary>The lengths, in days.</summary>
    public static IReadOnlyList<int> Lengths { get; } = [1, 4, 16, 64, 256];

    /// <summary>The number under which the totals of a span are kept; that of a day is its own.</summary>
    /// <param name="length">One of <see cref="Lengths"/>.</param>
    /// <param name="first">The first day.</param>
    public static int Number(int length, int first) => length == 1 ? first : (length * LengthFactor) + first;

    /// <summary>The day in the middle of a period, by its number.</summary>
    public static int Middle(int number) => number < LengthFactor ? number : (number % LengthFactor) + (number / LengthFactor / 2);

    /// <summary>The number of one of the parts that make up a span.</summary>
    public static int Part(int length, int first, int part) => Number(length / Parts, first + (part * (length / Parts)));

    /// <summary>The day itself, and the settled spans that it lies in.</summary>
    /// <param name="day">The day.</param>
    /// <param name="settled">The first day that is not settled.</param>
    public static IEnumerable<int> Holding(int day, int settled) =>
        from length in Lengths let first = day - (day % length) where length == 1 || first + length <= settled select Number(length, first);

    /// <summary>As few periods as make up the days from the first to the last.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day, included.</param>
    /// <param name="settled">The first day that is not settled.</param>
    /// <param name="longest">No period is of more days than this.</param>
    public static IEnumerable<int> Covering(int from, int to, int settled, int longest = int.MaxValue)
    {
        for (int day = from, length; day <= to; day += length)
        {
            length = Lengths.Last(length => length == 1 || (length <= longest && day % length == 0 && day + length - 1 <= to && day + length <= settled));
            yield return Number(length, day);
        }
    }

    /// <summary>The spans, shorter ones first, that become settled when the first day that is not moves on.</summary>
    public static IEnumerable<(int Length, int First)> Settling(int before, int after) =>
        from length in Lengths.Skip(1) from end in Enumerable.Range(before + 1, Math.Max(0, after - before)) where end % length == 0 select (length, end - length);
}
