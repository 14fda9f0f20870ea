using System.Text.Json;
using Collector.Feedback;

namespace Collector.Surveys;

/// <summary>The survey that a new site comes with: effort and intention, in the standard wording.</summary>
public static class DefaultSurvey
{
    private static readonly Survey All = Read();

    /// <summary>The languages it can be had in.</summary>
    public static IReadOnlyList<string> Languages { get; } = [.. All.Questions[0].Text.Keys];

    /// <summary>The survey with its texts in these languages, and no others: the widget carries every text to every visitor.</summary>
    public static Survey In(IReadOnlyList<string> languages) => All with
    {
        Questions = [.. All.Questions.Select(question => question with
        {
            Text = Only(question.Text, languages),
            Low = question.Low is null ? null : Only(question.Low, languages),
            High = question.High is null ? null : Only(question.High, languages),
            Choices = question.Choices?.Select(choice => choice with { Text = Only(choice.Text, languages) }).ToList(),
        })],
        Labels = All.Labels.ToDictionary(label => label.Key, label => (IReadOnlyDictionary<string, string>)Only(label.Value, languages)),
    };

    private static Survey Read()
    {
        using var stream = typeof(DefaultSurvey).Assembly.GetManifestResourceStream("effort-and-intention.json")!;
        return JsonSerializer.Deserialize(stream, SurveysJson.Default.Survey)!;
    }

    private static Dictionary<string, string> Only(IReadOnlyDictionary<string, string> text, IReadOnlyList<string> languages) =>
        languages.ToDictionary(language => language, language => text[language]);
}
