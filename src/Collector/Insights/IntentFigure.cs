namespace Collector.Insights;

/// <summary>What visitors came for.</summary>
public sealed record IntentList
{
    /// <summary>The first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day, included.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The intents, most-named first; those who did not tell come last.</summary>
    public required IReadOnlyList<IntentFigure> Items { get; init; }

    /// <summary>What a bot seems to have given in the same selection; no figure counts it.</summary>
    public required SuspectFigure Suspect { get; init; }
}

/// <summary>What is known of the visitors who came for something.</summary>
public sealed record IntentFigure
{
    /// <summary>What they came for; null for those who did not tell.</summary>
    public required string? Intent { get; init; }

    /// <summary>How many responses with at least one answer.</summary>
    public required long Responses { get; init; }

    /// <summary>Out of the responses whose intent is known, 0 to 1; null for those who did not tell.</summary>
    public required double? Share { get; init; }

    /// <summary>How often it worked out; null when nobody told.</summary>
    public required SuccessFigure? Success { get; init; }

    /// <summary>Their Customer Effort Score.</summary>
    public required CesFigure Ces { get; init; }

    internal static IntentFigure Of(string intent, Counts counts, long told, int minimumAnswers) => new()
    {
        Intent = intent.Length == 0 ? null : intent,
        Responses = counts.Responses,
        Share = intent.Length == 0 ? null : (double)counts.Responses / told,
        Success = SuccessFigure.Of(counts.Worked, counts.Told),
        Ces = CesFigure.Of(counts.Effort, minimumAnswers),
    };
}
