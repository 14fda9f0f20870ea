using System.Text.Json.Serialization;
using Collector.Feedback;

namespace Collector.Insights.Responses;

/// <summary>Single responses, newest first.</summary>
public sealed record ResponseList
{
    /// <summary>The first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day, included.</summary>
    public required DateOnly To { get; init; }

    /// <summary>This page of them.</summary>
    public required IReadOnlyList<SingleResponse> Items { get; init; }

    /// <summary>The cursor of the next page; null on the last.</summary>
    public required string? Next { get; init; }
}

/// <summary>One visitor's answers to one survey on one page.</summary>
public sealed record SingleResponse
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>How far the visitor came: <c>shown</c>, <c>dismissed</c>, <c>partial</c> or <c>complete</c>.</summary>
    public required string State { get; init; }

    /// <summary>When it was answered.</summary>
    public required DateTimeOffset AnsweredAt { get; init; }

    /// <summary>The page.</summary>
    public required string Page { get; init; }

    /// <summary>The touchpoint that the page belongs to.</summary>
    public required string Touchpoint { get; init; }

    /// <summary>The survey's name.</summary>
    public required string Survey { get; init; }

    /// <summary>The survey's version that the visitor saw.</summary>
    public required int SurveyVersion { get; init; }

    /// <summary>The visit; null where it was not told.</summary>
    public required Guid? Visit { get; init; }

    /// <summary>The effort score, raw; null without one.</summary>
    public required int? Effort { get; init; }

    /// <summary>The scale that it is on; null without a score.</summary>
    public required Scale? Scale { get; init; }

    /// <summary>The intent that counts: its own, or else that of its visit. Null where none was told.</summary>
    public required string? Intent { get; init; }

    /// <summary>How it worked out: <c>yes</c>, <c>partly</c>, <c>no</c> or <c>busy</c>. Null where it was not told.</summary>
    public required string? Success { get; init; }

    /// <summary>The kind of device; null where it was not told.</summary>
    public required string? Device { get; init; }

    /// <summary>The language in which the survey was shown; null where it was not told.</summary>
    public required string? Language { get; init; }

    /// <summary>The answers, in the survey's order.</summary>
    public required IReadOnlyList<StoredAnswer> Answers { get; init; }

    /// <summary>What the visit looked like; null where it was not told.</summary>
    public required VisitContext? Context { get; init; }

    /// <summary>Marks that the page gave the visit, by name.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>Labels that people of the site put on it.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Who handled it, and when; null where nobody did.</summary>
    public required Handling? Handled { get; init; }
}

/// <summary>An answer to one question.</summary>
public sealed record StoredAnswer
{
    /// <summary>The question's name.</summary>
    public required string Question { get; init; }

    /// <summary>The score, raw.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Score { get; init; }

    /// <summary>The choice.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Choice { get; init; }

    /// <summary>Several choices.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>The visitor's own words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }
}

/// <summary>That somebody handled a response.</summary>
/// <param name="By">Their name; null where a key did.</param>
/// <param name="At">When.</param>
public sealed record Handling(string? By, DateTimeOffset At);

/// <summary>What people make of a response. What is left out stays as it is.</summary>
public sealed record ResponseMarks
{
    /// <summary>Whether it is handled. It keeps who handled it first.</summary>
    public bool? Handled { get; init; }

    /// <summary>Its labels, 1 to 50 characters each and at most 20; they are replaced as a whole.</summary>
    public IReadOnlyList<string>? Labels { get; init; }
}
