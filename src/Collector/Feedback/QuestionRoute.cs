namespace Collector.Feedback;

/// <summary>
/// The way through a survey's questions, by what was answered on it. The widget goes the same way in code of its own (<c>flow/route.ts</c>); a test holds
/// the two together.
/// </summary>
public static class QuestionRoute
{
    /// <summary>
    /// The questions that are asked, given these answers. An answer to a question that is not asked (any more: the visitor went back) leads nowhere.
    /// </summary>
    public static IReadOnlyList<Question> Asked(IReadOnlyList<Question> questions, IReadOnlyDictionary<string, GivenAnswer> answers)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(answers);
        var asked = new List<Question>();
        foreach (var question in questions)
        {
            if (question.When is not { } conditions || conditions.Any(condition => Holds(condition, asked, answers)))
            {
                asked.Add(question);
            }
        }

        return asked;
    }

    private static bool Holds(Condition condition, List<Question> asked, IReadOnlyDictionary<string, GivenAnswer> answers)
    {
        if (asked.Find(question => question.Id == condition.Question) is not { } decider || !answers.TryGetValue(decider.Id, out var answer))
        {
            return false;
        }

        if (answer.Score is { } score)
        {
            var ease = decider.Scale!.Ease(score);
            return ease < condition.Below || ease > condition.Above;
        }

        IReadOnlyList<string> chosen = answer.Choices ?? (answer.Choice is null ? [] : [answer.Choice]);
        return condition.Not is null ? chosen.Contains(condition.Is) : chosen.Count > 0 && !chosen.Contains(condition.Not);
    }
}
