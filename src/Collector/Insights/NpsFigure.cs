using System.Globalization;
using Collector.Statistics;

namespace Collector.Insights;

/// <summary>A Net Promoter Score, by formula <c>nps-1</c>.</summary>
public sealed record NpsFigure
{
    /// <summary>How many answered.</summary>
    public required long Answers { get; init; }

    /// <summary>The share of promoters less that of critics, in percent, −100 to 100. Null without answers.</summary>
    public required double? Score { get; init; }

    /// <summary>The 95 % adjusted Wald interval of the score. Null without answers.</summary>
    public required Interval? Interval { get; init; }

    /// <summary>The share that gave 9 or 10.</summary>
    public required ShareFigure? Promoters { get; init; }

    /// <summary>The share that gave 7 or 8.</summary>
    public required ShareFigure? Passives { get; init; }

    /// <summary>The share that gave 0 to 6.</summary>
    public required ShareFigure? Critics { get; init; }

    /// <summary>How often each score was given. Null without answers.</summary>
    public required IReadOnlyDictionary<string, long>? Distribution { get; init; }

    /// <summary>Whether there are as many answers as the site asks for before a figure is to be relied on.</summary>
    public required bool Enough { get; init; }

    /// <summary>The formula's name.</summary>
    public required string Formula { get; init; }

    /// <summary>The figure of these counts, from score 0 to 10.</summary>
    internal static NpsFigure Of(long[] counts, int minimumAnswers)
    {
        var nps = Nps.Of(counts);
        return new NpsFigure
        {
            Answers = nps?.Answers ?? 0,
            Score = nps?.Score,
            Interval = nps?.Interval(),
            Promoters = nps is null ? null : ShareFigure.Of(new Proportion(nps.Promoters, nps.Answers)),
            Passives = nps is null ? null : ShareFigure.Of(new Proportion(nps.Passives, nps.Answers)),
            Critics = nps is null ? null : ShareFigure.Of(new Proportion(nps.Critics, nps.Answers)),
            Distribution = nps is null ? null : Enumerable.Range(0, 11).ToDictionary(score => score.ToString(CultureInfo.InvariantCulture), score => counts[score]),
            Enough = (nps?.Answers ?? 0) >= minimumAnswers,
            Formula = "nps-1",
        };
    }
}
