namespace Collector.Statistics;

/// <summary>The equal windows before and after a change; the day itself belongs to neither.</summary>
/// <param name="Day">The day of the change, in the site's time zone.</param>
/// <param name="Days">How many days each window has; at least one.</param>
public sealed record ChangeWindow(DateOnly Day, int Days)
{
    /// <summary>The first day of the window before.</summary>
    public DateOnly BeforeFrom => Day.AddDays(-Days);

    /// <summary>The last day of the window before, included.</summary>
    public DateOnly BeforeTo => Day.AddDays(-1);

    /// <summary>The first day of the window after.</summary>
    public DateOnly AfterFrom => Day.AddDays(1);

    /// <summary>The last day of the window after, included.</summary>
    public DateOnly AfterTo => Day.AddDays(Days);

    /// <summary>Whether the window after is over: its last day has passed.</summary>
    /// <param name="today">The site's day.</param>
    public bool IsFull(DateOnly today) => today > AfterTo;
}
