namespace Collector.Feedback;

/// <summary>What speaks against a person behind a response. One that is suspected is stored, counted apart, and left out of every figure.</summary>
public enum Suspicion
{
    /// <summary>Nothing does.</summary>
    None,

    /// <summary>A field that people cannot see was filled in.</summary>
    Honeypot,

    /// <summary>It was answered faster than people can.</summary>
    TooFast,

    /// <summary>A known bot sent it, by its own account.</summary>
    Bot,
}
