using System.Data.Common;
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

    /// <summary>The version of the site's rules that its page and touchpoint were made by.</summary>
    public required int PlacedBy { get; init; }

    /// <summary>The columns, in the order in which <see cref="Values"/> gives and <see cref="Read"/> takes them.</summary>
    public const string Columns =
        """
        site, id, revision, state, survey, survey_version, visit, page, touchpoint, day, scale, effort, own_intent, intent, success, device,
        language, answers, context, tags, answered_at, received_at, placed_by
        """;

    /// <summary>Inserts a row, or replaces the one with its id.</summary>
    public const string Upsert =
        $"""
        insert into responses ({Columns})
        values (@Site, @Id, @Revision, @State, @Survey, @SurveyVersion, @Visit, @Page, @Touchpoint, @Day, @Scale, @Effort, @OwnIntent, @Intent, @Success,
            @Device, @Language, @Answers, @Context, @Tags, @AnsweredAt, @ReceivedAt, @PlacedBy)
        on conflict (site, id) do update set revision = excluded.revision, state = excluded.state, survey = excluded.survey,
            survey_version = excluded.survey_version, visit = excluded.visit, page = excluded.page, touchpoint = excluded.touchpoint,
            day = excluded.day, scale = excluded.scale, effort = excluded.effort, own_intent = excluded.own_intent,
            intent = excluded.intent, success = excluded.success, device = excluded.device, language = excluded.language,
            answers = excluded.answers, context = excluded.context, tags = excluded.tags, answered_at = excluded.answered_at,
            received_at = excluded.received_at, placed_by = excluded.placed_by
        """;

    /// <summary>The values, in the order of the columns.</summary>
    public object?[] Values =>
    [
        Site, Id, Revision, State, Survey, SurveyVersion, Visit, Page, Touchpoint, Day, Scale, Effort, OwnIntent, Intent, Success, Device,
        Language, Answers, Context, Tags, AnsweredAt, ReceivedAt, PlacedBy,
    ];

    private const string ErasedState = "erased";

    /// <summary>Whether only the id is left of it.</summary>
    public bool IsErased => State == ErasedState;

    /// <summary>What is kept of it once it is erased: that there was one with this id.</summary>
    public Row Erased() => this with
    {
        State = ErasedState,
        Visit = null,
        Page = "",
        Scale = "",
        Effort = null,
        OwnIntent = "",
        Intent = "",
        Success = "",
        Device = "",
        Language = "",
        Answers = "[]",
        Context = null,
        Tags = null,
    };

    public static Row Read(DbDataReader reader)
    {
        var i = 0;
        return new Row
        {
            Site = reader.GetString(i++),
            Id = reader.GetString(i++),
            Revision = reader.GetInt32(i++),
            State = reader.GetString(i++),
            Survey = reader.GetString(i++),
            SurveyVersion = reader.GetInt32(i++),
            Visit = Text(i++),
            Page = reader.GetString(i++),
            Touchpoint = reader.GetInt32(i++),
            Day = reader.GetInt32(i++),
            Scale = reader.GetString(i++),
            Effort = reader.IsDBNull(i) ? null : reader.GetInt32(i),
            OwnIntent = reader.GetString(++i),
            Intent = reader.GetString(++i),
            Success = reader.GetString(++i),
            Device = reader.GetString(++i),
            Language = reader.GetString(++i),
            Answers = reader.GetString(++i),
            Context = Text(++i),
            Tags = Text(++i),
            AnsweredAt = reader.GetInt64(++i),
            ReceivedAt = reader.GetInt64(++i),
            PlacedBy = reader.GetInt32(++i),
        };

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    /// <summary>The row of a response; its touchpoint's number, the rules that placed it and its visit's intent are not known yet.</summary>
    public static Row From(Response response, DateTimeOffset receivedAt) => new()
    {
        Site = response.Site,
        Id = response.Id.ToString(),
        Revision = response.Revision,
        State = response.State.ToString().ToLowerInvariant(),
        Survey = response.Survey.Id,
        SurveyVersion = response.Survey.Version,
        Visit = response.Visit?.ToString(),
        Page = response.Page.ToString(),
        Touchpoint = 0,
        Day = DayNumber.Of(response.Day),
        Scale = response.Effort?.Scale.ToString() ?? "",
        Effort = response.Effort?.Score,
        OwnIntent = response.Intent ?? "",
        Intent = response.Intent ?? "",
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
        PlacedBy = 0,
    };

    /// <summary>Whether a visitor said the same in both; when it was sent, and where it was counted, is no part of that.</summary>
    public bool SaysTheSameAs(Row other) => this with
    {
        Visit = other.Visit is null ? null : Visit, // It is left out where a visit has grown too large.
        Page = PathOf(Page) == PathOf(other.Page) ? other.Page : Page, // What is kept of the query is up to the rules of the time.
        Touchpoint = other.Touchpoint,
        PlacedBy = other.PlacedBy,
        Day = other.Day,
        Intent = other.Intent,
        AnsweredAt = other.AnsweredAt,
        ReceivedAt = other.ReceivedAt,
    } == other;

    private static string PathOf(string page) => page.Split('?')[0];
}
