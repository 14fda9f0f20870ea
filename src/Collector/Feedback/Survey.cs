namespace Collector.Feedback;

/// <summary>When a survey is shown.</summary>
/// <param name="AfterSeconds">So many seconds after the page has loaded.</param>
public sealed record ShowRule(int AfterSeconds);

/// <summary>One version of a survey: its questions, when it is shown, and the words around them. A version never changes.</summary>
public sealed record Survey
{
    /// <summary>Its name, unique in the site.</summary>
    public required string Id { get; init; }

    /// <summary>Its version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>When it is shown.</summary>
    public required ShowRule Show { get; init; }

    /// <summary>What it asks, in order.</summary>
    public required IReadOnlyList<Question> Questions { get; init; }

    /// <summary>The words around the questions (<c>close</c>, <c>send</c>, <c>thanks</c> …), each per language.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Labels { get; init; }

    /// <summary>The question of this name, if the survey has it.</summary>
    public Question? Find(string question) => Questions.FirstOrDefault(candidate => candidate.Id == question);
}
