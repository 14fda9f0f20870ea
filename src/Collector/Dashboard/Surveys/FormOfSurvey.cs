using System.Globalization;
using System.Text.Json;
using Collector.Feedback;
using Collector.Sites;
using Collector.Surveys;

namespace Collector.Dashboard.Surveys;

/// <summary>Fills the editor's fields with a survey. What it says as the standard does is left empty there.</summary>
internal static class FormOfSurvey
{
    /// <summary>The fields of a survey.</summary>
    public static SurveyForm Of(Survey survey, Site site)
    {
        var form = new SurveyForm { ["/priority"] = survey.Priority.ToString(CultureInfo.InvariantCulture) };
        PutWhere(form, survey.Where ?? new Where());
        form.Put("/show", JsonSerializer.SerializeToNode(survey.Show, SurveysJson.Default.ShowRule));
        var often = survey.Often ?? new Often();
        form.Put("/often", JsonSerializer.SerializeToNode(often with { Share = null }, SurveysJson.Default.Often));
        form["/often/share"] = often.Share is { } share ? (share * 100).ToString("0.####", CultureInfo.InvariantCulture) : "";
        foreach (var (question, i) in survey.Questions.Select((question, i) => (question, i)))
        {
            var at = JsonPointer.To("/questions", i);
            form.Put(at, JsonSerializer.SerializeToNode(question with { When = null }, SurveysJson.Default.Question));
            foreach (var (condition, j) in (question.When ?? []).Select((condition, j) => (condition, j)))
            {
                form[JsonPointer.To($"{at}/when", j)] = ConditionText.Of(condition);
            }
        }

        var standard = StandardQuestions.Labels(site.Informal);
        foreach (var (name, text) in survey.Labels)
        {
            foreach (var (language, words) in text.Where(entry => standard.GetValueOrDefault(name)?.GetValueOrDefault(entry.Key) != entry.Value))
            {
                form[$"/labels/{name}/{language}"] = words;
            }
        }

        return form;
    }

    /// <summary>Adds a question that has standard texts.</summary>
    /// <returns>Where it stands.</returns>
    public static string AddStandard(SurveyForm form, string name, Site site)
    {
        var at = JsonPointer.To("/questions", form.CountOf("/questions"));
        var question = StandardQuestions.Fill([new QuestionDraft { Standard = name }], site.Name, site.Informal, new FieldErrors())![0];
        form.Put(at, JsonSerializer.SerializeToNode(question with { Standard = null }, SurveysJson.Default.QuestionDraft));
        return at;
    }

    private static void PutWhere(SurveyForm form, Where where)
    {
        form["/where/include"] = string.Join('\n', where.Include ?? []);
        form["/where/exclude"] = string.Join('\n', where.Exclude ?? []);
        form["/where/languages"] = string.Join(", ", where.Languages ?? []);
        form["/where/tags"] = string.Join('\n', (where.Tags ?? new Dictionary<string, IReadOnlyList<string>>()).Select(tag => $"{tag.Key} = {string.Join(", ", tag.Value)}"));
        foreach (var device in where.Devices ?? [])
        {
            form[$"/where/devices/{device.ToString().ToLowerInvariant()}"] = "true";
        }

        foreach (var group in where.Groups ?? [])
        {
            form[$"/where/groups/{group}"] = "true";
        }
    }
}
