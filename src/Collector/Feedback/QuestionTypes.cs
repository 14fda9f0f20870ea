namespace Collector.Feedback;

/// <summary>What questions of a type have.</summary>
internal static class QuestionTypes
{
    /// <summary>Whether they are answered with a score on a scale.</summary>
    public static bool HasScore(this QuestionType type) => type is QuestionType.Effort or QuestionType.Nps or QuestionType.Csat or QuestionType.Rating;

    /// <summary>Whether they are answered with some of their choices.</summary>
    public static bool HasChoices(this QuestionType type) =>
        type is QuestionType.Intent or QuestionType.Success or QuestionType.Choice or QuestionType.Choices;

    /// <summary>Whether a figure counts one answer of a response to them.</summary>
    public static bool IsFigure(this QuestionType type) =>
        type is QuestionType.Effort or QuestionType.Intent or QuestionType.Success or QuestionType.Nps or QuestionType.Csat;
}
