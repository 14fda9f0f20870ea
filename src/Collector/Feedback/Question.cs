namespace Collector.Feedback;

/// <summary>What a question asks for, and so what its answer may hold.</summary>
public enum QuestionType
{
    /// <summary>The Customer Effort Score: a score on the question's scale.</summary>
    Effort,

    /// <summary>What the visitor came for: one of the choices. Holds for the whole visit.</summary>
    Intent,

    /// <summary>Whether it worked out: one of the choices.</summary>
    Success,

    /// <summary>Free text.</summary>
    Comment,
}

/// <summary>One answer that can be chosen.</summary>
/// <param name="Id">Its name in answers and figures.</param>
/// <param name="Text">What the visitor reads, per language.</param>
public sealed record Choice(string Id, IReadOnlyDictionary<string, string> Text)
{
    /// <summary>The choice that may carry text of the visitor's own.</summary>
    public const string Other = "other";
}

/// <summary>One reason to ask a question: exactly one of <see cref="Below"/> and <see cref="Not"/> is given.</summary>
/// <param name="Question">The earlier question that decides.</param>
/// <param name="Below">Asked when the ease that was answered lies below this.</param>
/// <param name="Not">Asked when another choice than this was made.</param>
public sealed record Condition(string Question, int? Below = null, string? Not = null);

/// <summary>One question of a survey.</summary>
public sealed record Question
{
    /// <summary>Its name in answers and figures, unique in the survey.</summary>
    public required string Id { get; init; }

    /// <summary>What it asks for.</summary>
    public required QuestionType Type { get; init; }

    /// <summary>What the visitor reads, per language.</summary>
    public required IReadOnlyDictionary<string, string> Text { get; init; }

    /// <summary>The scale of a score.</summary>
    public Scale? Scale { get; init; }

    /// <summary>What stands at the scale's lowest score, per language.</summary>
    public IReadOnlyDictionary<string, string>? Low { get; init; }

    /// <summary>What stands at the scale's highest score, per language.</summary>
    public IReadOnlyDictionary<string, string>? High { get; init; }

    /// <summary>The answers to choose from, in the order shown.</summary>
    public IReadOnlyList<Choice>? Choices { get; init; }

    /// <summary>Asked when any of these holds; always, when there are none.</summary>
    public IReadOnlyList<Condition>? When { get; init; }
}
