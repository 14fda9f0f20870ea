using System.Globalization;

namespace Collector.Dashboard.Parts;

/// <summary>The keys of a trend: days, weeks of ISO 8601, months.</summary>
public static class TrendKeys
{
    private const int MostDays = 62, MostWeeksInDays = 370;

    /// <summary>What to break a period down by, so that a trend has some dozens of points at most.</summary>
    public static string For(DateOnly from, DateOnly to) => (to.DayNumber - from.DayNumber) switch
    {
        < MostDays => "day",
        < MostWeeksInDays => "week",
        _ => "month",
    };

    /// <summary>The first day of <c>2026-11-22</c>, <c>2026-W47</c> or <c>2026-11</c>.</summary>
    public static DateOnly StartOf(string key) => key.Length switch
    {
        7 => DateOnly.ParseExact(key, "yyyy-MM", CultureInfo.InvariantCulture),
        8 => DateOnly.FromDateTime(ISOWeek.ToDateTime(int.Parse(key.AsSpan(0, 4), CultureInfo.InvariantCulture), int.Parse(key.AsSpan(6), CultureInfo.InvariantCulture), DayOfWeek.Monday)),
        _ => DateOnly.ParseExact(key, "yyyy-MM-dd", CultureInfo.InvariantCulture),
    };
}
