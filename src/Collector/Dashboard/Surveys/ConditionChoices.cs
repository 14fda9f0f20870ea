using System.Globalization;
using Collector.Dashboard.Shell;
using Collector.Feedback;

namespace Collector.Dashboard.Surveys;

/// <summary>The answers that a question can wait for, in words.</summary>
internal static class ConditionChoices
{
    /// <summary>Those of the questions before a place, question by question.</summary>
    public static IEnumerable<(string Question, IReadOnlyList<(string Value, string Text)> Options)> Of(SurveyForm form, int before, Words words)
    {
        for (var i = 0; i < before; i++)
        {
            var at = JsonPointer.To("/questions", i);
            var (id, text) = (form[$"{at}/id"], In(form, $"{at}/text", words));
            if (!Enum.TryParse<QuestionType>(form[$"{at}/type"], ignoreCase: true, out var type) || id.Length == 0)
            {
                continue;
            }

            IReadOnlyList<(string, string)> options = type.HasScore() ? [.. Scores(id, ScaleOf(form, at, type), words)] : type.HasChoices() ? [.. Answers(form, id, at, words)] : [];
            if (options.Count > 0)
            {
                yield return (text.Length == 0 ? words.Say("Question {0}", i + 1) : text, options);
            }
        }
    }

    // Stored is the ease, by which higher is easier; people see the score that was given.
    private static IEnumerable<(string Value, string Text)> Scores(string id, Scale scale, Words words)
    {
        for (var ease = scale.Min + 1; ease <= scale.Max; ease++)
        {
            yield return (Text(id, "below", ease), words.Say(scale.Easy == EasyEnd.High ? "a score below {0}" : "a score above {0}", scale.Ease(ease)));
        }

        for (var ease = scale.Min; ease < scale.Max; ease++)
        {
            yield return (Text(id, "above", ease), words.Say(scale.Easy == EasyEnd.High ? "a score above {0}" : "a score below {0}", scale.Ease(ease)));
        }

        static string Text(string id, string rule, int ease) => string.Create(CultureInfo.InvariantCulture, $"{id} {rule} {ease}");
    }

    private static IEnumerable<(string Value, string Text)> Answers(SurveyForm form, string id, string at, Words words)
    {
        var choices = Enumerable.Range(0, form.CountOf($"{at}/choices")).Select(i => JsonPointer.To($"{at}/choices", i)).Where(choice => form[$"{choice}/id"].Length > 0).ToList();
        return choices.Select(choice => ($"{id} is {form[$"{choice}/id"]}", words.Say("“{0}”", In(form, $"{choice}/text", words))))
            .Concat(choices.Select(choice => ($"{id} not {form[$"{choice}/id"]}", words.Say("anything but “{0}”", In(form, $"{choice}/text", words)))));
    }

    private static Scale ScaleOf(SurveyForm form, string at, QuestionType type) =>
        int.TryParse(form[$"{at}/scale/min"], CultureInfo.InvariantCulture, out var min) && int.TryParse(form[$"{at}/scale/max"], CultureInfo.InvariantCulture, out var max) && min >= Scale.Lowest && max <= Scale.Highest && min < max
            ? new Scale(min, max, form[$"{at}/scale/easy"] == "low" ? EasyEnd.Low : EasyEnd.High)
            : type switch { QuestionType.Effort => new Scale(1, 7, EasyEnd.High), QuestionType.Nps => new Scale(0, 10, EasyEnd.High), _ => new Scale(1, 5, EasyEnd.High) };

    private static string In(SurveyForm form, string pointer, Words words) => SurveyLanguage.In(form.Members(pointer), words.Language);
}
