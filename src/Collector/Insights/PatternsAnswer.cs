using System.Text.Json.Serialization;
using Collector.Statistics;

namespace Collector.Insights;

/// <summary>Which intents, on which touchpoints of a selection, go with high effort, by formula <c>patterns-1</c>.</summary>
public sealed record PatternsAnswer
{
    /// <summary>The first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day, included.</summary>
    public required DateOnly To { get; init; }

    /// <summary>How many effort scores there are.</summary>
    public required long Answers { get; init; }

    /// <summary>The share of them on the difficult side of their scale's midpoint, 0 to 1. Null without answers.</summary>
    public required double? DifficultShare { get; init; }

    /// <summary>How strongly intent and difficulty go together, over the answers whose intent is known. Null where there is nothing to compare.</summary>
    public required Association? Association { get; init; }

    /// <summary>How many cells were tested: each touchpoint × intent that has answers, each touchpoint over all intents, and each intent over all touchpoints. It is what q corrects for.</summary>
    public required int Tested { get; init; }

    /// <summary>The cells, those first that differ most surely from the rest (smallest p), at most <c>limit</c> of them.</summary>
    public required IReadOnlyList<PatternCell> Cells { get; init; }

    /// <summary>The cells that are patterns, in the same order, at most <c>limit</c> of them: q below 0.05, and as many answers as the site asks for.</summary>
    public required IReadOnlyList<PatternFigure> Patterns { get; init; }

    /// <summary>The formula's name.</summary>
    public required string Formula { get; init; }

    /// <summary>Every cell that was tested, in the same order: for the dashboard's map, which shows those of the most answered touchpoints, however sure they are.</summary>
    internal IReadOnlyList<TestedCell> AllCells { get; init; } = [];
}

/// <summary>One cell against the rest of the selection.</summary>
public record PatternCell
{
    /// <summary>The touchpoint; null for an intent over the whole selection.</summary>
    public required string? Touchpoint { get; init; }

    /// <summary>The intent; null for a touchpoint over all intents, those who told none included.</summary>
    public required string? Intent { get; init; }

    /// <summary>How many effort scores.</summary>
    public required long Answers { get; init; }

    /// <summary>How many of them lie on the difficult side of their scale's midpoint.</summary>
    public required long Difficult { get; init; }

    /// <summary>Difficult out of answers, 0 to 1.</summary>
    public required double? Share { get; init; }

    /// <summary>The same share in the rest of the selection, to which answers without an intent belong. Null where the cell is the whole selection.</summary>
    public required double? Rest { get; init; }

    /// <summary>Share divided by rest: how many times as often it was difficult. Null where there is no rest, or nobody of it found it difficult.</summary>
    public required double? Lift { get; init; }

    /// <summary>The adjusted standardised residual, in standard deviations: above 0 where more found it difficult than in the rest.</summary>
    public required double Residual { get; init; }

    /// <summary>The two-sided p: Fisher's exact test where an expected count is below 5, χ² otherwise.</summary>
    public required double P { get; init; }

    /// <summary>P corrected for the number of cells tested, by Benjamini and Hochberg.</summary>
    public required double Q { get; init; }

    internal static PatternCell Of(TestedCell cell) => new()
    {
        Touchpoint = cell.Touchpoint,
        Intent = cell.Intent,
        Answers = cell.Test.Answers,
        Difficult = cell.Test.Difficult,
        Share = cell.Test.Share,
        Rest = cell.Test.Rest,
        Lift = cell.Test.Lift,
        Residual = cell.Test.Residual,
        P = cell.Test.P,
        Q = cell.Test.Q,
    };
}

/// <summary>Which way a pattern goes.</summary>
public enum PatternDirection
{
    /// <summary>More found it difficult than in the rest.</summary>
    Harder,

    /// <summary>Fewer did.</summary>
    Easier,
}

/// <summary>A cell that differs from the rest more than chance explains, with what is known of it.</summary>
public sealed record PatternFigure : PatternCell
{
    /// <summary><c>harder</c> or <c>easier</c> than the rest.</summary>
    public required PatternDirection Direction { get; init; }

    /// <summary>How often it worked out; null when nobody told.</summary>
    public required SuccessFigure? Success { get; init; }

    /// <summary>
    /// What those who found it difficult named as the reason, most-named first, at most ten: their choices at questions that are asked of people who found it difficult
    /// or did not succeed. Words of their own count as <c>other</c>.
    /// </summary>
    public required IReadOnlyList<Obstacle> Obstacles { get; init; }

    /// <summary>Up to three of the newest comments of those who found it difficult, as they are stored. Left out unless the key has the scope <c>responses</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Comments { get; init; }

    /// <summary>The pattern as one plain sentence.</summary>
    public required string Sentence { get; init; }

    internal static PatternDirection DirectionOf(TestedCell cell) => cell.Test.Residual > 0 ? PatternDirection.Harder : PatternDirection.Easier;

    internal static PatternFigure Of(TestedCell cell, Voices voices, bool withComments, string sentence) => new()
    {
        Touchpoint = cell.Touchpoint,
        Intent = cell.Intent,
        Answers = cell.Test.Answers,
        Difficult = cell.Test.Difficult,
        Share = cell.Test.Share,
        Rest = cell.Test.Rest,
        Lift = cell.Test.Lift,
        Residual = cell.Test.Residual,
        P = cell.Test.P,
        Q = cell.Test.Q,
        Direction = DirectionOf(cell),
        Success = SuccessFigure.Of(cell.Worked, cell.Told),
        Obstacles = voices.Obstacles,
        Comments = withComments ? voices.Comments : null,
        Sentence = sentence,
    };
}

/// <summary>Something that made it difficult.</summary>
/// <param name="Text">The choice in the survey's words, or <c>other</c>.</param>
/// <param name="Answers">How many named it.</param>
public sealed record Obstacle(string Text, long Answers);
