using System.Text.Json;
using Collector.Feedback;

namespace Collector.Ingest;

/// <summary>A response as it lies in the table.</summary>
internal sealed record Row
{
    public required string Site { get; init; }
    public required string Id { get; init; }
    public required int Revision { get; init; }
    public required string State { get; init; }
    public required string Survey { get; init; }
    public required int SurveyVersion { get; init; }
    public required string? Visit { get; init; }
    public required string Page { get; init; }
    public required int Touchpoint { get; init; }
    public required int Day { get; init; }
    public required string Scale { get; init; }
    public required int? Effort { get; init; }

    /// <summary>The intent that was given in this very response.</summary>
    public required string OwnIntent { get; init; }

    /// <summary>The intent that counts: its own, or else the visit's.</summary>
    public required string Intent { get; init; }
    public required string Success { get; init; }
    public required string Device { get; init; }
    public required string Language { get; init; }
    public required string Answers { get; init; }
    public required string? Context { get; init; }
    public required string? Tags { get; init; }
    public required long AnsweredAt { get; init; }
    public required long ReceivedAt { get; init; }

    public static Row From(Response response, int touchpoint, string intent, DateTimeOffset receivedAt) => new()
    {
        Site = response.Site,
        Id = response.Id.ToString(),
        Revision = response.Revision,
        State = response.State.ToString().ToLowerInvariant(),
        Survey = response.Survey.Id,
        SurveyVersion = response.Survey.Version,
        Visit = response.Visit?.ToString(),
        Page = response.Page.ToString(),
        Touchpoint = touchpoint,
        Day = DayNumber.Of(response.Day),
        Scale = response.Effort?.Scale.ToString() ?? "",
        Effort = response.Effort?.Score,
        OwnIntent = response.Intent ?? "",
        Intent = intent,
        Success = response.Success ?? "",
        Device = response.Device?.ToString().ToLowerInvariant() ?? "",
        Language = response.Language ?? "",
        Answers = JsonSerializer.Serialize(response.Answers, IngestJson.Default.IReadOnlyListAnswer),
        Context = response.Context is null ? null : JsonSerializer.Serialize(response.Context, IngestJson.Default.VisitContext),
        Tags = response.Tags is null or { Count: 0 }
            ? null
            : JsonSerializer.Serialize(new SortedDictionary<string, string>(response.Tags.ToDictionary(), StringComparer.Ordinal), IngestJson.Default.SortedDictionaryStringString),
        AnsweredAt = response.AnsweredAt.ToUnixTimeMilliseconds(),
        ReceivedAt = receivedAt.ToUnixTimeMilliseconds(),
    };

    /// <summary>Whether a visitor said the same in both; when it was sent, and where it was counted, is no part of that.</summary>
    public bool SaysTheSameAs(Row other) => this with
    {
        Touchpoint = other.Touchpoint,
        Day = other.Day,
        Intent = other.Intent,
        AnsweredAt = other.AnsweredAt,
        ReceivedAt = other.ReceivedAt,
    } == other;
}
