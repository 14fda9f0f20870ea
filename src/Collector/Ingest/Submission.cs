using System.ComponentModel.DataAnnotations;
using Collector.Feedback;

namespace Collector.Ingest;

/// <summary>One response, or a later revision of it, as it is sent: the whole response so far. Nothing in it is checked yet.</summary>
public sealed record Submission
{
    /// <summary>A UUID that the sender made for this response; version 7 stores best.</summary>
    [Required]
    public required Guid? Id { get; init; }

    /// <summary>The site's public key.</summary>
    [MaxLength(43)]
    [Required]
    public required string? Site { get; init; }

    /// <summary>The survey's name.</summary>
    [MaxLength(100)]
    [Required]
    public required string? Survey { get; init; }

    /// <summary>The version of the survey that the visitor saw; the live one when left out.</summary>
    [Range(1, int.MaxValue)]
    public int? SurveyVersion { get; init; }

    /// <summary>A random UUID for the visitor's stay in one browser tab, never for a person. Joins the intent given on one page to the answers on others.</summary>
    public Guid? Visit { get; init; }

    /// <summary>The page's URL, http or https; required where there is no <c>channel</c>. Of its query only those parameters are kept that a touchpoint rule names; its fragment is not kept.</summary>
    [MaxLength(2048)]
    public required string? Page { get; init; }

    /// <summary>
    /// In place of a page, what visitors met that is none: <c>telephone</c>, <c>desk/amsterdam</c>. One to five parts of 1 to 40 lower-case letters, digits and hyphens. Its touchpoint is <c>channel:telephone/</c>.
    /// </summary>
    [MaxLength(204)]
    public string? Channel { get; init; }

    /// <summary>Counts up with each change; the highest replaces all others.</summary>
    [Range(0, int.MaxValue)]
    [Required]
    public required int? Revision { get; init; }

    /// <summary>How far the visitor came.</summary>
    [Required]
    public required ResponseState? State { get; init; }

    /// <summary>The answers so far, at most one to a question.</summary>
    public IReadOnlyList<SubmittedAnswer>? Answers { get; init; }

    /// <summary>The language in which the survey was shown, as a BCP 47 tag.</summary>
    [MaxLength(35)]
    public string? Language { get; init; }

    /// <summary>The kind of device.</summary>
    public Device? Device { get; init; }

    /// <summary>What the visit looked like.</summary>
    public SubmittedContext? Context { get; init; }

    /// <summary>The site's own marks: at most 20, names of at most 40 letters, digits, <c>_</c>, <c>-</c> and <c>.</c>, values of at most 200 characters.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>
    /// A trap for bots; leave it out. A form may hold a field of this name that people can neither see nor reach, and send what is in it: who fills it in
    /// is no person. The response is taken like any other, but left out of the figures. The text itself is never stored.
    /// </summary>
    public string? Website { get; init; }

    /// <summary>When it was given. Believed for the last seven days; otherwise the collector's own clock counts.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }
}

/// <summary>An answer: a score, a choice, several choices or a text, as its question asks.</summary>
public sealed record SubmittedAnswer
{
    /// <summary>The question's name.</summary>
    [MaxLength(100)]
    [Required]
    public required string? Question { get; init; }

    /// <summary>The score, on the question's scale.</summary>
    public int? Score { get; init; }

    /// <summary>The choice's name.</summary>
    [MaxLength(100)]
    public string? Choice { get; init; }

    /// <summary>The names of several choices, where the question takes several.</summary>
    [MaxLength(20)]
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>The text: to a comment, or beside the choice <c>other</c>.</summary>
    [MaxLength(Answer.LongestText)]
    public string? Text { get; init; }
}

/// <summary>What the visit looked like.</summary>
public sealed record SubmittedContext
{
    /// <summary>The URL that the visitor came from. Its host and path are kept, when it is http or https.</summary>
    [MaxLength(2048)]
    public string? Referrer { get; init; }

    /// <summary>Pages seen so far, this one included.</summary>
    [Range(0, int.MaxValue)]
    public int? PagesInVisit { get; init; }

    /// <summary>Seconds since the visit began.</summary>
    [Range(0, int.MaxValue)]
    public int? SecondsInVisit { get; init; }
}

/// <summary>The response is on disk.</summary>
/// <param name="Id">The response's id.</param>
/// <param name="Receipt">Lets the visitor have the response erased.</param>
public sealed record Stored(Guid Id, string Receipt);
