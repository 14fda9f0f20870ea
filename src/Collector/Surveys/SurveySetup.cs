namespace Collector.Surveys;

/// <summary>Adds surveys to the application.</summary>
public static class SurveySetup
{
    /// <summary>Adds the directory of surveys, and what pages load of them.</summary>
    public static void AddSurveys(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SurveyDirectory>();
        builder.Services.AddSingleton<WidgetFiles>();
    }
}
