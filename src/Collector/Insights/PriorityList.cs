namespace Collector.Insights;

/// <summary>Touchpoints, ranked by what fixing them would bring, by formula <c>priorities-1</c>. All but a touchpoint's own score is in index points, 0 (hardest) to 100 (easiest).</summary>
public sealed record PriorityList
{
    /// <summary>The first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day, included.</summary>
    public required DateOnly To { get; init; }

    /// <summary>How many effort scores there are.</summary>
    public required long Answers { get; init; }

    /// <summary>The mean of all of them, 0 to 100. Null without answers.</summary>
    public required double? Mean { get; init; }

    /// <summary>The target that the ranking is made for, 0 to 100: the one given, or that of the goal, or else the mean. Null when none is there.</summary>
    public required double? Target { get; init; }

    /// <summary>The id of the goal that the target is of; null where it was given, or is the mean.</summary>
    public required string? Goal { get; init; }

    /// <summary>This page of the touchpoints.</summary>
    public required IReadOnlyList<PriorityFigure> Items { get; init; }

    /// <summary>The cursor of the next page; null on the last.</summary>
    public required string? Next { get; init; }

    /// <summary>The formula's name.</summary>
    public required string Formula { get; init; }
}

/// <summary>What fixing one touchpoint would bring.</summary>
public sealed record PriorityFigure
{
    /// <summary>Its name.</summary>
    public required string Touchpoint { get; init; }

    /// <summary>How many effort scores it has.</summary>
    public required long Answers { get; init; }

    /// <summary>Its Customer Effort Score.</summary>
    public required CesFigure Ces { get; init; }

    /// <summary>Its mean, 0 to 100, shrunk to the mean of the selection: the more so, the fewer answers it is made from and the less touchpoints differ.</summary>
    public required double ShrunkMean { get; init; }

    /// <summary>How probable it is that its true mean lies below the target, 0 to 1. Null when the selection is a single answer.</summary>
    public required double? ProbabilityBelowTarget { get; init; }

    /// <summary>By how many points the mean of the selection would rise if this touchpoint came up to the target: answers · max(0, target − shrunk mean) / all answers.</summary>
    public required double Gain { get; init; }

    /// <summary>What is worth knowing of it, in plain sentences.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }
}
