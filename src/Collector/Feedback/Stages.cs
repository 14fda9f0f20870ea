namespace Collector.Feedback;

/// <summary>
/// The usual stages of the journeys, in their order. None stands in both, so that a figure by stage does not mix them; a site may have stages of its own
/// beside them.
/// </summary>
public static class Stages
{
    private static readonly string[] All = [.. OfBuyer, .. OfService];

    /// <summary>The eight steps of a buyer, from awareness to advocacy.</summary>
    public static IReadOnlyList<string> OfBuyer => ["awareness", "interest", "consideration", "decision", "onboarding", "use", "loyalty", "advocacy"];

    /// <summary>The four experiences of a service.</summary>
    public static IReadOnlyList<string> OfService => ["discovery", "relation", "purchase", "follow-up"];

    /// <summary>Where a stage stands: a buyer's, then a service's, then a site's own.</summary>
    public static int PositionOf(string stage) => Array.IndexOf(All, stage) is >= 0 and var position ? position : All.Length;
}
