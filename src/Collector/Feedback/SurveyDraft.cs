using System.ComponentModel.DataAnnotations;

namespace Collector.Feedback;

/// <summary>What a survey is to be, as somebody wrote it; nothing in it is checked yet.</summary>
public record SurveyDraft
{
    /// <summary>Of several surveys that a visitor could be asked, the one with the highest shows; of the same, the first by id. -1,000 to 1,000; default 0.</summary>
    [Range(-1_000, 1_000)]
    public int? Priority { get; init; }

    /// <summary>Whom it is for; everybody by default.</summary>
    public Where? Where { get; init; }

    /// <summary>What makes it show. Nothing by default: it shows only when it is called.</summary>
    public ShowRule? Show { get; init; }

    /// <summary>How often it asks; always by default.</summary>
    public Often? Often { get; init; }

    /// <summary>What it asks, in order: 1 to 20 questions.</summary>
    public virtual IReadOnlyList<QuestionDraft>? Questions { get; init; }

    /// <summary>Words around the questions that are to be others than the standard ones, by their names (<c>thanks</c>, <c>send</c> …), each per language.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? Labels { get; init; }
}

/// <summary>A question as somebody wrote it; nothing in it is checked yet.</summary>
public sealed record QuestionDraft
{
    /// <summary>Its name in answers and figures, unique in the survey: 1 to 100 letters, digits, <c>_</c>, <c>-</c> and <c>.</c>. The standard question's, when left out.</summary>
    public string? Id { get; init; }

    /// <summary>
    /// A standard question, which gives what is left out here: <c>single-ease</c>, <c>ces-2</c>, <c>ces-1</c>, <c>nps</c>, <c>csat</c>,
    /// <c>success</c>, <c>intent</c>, <c>reason</c>. Its texts are there in Dutch, English, German and French.
    /// </summary>
    public string? Standard { get; init; }

    /// <summary>What it asks for.</summary>
    public QuestionType? Type { get; init; }

    /// <summary>What the visitor reads, per language: 1 to 500 characters, at least in the site's default language.</summary>
    public IReadOnlyDictionary<string, string>? Text { get; init; }

    /// <summary>The scale of an effort score or a rating; 1 to 7 and 1 to 5 by default, high is easy. That of an NPS and a CSAT is fixed.</summary>
    public ScaleDraft? Scale { get; init; }

    /// <summary>What stands at the scale's lowest score, per language: 1 to 100 characters.</summary>
    public IReadOnlyDictionary<string, string>? Low { get; init; }

    /// <summary>What stands at the scale's highest score, per language: 1 to 100 characters.</summary>
    public IReadOnlyDictionary<string, string>? High { get; init; }

    /// <summary>The answers to choose from, in the order shown: 2 to 20. The choice <c>other</c> may carry text of the visitor's own.</summary>
    public IReadOnlyList<ChoiceDraft>? Choices { get; init; }

    /// <summary>Whether the visitor may go on without an answer. A comment may always be skipped.</summary>
    public bool? Optional { get; init; }

    /// <summary>Asked when any of these holds; always by default. Each is about an earlier question; at most 20.</summary>
    public IReadOnlyList<Condition>? When { get; init; }
}

/// <summary>A scale as somebody wrote it.</summary>
public sealed record ScaleDraft
{
    /// <summary>The lowest score, from 0.</summary>
    [Range(Scale.Lowest, Scale.Highest)]
    public int? Min { get; init; }

    /// <summary>The highest score, to 10.</summary>
    [Range(Scale.Lowest, Scale.Highest)]
    public int? Max { get; init; }

    /// <summary>The end that means "easy", or good; <c>high</c> by default.</summary>
    public EasyEnd? Easy { get; init; }
}

/// <summary>An answer to choose, as somebody wrote it.</summary>
public sealed record ChoiceDraft
{
    /// <summary>Its name in answers and figures, unique in the question: 1 to 100 letters, digits, <c>_</c>, <c>-</c> and <c>.</c>.</summary>
    public string? Id { get; init; }

    /// <summary>What the visitor reads, per language: 1 to 200 characters, at least in the site's default language.</summary>
    public IReadOnlyDictionary<string, string>? Text { get; init; }
}
