namespace Collector.Tests.Support;

/// <summary>A clock that a test sets; it stands still otherwise.</summary>
public sealed class SettableTime(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
