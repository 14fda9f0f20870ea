namespace Collector.Surveys;

/// <summary>What becomes of a survey.</summary>
public enum SurveyState
{
    /// <summary>Not shown yet to anybody; takes no responses.</summary>
    Draft,

    /// <summary>Shown, where and when its rules say.</summary>
    Live,

    /// <summary>Not shown for now.</summary>
    Paused,

    /// <summary>Removed, but kept because there are responses to it.</summary>
    Retired,
}
