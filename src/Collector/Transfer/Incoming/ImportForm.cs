using System.Text.Json.Serialization;
using Collector.Feedback;

namespace Collector.Transfer.Incoming;

/// <summary>How the records of a file are read, as it is kept with it.</summary>
internal sealed record ImportForm
{
    /// <summary>Whether it is CSV, and not NDJSON.</summary>
    public required bool IsCsv { get; init; }

    /// <summary>The survey of records that name none.</summary>
    public string? Survey { get; init; }

    /// <summary>The page of records that name none, and what a path is below.</summary>
    public string? Page { get; init; }

    /// <summary>The scale of scores beside which none stands, as <c>1-5</c>; <c>5-1</c> where the low end is easy.</summary>
    public string? Scale { get; init; }

    /// <summary>In which order day, month and year stand: <c>ymd</c>, <c>dmy</c> or <c>mdy</c>.</summary>
    public string Dates { get; init; } = "ymd";

    /// <summary>What stands between cells.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>How many rows stand before the first response.</summary>
    public int LinesOfHeader { get; init; } = 1;

    /// <summary>The names of the columns, in their order.</summary>
    public IReadOnlyList<string> Header { get; init; } = [];

    /// <summary>The place of the column for each field.</summary>
    public IReadOnlyDictionary<string, int> Columns { get; init; } = new Dictionary<string, int>();

    /// <summary>Whether its columns are those of an export of ours.</summary>
    [JsonIgnore]
    public bool IsOurs => Columns.ContainsKey("surveyVersion");

    /// <summary>The scale of all scores, if it is told.</summary>
    [JsonIgnore]
    public Scale? ScaleOfAll => Scale is null ? null : ScaleText.Read(Scale);

    /// <summary>The name of the column of a field.</summary>
    public string? ColumnOf(string field) => Columns.TryGetValue(field, out var place) ? Header[place] : null;
}
