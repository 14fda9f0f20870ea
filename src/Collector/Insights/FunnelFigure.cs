using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using Collector.Statistics;

namespace Collector.Insights;

/// <summary>What became of the times that a survey was shown, by formula <c>funnel-1</c>, and whether that makes the figures beside it doubtful.</summary>
public sealed record FunnelFigure
{
    // Of fewer than one in fifty, what the others would have said is anybody's guess.
    private const double Few = 0.02;

    /// <summary>How often a survey was shown.</summary>
    public required long Shown { get; init; }

    /// <summary>How many of these were closed.</summary>
    public required long Dismissed { get; init; }

    /// <summary>How many got at least one answer: the responses.</summary>
    public required long Started { get; init; }

    /// <summary>How many were gone through to the end.</summary>
    public required long Completed { get; init; }

    /// <summary>Dismissed out of shown, 0 to 1. Null when nothing was shown, as are the other two rates.</summary>
    public required ShareFigure? DismissalRate { get; init; }

    /// <summary>Started out of shown, 0 to 1.</summary>
    public required ShareFigure? ResponseRate { get; init; }

    /// <summary>Completed out of shown, 0 to 1: of the same whole as the other two.</summary>
    public required ShareFigure? CompletionRate { get; init; }

    /// <summary>The response rate against that of as many days just before, for the same filters. Null when nothing was shown in one of the two periods.</summary>
    public required ResponseRateChange? Change { get; init; }

    /// <summary>What makes the figures of these days doubtful; empty when nothing does.</summary>
    public required IReadOnlyList<Doubt> Doubts { get; init; }

    /// <summary>The formula's name.</summary>
    public required string Formula { get; init; }

    /// <summary>The funnel of these counts.</summary>
    /// <param name="counts">Those of the days in question.</param>
    /// <param name="before">Those of as many days before, of which shown and started count.</param>
    internal static FunnelFigure Of(FunnelCounts counts, FunnelCounts before)
    {
        var now = counts.Response;
        var change = now.Of > 0 && before.Shown > 0 ? new RateChange(before.Response, now) : null;
        List<Doubt> doubts = [];
        if (now.Of > 0 && now.WilsonInterval().High < Few)
        {
            doubts.Add(Doubt.FewRespond);
        }

        if (change?.IsDoubtful() == true)
        {
            doubts.Add(Doubt.ResponseRateChanged);
        }

        return new FunnelFigure
        {
            Shown = counts.Shown,
            Dismissed = counts.Dismissed,
            Started = counts.Started,
            Completed = counts.Completed,
            DismissalRate = ShareFigure.Of(new Proportion(counts.Dismissed, counts.Shown)),
            ResponseRate = ShareFigure.Of(now),
            CompletionRate = ShareFigure.Of(new Proportion(counts.Completed, counts.Shown)),
            Change = change is null ? null : new ResponseRateChange(ShareFigure.Of(before.Response)!, change.Difference, change.Interval(), change.P()),
            Doubts = doubts,
            Formula = "funnel-1",
        };
    }
}

/// <summary>The counts that a funnel is made from.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FunnelCounts(long Shown, long Dismissed, long Started, long Completed)
{
    /// <summary>Started out of shown.</summary>
    public Proportion Response => new(Started, Shown);

    /// <summary>Both together.</summary>
    public static FunnelCounts operator +(FunnelCounts one, FunnelCounts other) =>
        new(one.Shown + other.Shown, one.Dismissed + other.Dismissed, one.Started + other.Started, one.Completed + other.Completed);
}

/// <summary>A response rate against the one before.</summary>
/// <param name="Before">The response rate of as many days just before.</param>
/// <param name="Difference">The rate less that before, −1 to 1.</param>
/// <param name="Interval">The 95 % interval of the difference (Newcombe's method 10).</param>
/// <param name="P">The two-sided p of the rate being the same, 0 to 1: Fisher's exact test where an expected count is below 5, χ² otherwise.</param>
public sealed record ResponseRateChange(ShareFigure Before, double Difference, Interval Interval, double P);

/// <summary>What makes a figure doubtful though there are answers enough.</summary>
public enum Doubt
{
    /// <summary>Fewer than one in fifty of those who saw the survey answered it, by the whole 95 % interval: they may be of another mind than the rest.</summary>
    [JsonStringEnumMemberName("few respond")]
    FewRespond,

    /// <summary>
    /// The response rate rose or fell by a fifth or more against the days before, beyond chance (p below 0.01): others may have answered than before, so that figures of the two
    /// periods are not to be compared without more ado.
    /// </summary>
    [JsonStringEnumMemberName("response rate changed")]
    ResponseRateChanged,
}
