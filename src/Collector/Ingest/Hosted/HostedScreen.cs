using Collector.Feedback;
using Collector.Sites;

namespace Collector.Ingest.Hosted;

/// <summary>What a page of a hosted survey shows: a question, or a message.</summary>
public sealed record HostedScreen
{
    /// <summary>Whose survey it is; null where that is unknown.</summary>
    public required Site? Site { get; init; }

    /// <summary>The language of the page.</summary>
    public required string Language { get; init; }

    /// <summary>What it is called.</summary>
    public required string Title { get; init; }

    /// <summary>The question; null where there is a message.</summary>
    public HostedStep? Step { get; init; }

    /// <summary>The message; null where there is a question.</summary>
    public PageText? Message { get; init; }

    /// <summary>The words of a link to the survey's beginning, if there is to be one.</summary>
    public PageText? Again { get; init; }

    /// <summary>The page's style sheet.</summary>
    public string Style => HostedStyle.Of(Site?.Appearance ?? new Appearance());
}

/// <summary>A question, as it is put to a visitor.</summary>
public sealed record HostedStep
{
    /// <summary>The survey.</summary>
    public required Survey Survey { get; init; }

    /// <summary>The question.</summary>
    public required Question Question { get; init; }

    /// <summary>The language.</summary>
    public required string Language { get; init; }

    /// <summary>The response's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The signature of what the form takes along.</summary>
    public required string Token { get; init; }

    /// <summary>The answer as it was given before.</summary>
    public GivenAnswer Given { get; init; }

    /// <summary>Whether there is an earlier question to go back to.</summary>
    public required bool HasBefore { get; init; }

    /// <summary>What is wrong: with the answer, or with storing it.</summary>
    public PageText? Error { get; init; }

    /// <summary>Whether it is the answer that is wrong, so that another one helps.</summary>
    public bool IsInvalid { get; init; }

    /// <summary>A text in the page's language.</summary>
    public string Say(IReadOnlyDictionary<string, string>? text) => SurveyLanguage.In(text, Language);

    /// <summary>A word around the questions.</summary>
    public string Label(string name) => Say(Survey.Labels.GetValueOrDefault(name));
}
