using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Collector.Feedback;
using Collector.Surveys;

namespace Collector.Sites;

/// <summary>A survey to be made.</summary>
public sealed record NewSurvey : SurveyDraft
{
    /// <summary>Its name, unique in the site: 1 to 100 lower-case letters, digits and <c>-</c>; not <c>survey</c>, <c>new</c> or <c>explain</c>.</summary>
    [Required]
    public string? Id { get; init; }

    /// <summary>Whether it is shown at once (<c>live</c>) or not yet (<c>draft</c>, the default).</summary>
    public SurveyState? State { get; init; }

    /// <summary>What it asks, in order: 1 to 20 questions.</summary>
    [Required]
    public override IReadOnlyList<QuestionDraft>? Questions { get; init; }
}

/// <summary>What is to change of a survey.</summary>
public sealed record SurveyChange : SurveyDraft
{
    /// <summary>What becomes of it: <c>live</c> shows it, <c>paused</c> hides it for now. It stays as it is, when left out.</summary>
    public SurveyState? State { get; init; }

    /// <summary>Whether nothing of what makes a version is to change.</summary>
    internal bool SaysNothing => this with { State = null } == new SurveyChange();
}

/// <summary>A survey as it is now.</summary>
public sealed record SurveyAnswer
{
    /// <summary>Its name.</summary>
    public required string Id { get; init; }

    /// <summary>What becomes of it.</summary>
    public required SurveyState State { get; init; }

    /// <summary>Its latest version, which is the one that is shown.</summary>
    public required int Version { get; init; }

    /// <summary>All its versions, the latest first. Responses point to the one that was asked.</summary>
    public required IReadOnlyList<SurveyVersion> Versions { get; init; }

    /// <summary>Of several surveys that a visitor could be asked, the one with the highest shows; of the same, the first by id.</summary>
    public required int Priority { get; init; }

    /// <summary>Whom it is for; everybody, when left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required Where? Where { get; init; }

    /// <summary>What makes it show.</summary>
    public required ShowRule Show { get; init; }

    /// <summary>How often it asks; always, when left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required Often? Often { get; init; }

    /// <summary>What it asks, in order.</summary>
    public required IReadOnlyList<Question> Questions { get; init; }

    /// <summary>The words around the questions, by their names, each per language.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Labels { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its latest version.</summary>
    internal Survey Definition() => new() { Id = Id, Version = Version, Priority = Priority, Where = Where, Show = Show, Often = Often, Questions = Questions, Labels = Labels };

    internal static SurveyAnswer From(SurveyRow row, IEnumerable<SurveyVersionRow> versions)
    {
        var survey = SurveyWrites.Read(row.Definition);
        return new SurveyAnswer
        {
            Id = survey.Id,
            State = row.ToState(),
            Version = survey.Version,
            Versions = [.. versions.OrderByDescending(version => version.Version).Select(version => version.ToShape())],
            Priority = survey.Priority,
            Where = survey.Where,
            Show = survey.Show,
            Often = survey.Often,
            Questions = survey.Questions,
            Labels = survey.Labels,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        };
    }
}

/// <summary>A version of a survey, which never changes.</summary>
/// <param name="Version">Its number, from 1.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record SurveyVersion(int Version, DateTimeOffset CreatedAt);

/// <summary>Surveys, by id.</summary>
/// <param name="Items">This page of them.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record SurveyList(IReadOnlyList<SurveyAnswer> Items, string? Next);
