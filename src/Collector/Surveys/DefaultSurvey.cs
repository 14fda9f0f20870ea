using System.Text.Json;
using Collector.Feedback;

namespace Collector.Surveys;

/// <summary>The survey that a new site comes with: effort and intention, in the standard wording.</summary>
public static class DefaultSurvey
{
    /// <summary>The survey, with every language it can be had in; a site's languages are cut out of it when it is shown.</summary>
    public static Survey Value { get; } = Read();

    private static Survey Read()
    {
        using var stream = typeof(DefaultSurvey).Assembly.GetManifestResourceStream("effort-and-intention.json")!;
        return JsonSerializer.Deserialize(stream, SurveysJson.Default.Survey)!;
    }
}
