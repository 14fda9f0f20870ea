namespace Collector.Feedback;

/// <summary>
/// The way through a survey's questions, by what was answered on it. The widget goes the same way in code of its own (<c>flow/route.ts</c>); a test holds
/// the two together.
/// </summary>
public static class QuestionRoute
{
    /// <summary>The place of the question to ask after the one at <paramref name="from"/> (-1: at the start); -1 where the survey ends.</summary>
    public static int After(IReadOnlyList<Question> questions, IReadOnlyDictionary<string, GivenAnswer> answers, int from)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(answers);
        for (var at = from + 1; at < questions.Count; at++)
        {
            if (questions[at].When is not { } conditions || conditions.Any(condition => Holds(condition, questions, answers)))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>The place of the question that was asked before the one at <paramref name="at"/>; -1 when that is the first.</summary>
    public static int Before(IReadOnlyList<Question> questions, IReadOnlyDictionary<string, GivenAnswer> answers, int at)
    {
        var (before, next) = (-1, After(questions, answers, -1));
        while (next >= 0 && next < at)
        {
            (before, next) = (next, After(questions, answers, next));
        }

        return before;
    }

    /// <summary>The answers that lie on the way: who goes back and answers otherwise takes back what was asked because of the first answer.</summary>
    public static Dictionary<string, GivenAnswer> Along(IReadOnlyList<Question> questions, IReadOnlyDictionary<string, GivenAnswer> answers)
    {
        var along = new Dictionary<string, GivenAnswer>(StringComparer.Ordinal);
        for (var at = After(questions, along, -1); at >= 0; at = After(questions, along, at))
        {
            if (answers.TryGetValue(questions[at].Id, out var answer))
            {
                along.Add(questions[at].Id, answer);
            }
        }

        return along;
    }

    private static bool Holds(Condition condition, IReadOnlyList<Question> questions, IReadOnlyDictionary<string, GivenAnswer> answers)
    {
        if (!answers.TryGetValue(condition.Question, out var answer))
        {
            return false;
        }

        if (answer.Score is { } score)
        {
            var ease = questions.First(question => question.Id == condition.Question).Scale!.Ease(score);
            return ease < condition.Below || ease > condition.Above;
        }

        IReadOnlyList<string> chosen = answer.Choices ?? (answer.Choice is null ? [] : [answer.Choice]);
        return condition.Not is null ? chosen.Contains(condition.Is) : chosen.Count > 0 && !chosen.Contains(condition.Not);
    }
}
