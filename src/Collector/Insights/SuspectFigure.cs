using Collector.Statistics;

namespace Collector.Insights;

/// <summary>Responses that a bot seems to have given: stored, but left out of every figure.</summary>
/// <param name="Responses">How many.</param>
/// <param name="Share">Out of all responses of the selection, these included, 0 to 1; null when there are none at all.</param>
public sealed record SuspectFigure(long Responses, double? Share)
{
    /// <summary>The figure of so many, beside those that count.</summary>
    internal static SuspectFigure Of(long suspect, long counted) =>
        new(suspect, suspect + counted == 0 ? null : new Proportion(suspect, suspect + counted).Share);
}
