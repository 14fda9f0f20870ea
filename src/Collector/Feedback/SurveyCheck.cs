using System.Globalization;

namespace Collector.Feedback;

/// <summary>Lays a draft over a survey, and finds everything that is wrong with it.</summary>
public static class SurveyCheck
{
    private const int HighestPriority = 1_000, MostQuestions = 20, LongestLabel = 500;

    /// <summary>The survey as it will be; not to be used when there are errors.</summary>
    /// <param name="draft">What is to change; what is left out stays.</param>
    /// <param name="basis">The survey as it is, or as it is by default.</param>
    /// <param name="language">The site's default language, in which each text must be.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static Survey Apply(SurveyDraft draft, Survey basis, string language, FieldErrors errors)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(basis);
        ArgumentNullException.ThrowIfNull(errors);
        if (draft.Priority is < -HighestPriority or > HighestPriority)
        {
            errors.Add("/priority", string.Create(CultureInfo.InvariantCulture, $"A whole number from -{HighestPriority} to {HighestPriority}."));
        }

        var texts = new TextCheck(language, errors);
        return basis with
        {
            Priority = draft.Priority ?? basis.Priority,
            Where = draft.Where is null ? basis.Where : draft.Where.Checked("/where", errors),
            Show = draft.Show is null ? basis.Show : draft.Show.Checked("/show", errors),
            Often = draft.Often is null ? basis.Often : draft.Often.Checked("/often", errors),
            Questions = draft.Questions is null ? basis.Questions : Questions(draft.Questions, texts, errors),
            Labels = draft.Labels is null ? basis.Labels : Labels(draft.Labels, basis.Labels, texts, errors),
        };
    }

    private static List<Question> Questions(IReadOnlyList<QuestionDraft?> drafts, TextCheck texts, FieldErrors errors)
    {
        var questions = new List<Question>();
        if (drafts.Count is 0 or > MostQuestions)
        {
            errors.Add("/questions", string.Create(CultureInfo.InvariantCulture, $"1 to {MostQuestions} questions."));
            return questions;
        }

        for (var i = 0; i < drafts.Count; i++)
        {
            if (drafts[i] is not { } draft)
            {
                errors.AddMalformed(JsonPointer.To("/questions", i), "Must be a question.");
            }
            else if (new QuestionCheck(JsonPointer.To("/questions", i), texts, errors).Apply(draft, questions) is { } question)
            {
                questions.Add(question);
            }
        }

        return questions;
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Labels(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> given,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> standard,
        TextCheck texts,
        FieldErrors errors)
    {
        var labels = standard.ToDictionary();
        foreach (var (name, text) in given)
        {
            var pointer = JsonPointer.To("/labels", name);
            if (!standard.TryGetValue(name, out var before))
            {
                errors.Add(pointer, $"Unknown here. One of: {string.Join(", ", standard.Keys)}.");
            }
            else
            {
                // What is not given keeps its words, so that a site may change one language alone.
                var after = before.ToDictionary();
                foreach (var (language, words) in text ?? new Dictionary<string, string>())
                {
                    after[language] = words;
                }

                labels[name] = texts.Required(after, pointer, LongestLabel);
            }
        }

        return labels;
    }
}
