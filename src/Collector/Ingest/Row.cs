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

    /// <summary>What speaks against a person behind it: honeypot, tooFast or bot; empty when nothing does.</summary>
    public required string Suspect { get; init; }

    /// <summary>When the visitor first saw the survey, by the visitor's clock if it is believed; null when nobody told that it was shown.</summary>
    public required long? ShownAt { get; init; }

    /// <summary>When the collector was told that it was shown.</summary>
    public required long? ShownReceivedAt { get; init; }

    /// <summary>The columns, in the order in which <see cref="Values"/> gives and <see cref="Read"/> takes them.</summary>
    public const string Columns =
        """
        site, id, revision, state, survey, survey_version, visit, page, touchpoint, day, scale, effort, own_intent, intent, success, device,
        language, answers, context, tags, answered_at, received_at, suspect, shown_at, shown_received_at
        """;

    /// <summary>Inserts a row, or replaces the one with its id.</summary>
    public const string Upsert =
        $"""
        insert into responses ({Columns})
        values (@Site, @Id, @Revision, @State, @Survey, @SurveyVersion, @Visit, @Page, @Touchpoint, @Day, @Scale, @Effort, @OwnIntent, @Intent, @Success,
            @Device, @Language, @Answers, @Context, @Tags, @AnsweredAt, @ReceivedAt, @Suspect, @ShownAt, @ShownReceivedAt)
        on conflict (site, id) do update set revision = excluded.revision, state = excluded.state, survey = excluded.survey,
            survey_version = excluded.survey_version, visit = excluded.visit, page = excluded.page, touchpoint = excluded.touchpoint,
            day = excluded.day, scale = excluded.scale, effort = excluded.effort, own_intent = excluded.own_intent,
            intent = excluded.intent, success = excluded.success, device = excluded.device, language = excluded.language,
            answers = excluded.answers, context = excluded.context, tags = excluded.tags, answered_at = excluded.answered_at,
            received_at = excluded.received_at, suspect = excluded.suspect, shown_at = excluded.shown_at,
            shown_received_at = excluded.shown_received_at
        """;

    /// <summary>The values, in the order of the columns.</summary>
    public object?[] Values =>
    [
        Site, Id, Revision, State, Survey, SurveyVersion, Visit, Page, Touchpoint, Day, Scale, Effort, OwnIntent, Intent, Success, Device,
        Language, Answers, Context, Tags, AnsweredAt, ReceivedAt, Suspect, ShownAt, ShownReceivedAt,
    ];

    private const string ErasedState = "erased";

    /// <summary>Whether only the id is left of it.</summary>
    public bool IsErased => State == ErasedState;

    /// <summary>Whether it is left out of the figures.</summary>
    public bool IsSuspect => Suspect.Length > 0;

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
        Suspect = "",
        ShownAt = null,
        ShownReceivedAt = null,
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
            Suspect = reader.GetString(++i),
            ShownAt = Time(++i),
            ShownReceivedAt = Time(++i),
        };

        long? Time(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    /// <summary>The row of a response; its touchpoint's number and its visit's intent are not known yet.</summary>
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
        Suspect = NameOf(response.Suspicion),
        ShownAt = response.State == ResponseState.Shown ? response.AnsweredAt.ToUnixTimeMilliseconds() : null,
        ShownReceivedAt = response.State == ResponseState.Shown ? receivedAt.ToUnixTimeMilliseconds() : null,
    };

    /// <summary>
    /// The row as it follows its earlier revision, if it has one. It keeps when it was first shown, and a suspicion: a bot does not become a person.
    /// A suspected response is of no visit, so that its intent is joined to nobody's.
    /// </summary>
    public Row Following(Row? before, int answers)
    {
        // Both clocks must say so: answers that waited for a connection come in together, and a visitor's clock may be set meanwhile.
        var isTooFast = Pace.IsTooFast(answers, Between(before?.ShownAt, AnsweredAt)) && Pace.IsTooFast(answers, Between(before?.ShownReceivedAt, ReceivedAt));
        var suspect = before is { IsSuspect: true } ? before.Suspect
            : IsSuspect ? Suspect
            : NameOf(isTooFast ? Suspicion.TooFast : Suspicion.None);
        return this with
        {
            Suspect = suspect,
            Visit = suspect.Length > 0 ? null : Visit,
            ShownAt = before?.ShownAt ?? ShownAt,
            ShownReceivedAt = before?.ShownReceivedAt ?? ShownReceivedAt,
        };

        static TimeSpan? Between(long? shown, long answered) => shown is null ? null : TimeSpan.FromMilliseconds(answered - shown.Value);
    }

    /// <summary>Whether a visitor said the same in both; when it was sent, and where it was counted, is no part of that.</summary>
    public bool SaysTheSameAs(Row other) => this with
    {
        Visit = other.Visit is null ? null : Visit, // It is left out where a visit has grown too large.
        Touchpoint = other.Touchpoint,
        Day = other.Day,
        Intent = other.Intent,
        AnsweredAt = other.AnsweredAt,
        ReceivedAt = other.ReceivedAt,
        Suspect = other.Suspect,
        ShownAt = other.ShownAt,
        ShownReceivedAt = other.ShownReceivedAt,
    } == other;

    private static string NameOf(Suspicion suspicion) => suspicion switch
    {
        Suspicion.None => "",
        Suspicion.Honeypot => "honeypot",
        Suspicion.TooFast => "tooFast",
        Suspicion.Bot => "bot",
        _ => throw new ArgumentOutOfRangeException(nameof(suspicion), suspicion, null),
    };
}
