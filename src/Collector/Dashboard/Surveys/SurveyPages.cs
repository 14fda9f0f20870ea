namespace Collector.Dashboard.Surveys;

/// <summary>All pages about surveys.</summary>
internal static class SurveyPages
{
    /// <summary>Maps them.</summary>
    public static void MapSurveyPages(this RouteGroupBuilder site)
    {
        site.MapSurveyList();
        site.MapNewSurvey();
        site.MapExplainPage();
        site.MapSurveyEditor();
        site.MapSurveyPreview();
    }
}
