namespace Collector.Insights.Changes;

/// <summary>A change as it stands on a trend.</summary>
/// <param name="Id">Its name in routes, where one reads what it did.</param>
/// <param name="Date">The day on which it was done.</param>
/// <param name="Title">What was done.</param>
public sealed record ChangeMark(string Id, DateOnly Date, string Title);
