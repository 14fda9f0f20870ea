using Collector.Feedback;
using Collector.Sites;

namespace Collector.Dashboard.Surveys;

/// <summary>The editor of a survey.</summary>
public sealed record EditorModel
{
    /// <summary>The survey as it is stored.</summary>
    public required SurveyAnswer Survey { get; init; }

    /// <summary>Where the editor is.</summary>
    public required string Path { get; init; }

    /// <summary>What stands in the fields.</summary>
    public required SurveyForm Form { get; init; }

    /// <summary>Whether that is what is stored.</summary>
    public required bool IsSaved { get; init; }

    /// <summary>The place that somebody has just changed.</summary>
    public required string? At { get; init; }

    /// <summary>The languages of the site; the first is the one that each text must be in.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>The standard words around the questions.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Standard { get; init; }

    /// <summary>The site's other surveys.</summary>
    public required IReadOnlyList<string> Others { get; init; }

    /// <summary>The names of groups, by id.</summary>
    public required IReadOnlyDictionary<string, string> Groups { get; init; }
}

/// <summary>A version of a survey, to be read.</summary>
public sealed record VersionModel
{
    /// <summary>The survey as it is stored.</summary>
    public required SurveyAnswer Survey { get; init; }

    /// <summary>What was asked in this version.</summary>
    public required Survey Definition { get; init; }

    /// <summary>The languages of the site.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>The names of groups, by id.</summary>
    public required IReadOnlyDictionary<string, string> Groups { get; init; }
}
