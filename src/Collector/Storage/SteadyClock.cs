using Microsoft.Extensions.Internal;

namespace Collector.Storage;

/// <summary>
/// The time for caches: it begins with the clock and from then on only passes. With the clock itself, what should be remembered for seconds
/// would be remembered for an hour when somebody sets the clock an hour back.
/// </summary>
public sealed class SteadyClock(TimeProvider time) : ISystemClock
{
    private readonly DateTimeOffset began = time.GetUtcNow();
    private readonly long timestamp = time.GetTimestamp();

    /// <inheritdoc/>
    public DateTimeOffset UtcNow => began + time.GetElapsedTime(timestamp);
}
