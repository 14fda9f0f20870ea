using System.Text.Json.Serialization;
using Collector.Insights.Responses;

namespace Collector.Transfer.Incoming;

/// <summary>How far an import is.</summary>
public enum ImportState
{
    /// <summary>It is being brought in.</summary>
    Running,

    /// <summary>All of it has been read.</summary>
    Done,

    /// <summary>It broke off; what was stored until then stays. The same file can be sent again.</summary>
    Failed,
}

/// <summary>The file is on disk, and is brought in from now on.</summary>
/// <param name="Id">The import's id.</param>
public sealed record ImportStarted(string Id);

/// <summary>An import.</summary>
public sealed record ImportAnswer
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>How far it is.</summary>
    public required ImportState State { get; init; }

    /// <summary>What it was called: its file, if that was told.</summary>
    public required string Name { get; init; }

    /// <summary>How many records the file has.</summary>
    public required long Records { get; init; }

    /// <summary>How many of them have been read.</summary>
    public required long Read { get; init; }

    /// <summary>How many of these are stored, as new responses or as later revisions.</summary>
    public required long Stored { get; init; }

    /// <summary>How many were there already.</summary>
    public required long Repeated { get; init; }

    /// <summary>How many were refused.</summary>
    public required long Refused { get; init; }

    /// <summary>The refused records, by line: the first 1,000. There are more where <c>refused</c> is more.</summary>
    public required IReadOnlyList<ImportError> Errors { get; init; }

    /// <summary>Why it failed. Left out unless it did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Failure { get; init; }

    /// <summary>When its file had come.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public required DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>A record that was refused.</summary>
/// <param name="Line">The line of the file that it begins on, from 1.</param>
/// <param name="Errors">What is wrong, by the name of the column in CSV, and by JSON pointer otherwise.</param>
public sealed record ImportError(long Line, IReadOnlyDictionary<string, string[]> Errors);

/// <summary>What an import would do.</summary>
public sealed record ImportCheck
{
    /// <summary>How many records the file has.</summary>
    public required long Read { get; init; }

    /// <summary>How many of these would be stored.</summary>
    public required long Stored { get; init; }

    /// <summary>How many are there already.</summary>
    public required long Repeated { get; init; }

    /// <summary>How many would be refused.</summary>
    public required long Refused { get; init; }

    /// <summary>The records that would be refused, by line: the first 1,000.</summary>
    public required IReadOnlyList<ImportError> Errors { get; init; }

    /// <summary>The column that was found for each field. Left out of NDJSON.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Columns { get; init; }

    /// <summary>The first ten responses, as they would be stored.</summary>
    public required IReadOnlyList<ImportedResponse> Preview { get; init; }
}

/// <summary>A response as it would be stored.</summary>
public sealed record ImportedResponse
{
    /// <summary>The line of the file that it begins on.</summary>
    public required long Line { get; init; }

    /// <summary>Its id: its own, or one made from what stands there, which is the same when it comes again.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it was answered.</summary>
    public required DateTimeOffset AnsweredAt { get; init; }

    /// <summary>The page.</summary>
    public required string Page { get; init; }

    /// <summary>The touchpoint that the page belongs to.</summary>
    public required string Touchpoint { get; init; }

    /// <summary>The survey's name.</summary>
    public required string Survey { get; init; }

    /// <summary>How far the visitor came: <c>shown</c>, <c>dismissed</c>, <c>partial</c> or <c>complete</c>.</summary>
    public required string State { get; init; }

    /// <summary>The answers, without what looks like personal data.</summary>
    public required IReadOnlyList<StoredAnswer> Answers { get; init; }
}

/// <summary>Imports, the latest first.</summary>
public sealed record ImportList
{
    /// <summary>This page of them, each without its errors.</summary>
    public required IReadOnlyList<ImportAnswer> Items { get; init; }

    /// <summary>The cursor of the next page; null on the last.</summary>
    public required string? Next { get; init; }
}
