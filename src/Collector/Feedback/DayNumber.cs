namespace Collector.Feedback;

/// <summary>A day as it is stored: counted from 1970-01-01, which is 0.</summary>
public static class DayNumber
{
    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>The number of a day.</summary>
    public static int Of(DateOnly day) => day.DayNumber - Epoch;

    /// <summary>The day of a number.</summary>
    public static DateOnly ToDay(int number) => DateOnly.FromDayNumber(number + Epoch);
}
