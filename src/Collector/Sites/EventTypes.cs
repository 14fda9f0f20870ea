namespace Collector.Sites;

/// <summary>The types of events that webhooks are told of.</summary>
internal static class EventTypes
{
    /// <summary>A visitor reached the end of a survey.</summary>
    public const string ResponseCompleted = "response.completed";

    /// <summary>A goal came to stand otherwise: met, on track, at risk, missed.</summary>
    public const string GoalStatusChanged = "goal.status_changed";

    /// <summary>An intent, on a touchpoint or everywhere, that goes with high effort and was no pattern before.</summary>
    public const string PatternFound = "pattern.found";

    /// <summary>The last seven days were harder than the 28 before, beyond chance.</summary>
    public const string CesDropped = "ces.dropped";

    /// <summary>Nothing but a trial that somebody asked for. It cannot be subscribed to.</summary>
    public const string Test = "webhook.test";

    /// <summary>Those that one can subscribe to.</summary>
    public static IReadOnlyList<string> All { get; } = [ResponseCompleted, GoalStatusChanged, PatternFound, CesDropped];
}
