using System.Text.Json.Serialization;

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

    /// <summary>The Net Promoter Score: how likely the visitor is to recommend, 0 to 10.</summary>
    Nps,

    /// <summary>Customer satisfaction, 1 to 5.</summary>
    Csat,

    /// <summary>Any other score, on the question's scale.</summary>
    Rating,

    /// <summary>One of the choices.</summary>
    Choice,

    /// <summary>At least one of the choices.</summary>
    Choices,

    /// <summary>Free text.</summary>
    Comment,
}

/// <summary>One answer that can be chosen.</summary>
/// <param name="Id">Its name in answers and figures: 1 to 100 letters, digits, <c>_</c>, <c>-</c> and <c>.</c>.</param>
/// <param name="Text">What the visitor reads, per language.</param>
public sealed record Choice(string Id, IReadOnlyDictionary<string, string> Text)
{
    /// <summary>The choice that may carry text of the visitor's own.</summary>
    public const string Other = "other";
}

/// <summary>One reason to ask a question, by an earlier answer: exactly one of <c>below</c>, <c>above</c>, <c>is</c> and <c>not</c> is given.</summary>
/// <param name="Question">The earlier question that decides.</param>
/// <param name="Below">Asked when the score, turned so that higher is easier, lies below this.</param>
/// <param name="Above">Asked when the score, turned so that higher is easier, lies above this.</param>
/// <param name="Is">Asked when this choice was made.</param>
/// <param name="Not">Asked when another choice than this was made.</param>
public sealed record Condition(
    string Question,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Below = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Above = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Is = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Not = null);

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
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Scale? Scale { get; init; }

    /// <summary>What stands at the scale's lowest score, per language.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Low { get; init; }

    /// <summary>What stands at the scale's highest score, per language.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? High { get; init; }

    /// <summary>The answers to choose from, in the order shown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Choice>? Choices { get; init; }

    /// <summary>Whether the visitor may go on without an answer. Left out, the widget decides by the type: a comment may always be skipped.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Optional { get; init; }

    /// <summary>Asked when any of these holds; always, when there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Condition>? When { get; init; }

    /// <summary>Whether the visitor may go on without an answer.</summary>
    [JsonIgnore]
    public bool MayBePassed => Optional == true || Type is QuestionType.Comment or QuestionType.Choices;
}
