using Collector.Feedback;

namespace Collector.Ingest;

/// <summary>A response on its way to the disk.</summary>
/// <param name="Response">The response.</param>
/// <param name="ReceivedAt">When it came in.</param>
/// <param name="MaximumTouchpoints">How many touchpoints its site may have.</param>
/// <param name="PlacedBy">The version of the site's rules that its page and touchpoint were made by.</param>
public sealed record Arrival(Response Response, DateTimeOffset ReceivedAt, int MaximumTouchpoints, int PlacedBy);

/// <summary>What became of a response.</summary>
public enum Outcome
{
    /// <summary>It is new.</summary>
    Created,

    /// <summary>It replaces an earlier revision.</summary>
    Revised,

    /// <summary>It was there already, in this or a later revision.</summary>
    Repeated,

    /// <summary>The same revision is there with other content.</summary>
    Conflict,
}
