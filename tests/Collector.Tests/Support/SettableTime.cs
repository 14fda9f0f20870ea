namespace Collector.Tests.Support;

/// <summary>A clock that a test sets; it stands still otherwise. As in a computer, the time that has passed is another one than the clock's.</summary>
public sealed class SettableTime(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    /// <summary>The time since the start, which only grows; setting <see cref="Now"/> does not change it.</summary>
    public TimeSpan Passed { get; set; } = TimeSpan.FromDays(1);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Passed.Ticks;
}
