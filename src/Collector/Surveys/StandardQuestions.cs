using System.Text.Json;
using Collector.Feedback;
using Text = System.Collections.Generic.IReadOnlyDictionary<string, string>;

namespace Collector.Surveys;

/// <summary>The questions that have standard texts, and the words around them, in Dutch, English, German and French; Dutch formal and informal.</summary>
public static class StandardQuestions
{
    private const string Organisation = "{organisation}";

    private static readonly StandardTexts Texts = Read();

    /// <summary>The words around the questions.</summary>
    public static IReadOnlyDictionary<string, Text> Labels(bool informal)
    {
        var labels = DefaultSurvey.Value.Labels.Concat(Texts.Labels).ToDictionary();
        foreach (var (name, words) in Texts.Informal.Labels.Where(_ => informal))
        {
            labels[name] = Over(labels[name], words);
        }

        return labels;
    }

    /// <summary>The words around the questions, with those that a survey has instead.</summary>
    public static IReadOnlyDictionary<string, Text> Labels(bool informal, IReadOnlyDictionary<string, Text> own)
    {
        var labels = Labels(informal).ToDictionary();
        foreach (var (name, words) in own)
        {
            labels[name] = words;
        }

        return labels;
    }

    /// <summary>The draft with what its standard questions give. A name that no standard question has is added to <paramref name="errors"/>.</summary>
    /// <param name="draft">The survey as somebody wrote it.</param>
    /// <param name="organisation">Who asks, as the texts name it.</param>
    /// <param name="informal">Whether Dutch visitors are addressed with "je".</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static IReadOnlyList<QuestionDraft>? Fill(IReadOnlyList<QuestionDraft>? draft, string organisation, bool informal, FieldErrors errors) =>
        draft is null ? null : [.. draft.Select((question, i) => Fill(question, $"/questions/{i}", organisation, informal, errors))];

    private static QuestionDraft Fill(QuestionDraft? draft, string pointer, string organisation, bool informal, FieldErrors errors)
    {
        // The ends of these two are the same whatever is asked.
        var name = draft?.Standard ?? draft?.Type switch { QuestionType.Nps => "nps", QuestionType.Csat => "csat", _ => null };
        if (draft is null || name is null)
        {
            return draft!; // What is wrong with it is found when it is checked.
        }

        if (!Texts.Questions.TryGetValue(name, out var standard))
        {
            errors.Add($"{pointer}/standard", $"One of: {string.Join(", ", Texts.Questions.Keys)}.");
            return draft;
        }

        if (draft.Standard is null)
        {
            return draft with { Low = draft.Low ?? standard.Low, High = draft.High ?? standard.High };
        }

        if (draft.Type is not null && draft.Type != standard.Type)
        {
            errors.Add($"{pointer}/type", $"The standard question {name} is of type {standard.Type.ToString()!.ToLowerInvariant()}; leave it out.");
        }

        var text = informal && Texts.Informal.Questions.TryGetValue(name, out var words) ? Over(standard.Text!, words) : standard.Text!;
        text = text.ToDictionary(entry => entry.Key, entry => entry.Value.Replace(Organisation, organisation, StringComparison.Ordinal));
        return draft with
        {
            Id = draft.Id ?? standard.Id,
            Type = standard.Type,
            Text = Over(text, draft.Text),
            Scale = Over(standard.Scale, draft.Scale),
            Low = Over(standard.Low, draft.Low),
            High = Over(standard.High, draft.High),
            Choices = draft.Choices ?? standard.Choices,
        };
    }

    private static Text Over(Text? standard, Text? given)
    {
        if (standard is null || given is null)
        {
            return given ?? standard!;
        }

        var text = standard.ToDictionary();
        foreach (var (language, words) in given)
        {
            text[language] = words;
        }

        return text;
    }

    // Member by member: a CES 1.0 on seven points still has its easy end below.
    private static ScaleDraft? Over(ScaleDraft? standard, ScaleDraft? given) => standard is null || given is null
        ? given ?? standard
        : new ScaleDraft { Min = given.Min ?? standard.Min, Max = given.Max ?? standard.Max, Easy = given.Easy ?? standard.Easy };

    private static StandardTexts Read()
    {
        using var stream = typeof(StandardQuestions).Assembly.GetManifestResourceStream("standard-questions.json")!;
        return JsonSerializer.Deserialize(stream, SurveysJson.Default.StandardTexts)!;
    }

    internal sealed record StandardTexts(
        IReadOnlyDictionary<string, QuestionDraft> Questions, IReadOnlyDictionary<string, Text> Labels, InformalTexts Informal);

    internal sealed record InformalTexts(IReadOnlyDictionary<string, Text> Questions, IReadOnlyDictionary<string, Text> Labels);
}
