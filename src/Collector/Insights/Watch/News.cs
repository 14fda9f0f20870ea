namespace Collector.Insights.Watch;

/// <summary>Something that webhooks are to be told.</summary>
/// <param name="Type">The type of the event.</param>
/// <param name="About">The id or name of what it tells of.</param>
/// <param name="Data">JSON.</param>
internal sealed record News(string Type, string About, string Data);
