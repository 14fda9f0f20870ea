namespace Collector.Surveys;

/// <summary>Adds surveys to the application.</summary>
public static class SurveySetup
{
    /// <summary>Adds the directory of surveys.</summary>
    public static void AddSurveys(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<SurveyDirectory>();
}
