using System.Data.Common;
using System.Text.Json;
using Dapper;

namespace Collector.Insights.Responses;

/// <summary>A single response as it is read from the tables.</summary>
internal sealed record ResponseRow
{
    public required string Id { get; init; }
    public required string State { get; init; }
    public required int Day { get; init; }
    public required long AnsweredAt { get; init; }
    public required string Page { get; init; }
    public required string Touchpoint { get; init; }
    public required string Survey { get; init; }
    public required int SurveyVersion { get; init; }
    public required string? Visit { get; init; }
    public required int? Effort { get; init; }
    public required string Scale { get; init; }
    public required string Intent { get; init; }
    public required string Success { get; init; }
    public required string Device { get; init; }
    public required string Language { get; init; }
    public required string Answers { get; init; }
    public required string? Context { get; init; }
    public required string? Tags { get; init; }
    public required long? HandledAt { get; init; }
    public required string? HandledBy { get; init; }

    /// <summary>Reads some.</summary>
    /// <param name="connection">Where from.</param>
    /// <param name="found">A select that says which: their site, day, moment and id.</param>
    /// <param name="isNewestFirst">Whether they come in the order of days and moments, the newest first, and not in any. Only where it is limited: else SQLite looks at all responses of the site, by day, to find them in that order.</param>
    /// <param name="parameters">The values of what it names.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<List<ResponseRow>> ReadAsync(DbConnection connection, string found, bool isNewestFirst, DynamicParameters parameters, CancellationToken cancellation) =>
        (await connection.QueryAsync<ResponseRow>(new CommandDefinition(
            $"""
            select responses.id, responses.state, responses.day, responses.answered_at as AnsweredAt, responses.page, touchpoints.name as Touchpoint, responses.survey,
              responses.survey_version as SurveyVersion, responses.visit, responses.effort, responses.scale, responses.intent, responses.success, responses.device, responses.language,
              responses.answers, responses.context, responses.tags, handled_responses.handled_at as HandledAt, handled_responses.handled_by as HandledBy
            from ({found}) as found
            join responses on responses.site = found.site and responses.id = found.id
            join touchpoints on touchpoints.site = found.site and touchpoints.number = responses.touchpoint
            left join handled_responses on handled_responses.site = found.site and handled_responses.response = found.id
            where found.site = @Site
            {(isNewestFirst ? "order by found.day desc, found.answered_at desc, found.id desc" : "")}
            """,
            parameters,
            cancellationToken: cancellation))).AsList();

    public SingleResponse ToAnswer(IEnumerable<string> labels) => new()
    {
        Id = Guid.Parse(Id),
        State = State,
        AnsweredAt = DateTimeOffset.FromUnixTimeMilliseconds(AnsweredAt),
        Page = Page,
        Touchpoint = Touchpoint,
        Survey = Survey,
        SurveyVersion = SurveyVersion,
        Visit = Visit is null ? null : Guid.Parse(Visit),
        Effort = Effort,
        Scale = Scale.Length == 0 ? null : Feedback.Scale.Parse(Scale),
        Intent = Told(Intent),
        Success = Told(Success),
        Device = Told(Device),
        Language = Told(Language),
        Answers = JsonSerializer.Deserialize(Answers, InsightsJson.Default.IReadOnlyListStoredAnswer)!,
        Context = Context is null ? null : JsonSerializer.Deserialize(Context, InsightsJson.Default.VisitContext),
        Tags = Tags is null ? new Dictionary<string, string>() : JsonSerializer.Deserialize(Tags, InsightsJson.Default.DictionaryStringString)!,
        Labels = [.. labels],
        Handled = HandledAt is { } at ? new Handling(HandledBy, DateTimeOffset.FromUnixTimeMilliseconds(at)) : null,
    };

    private static string? Told(string text) => text.Length == 0 ? null : text;
}
