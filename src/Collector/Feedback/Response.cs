namespace Collector.Feedback;

/// <summary>How far a visitor came with a survey.</summary>
public enum ResponseState
{
    /// <summary>The survey is on the screen; nothing was answered yet.</summary>
    Shown,

    /// <summary>The visitor closed it without an answer.</summary>
    Dismissed,

    /// <summary>Some questions are answered.</summary>
    Partial,

    /// <summary>The visitor reached the end.</summary>
    Complete,
}

/// <summary>What the visitor looked at the page with.</summary>
public enum Device
{
    /// <summary>A screen with a mouse or a keyboard.</summary>
    Desktop,

    /// <summary>A phone.</summary>
    Mobile,

    /// <summary>A larger touch screen.</summary>
    Tablet,
}

/// <summary>What the visit looked like when the visitor answered.</summary>
/// <param name="Referrer">Where the visitor came from: host and path, never the query.</param>
/// <param name="PagesInVisit">Pages seen so far, this one included.</param>
/// <param name="SecondsInVisit">Seconds since the visit began.</param>
public sealed record VisitContext(string? Referrer, int? PagesInVisit, int? SecondsInVisit);

/// <summary>One visitor's answers to one survey on one page, checked: every answer fits the survey, and the page has its touchpoint.</summary>
public sealed record Response
{
    /// <summary>Its name, given by whoever asked.</summary>
    public required Guid Id { get; init; }

    /// <summary>The site's id.</summary>
    public required string Site { get; init; }

    /// <summary>The survey's version that the visitor saw.</summary>
    public required Survey Survey { get; init; }

    /// <summary>The page it was given on.</summary>
    public required Page Page { get; init; }

    /// <summary>The touchpoint that the page belongs to.</summary>
    public required Touchpoint Touchpoint { get; init; }

    /// <summary>The higher revision holds the whole of the response.</summary>
    public required int Revision { get; init; }

    /// <summary>How far the visitor came.</summary>
    public required ResponseState State { get; init; }

    /// <summary>The answers, at most one to a question, in the survey's order.</summary>
    public required IReadOnlyList<Answer> Answers { get; init; }

    /// <summary>The visit that it belongs to, if it was told.</summary>
    public Guid? Visit { get; init; }

    /// <summary>The language in which the survey was shown, a lower-case BCP 47 tag.</summary>
    public string? Language { get; init; }

    /// <summary>The kind of device.</summary>
    public Device? Device { get; init; }

    /// <summary>What the visit looked like.</summary>
    public VisitContext? Context { get; init; }

    /// <summary>The site's own marks, by name.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>When it was given.</summary>
    public required DateTimeOffset AnsweredAt { get; init; }

    /// <summary>What speaks against a person behind it, as far as this revision alone can tell.</summary>
    public Suspicion Suspicion { get; init; }

    /// <summary>The day it was given, in the site's time zone.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The scale and score of the effort question, if it is answered.</summary>
    public (Scale Scale, int Score)? Effort =>
        First(QuestionType.Effort) is { } answer ? (Survey.Find(answer.Question)!.Scale!, answer.Score!.Value) : null;

    /// <summary>How likely the visitor is to recommend, 0 to 10, if it was told.</summary>
    public int? Nps => First(QuestionType.Nps)?.Score;

    /// <summary>How satisfied the visitor is, 1 to 5, if it was told.</summary>
    public int? Csat => First(QuestionType.Csat)?.Score;

    /// <summary>The intent that was given here, if it was.</summary>
    public string? Intent => First(QuestionType.Intent)?.Choice;

    /// <summary>Whether it worked out, if it was told.</summary>
    public string? Success => First(QuestionType.Success)?.Choice;

    private Answer? First(QuestionType type) =>
        Answers.FirstOrDefault(answer => Survey.Find(answer.Question)!.Type == type);
}
