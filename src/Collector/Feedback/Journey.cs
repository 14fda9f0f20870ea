namespace Collector.Feedback;

/// <summary>What visitors go through with an organisation.</summary>
public enum Journey
{
    /// <summary>From hearing of it to speaking well of it.</summary>
    Buyer,

    /// <summary>The experiences of its service.</summary>
    Service,
}
