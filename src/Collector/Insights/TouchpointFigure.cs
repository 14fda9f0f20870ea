using System.Text.Json.Serialization;
using Collector.Statistics;

namespace Collector.Insights;

/// <summary>Touchpoints, ranked.</summary>
public sealed record TouchpointList
{
    /// <summary>The first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day, included.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The funnel of the whole selection, of all pages of this list together, whatever is searched for.</summary>
    public required FunnelFigure Funnel { get; init; }

    /// <summary>
    /// With <c>sort=gain</c>, the mean that each touchpoint is to come up to, in index points of 0 to 100: that of the site's goal, or else the mean of the selection, as in
    /// priorities. Left out without effort scores, and in other orders.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Target { get; init; }

    /// <summary>This page of them.</summary>
    public required IReadOnlyList<TouchpointFigure> Items { get; init; }

    /// <summary>The cursor of the next page; null on the last.</summary>
    public required string? Next { get; init; }
}

/// <summary>What is known of one touchpoint.</summary>
public sealed record TouchpointFigure
{
    /// <summary>Its name; <c>{other}</c> for the pages that came after the site had all the touchpoints it may have.</summary>
    public required string Touchpoint { get; init; }

    /// <summary>How often a survey was shown.</summary>
    public required long Shown { get; init; }

    /// <summary>How many of these got at least one answer.</summary>
    public required long Responses { get; init; }

    /// <summary>Responses out of shown, 0 to 1.</summary>
    public required double ResponseRate { get; init; }

    /// <summary>What became of these, and whether that makes the figures here doubtful.</summary>
    public required FunnelFigure Funnel { get; init; }

    /// <summary>
    /// With <c>sort=gain</c>, by how many index points the mean of the selection would rise if this touchpoint came up to the target, by formula <c>priorities-1</c>. Left out
    /// without effort scores, and in other orders.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Gain { get; init; }

    /// <summary>What a bot seems to have given here; it counts in nothing else.</summary>
    public required SuspectFigure Suspect { get; init; }

    /// <summary>Its Customer Effort Score.</summary>
    public required CesFigure Ces { get; init; }

    /// <summary>How often it worked out; null when nobody told.</summary>
    public required SuccessFigure? Success { get; init; }

    /// <summary>What visitors came for, most-named first.</summary>
    public required IReadOnlyList<IntentShare> Intents { get; init; }

    internal static TouchpointFigure Of(string touchpoint, Counts counts, FunnelCounts before, double? gain, int minimumAnswers)
    {
        var told = counts.Intents.Values.Sum();
        return new TouchpointFigure
        {
            Touchpoint = touchpoint,
            Shown = counts.Shown,
            Responses = counts.Responses,
            ResponseRate = (double)counts.Responses / counts.Shown,
            Funnel = FunnelFigure.Of(counts.Funnel, before),
            Gain = gain,
            Suspect = SuspectFigure.Of(counts.Suspect, counts.Shown),
            Ces = CesFigure.Of(counts.Effort, minimumAnswers),
            Success = SuccessFigure.Of(counts.Worked, counts.Told),
            Intents = [.. counts.Intents
                .OrderByDescending(intent => intent.Value).ThenBy(intent => intent.Key, StringComparer.Ordinal)
                .Select(intent => new IntentShare(intent.Key, intent.Value, (double)intent.Value / told))],
        };
    }
}

/// <summary>How often it worked out.</summary>
/// <param name="Answers">How many told whether it did; visitors who were still busy are left out.</param>
/// <param name="Share">The share that answered yes, 0 to 1.</param>
/// <param name="Low">The lower end of its 95 % Wilson interval.</param>
/// <param name="High">The upper end of its 95 % Wilson interval.</param>
public sealed record SuccessFigure(long Answers, double Share, double Low, double High)
{
    internal static SuccessFigure? Of(long yes, long answers) =>
        ShareFigure.Of(new Proportion(yes, answers)) is { } share ? new SuccessFigure(answers, share.Share, share.Low, share.High) : null;
}

/// <summary>How many came for something.</summary>
/// <param name="Intent">What they came for.</param>
/// <param name="Responses">How many responses.</param>
/// <param name="Share">Out of the responses whose intent is known, 0 to 1.</param>
public sealed record IntentShare(string Intent, long Responses, double Share);
