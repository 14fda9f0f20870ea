using System.Globalization;
using Collector.Feedback;
using Collector.Sites;

namespace Collector.Dashboard.Surveys;

/// <summary>What the buttons of the editor do with its lists. Nothing is saved by it.</summary>
internal static class FormEdits
{
    /// <summary>Does what a button says: <c>up /questions/1</c>, <c>add /questions/0/choices</c>, <c>standard nps</c>, <c>own comment</c>.</summary>
    /// <returns>The place that it is about, where there still is one.</returns>
    public static string? Apply(SurveyForm form, string button, Site site)
    {
        var (verb, at) = button.Split(' ', 2) is [var first, var second] ? (first, second) : (button, "");
        switch (verb)
        {
            case "up" or "down" when IsItem(at):
                form.Move(at, verb == "up" ? -1 : 1);
                return at;
            case "remove" when IsItem(at):
                form.Remove(at);
                return at[..at.LastIndexOf('/')];
            case "add" when at.EndsWith("/choices", StringComparison.Ordinal):
                var choice = JsonPointer.To(at, form.CountOf(at));
                form[$"{choice}/id"] = "";
                return choice;
            case "add" when at.EndsWith("/when", StringComparison.Ordinal):
                var condition = JsonPointer.To(at, form.CountOf(at));
                form[condition] = "";
                return condition;
            case "standard":
                return Named(form, FormOfSurvey.AddStandard(form, at, site));
            case "own" when Enum.TryParse<QuestionType>(at, ignoreCase: true, out var type):
                return Named(form, Own(form, type));
            default:
                return null;
        }
    }

    private static string Own(SurveyForm form, QuestionType type)
    {
        var at = JsonPointer.To("/questions", form.CountOf("/questions"));
        var name = type.ToString().ToLowerInvariant();
        (form[$"{at}/type"], form[$"{at}/id"]) = (name, name);
        if (type == QuestionType.Rating)
        {
            (form[$"{at}/scale/min"], form[$"{at}/scale/max"], form[$"{at}/scale/easy"]) = ("1", "5", "high");
        }

        if (type.HasChoices())
        {
            (form[$"{at}/choices/0/id"], form[$"{at}/choices/1/id"]) = ("", "");
        }

        return at;
    }

    // Each question of a survey has a name of its own.
    private static string Named(SurveyForm form, string at)
    {
        var others = Enumerable.Range(0, form.CountOf("/questions")).Select(i => JsonPointer.To("/questions", i)).Where(other => other != at).Select(other => form[$"{other}/id"]).ToHashSet();
        var name = form[$"{at}/id"];
        for (var i = 2; others.Contains(form[$"{at}/id"]); i++)
        {
            form[$"{at}/id"] = string.Create(CultureInfo.InvariantCulture, $"{name}-{i}");
        }

        return at;
    }

    private static bool IsItem(string at) => at.Length > 0 && char.IsAsciiDigit(at[^1]) && at.LastIndexOf('/') > 0 && int.TryParse(at.AsSpan(at.LastIndexOf('/') + 1), CultureInfo.InvariantCulture, out _);
}
