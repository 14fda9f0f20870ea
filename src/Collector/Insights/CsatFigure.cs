using System.Globalization;
using Collector.Statistics;

namespace Collector.Insights;

/// <summary>Customer satisfaction, by formula <c>csat-1</c>: both figures that go by that name.</summary>
public sealed record CsatFigure
{
    /// <summary>The lowest and the highest score of the scale.</summary>
    internal const int Lowest = 1, Highest = 5;

    /// <summary>How many answered.</summary>
    public required long Answers { get; init; }

    /// <summary>The mean as 0 (lowest score) to 100 (highest). Null without answers.</summary>
    public required double? Index { get; init; }

    /// <summary>The 95 % t interval of the index. Null with fewer than two answers. It is not cut off at 0 and 100.</summary>
    public required Interval? IndexInterval { get; init; }

    /// <summary>The share that gave one of the two highest scores, 4 and 5.</summary>
    public required ShareFigure? TopTwo { get; init; }

    /// <summary>How often each score was given. Null without answers.</summary>
    public required IReadOnlyDictionary<string, long>? Distribution { get; init; }

    /// <summary>Whether there are as many answers as the site asks for before a figure is to be relied on.</summary>
    public required bool Enough { get; init; }

    /// <summary>The formula's name.</summary>
    public required string Formula { get; init; }

    /// <summary>The figure of these counts, from score 0 to 10.</summary>
    internal static CsatFigure Of(long[] counts, int minimumAnswers)
    {
        var csat = Csat.Of(counts.AsSpan(Lowest..(Highest + 1)));
        return new CsatFigure
        {
            Answers = csat?.TopTwo.Of ?? 0,
            Index = csat?.Index,
            IndexInterval = csat?.IndexInterval,
            TopTwo = ShareFigure.Of(csat?.TopTwo),
            Distribution = csat is null ? null : Enumerable.Range(Lowest, Highest).ToDictionary(score => score.ToString(CultureInfo.InvariantCulture), score => counts[score]),
            Enough = (csat?.TopTwo.Of ?? 0) >= minimumAnswers,
            Formula = "csat-1",
        };
    }
}
