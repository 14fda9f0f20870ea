using System.Text.Json;
using Collector.Feedback;
using Collector.Storage;

namespace Collector.Ingest;

/// <summary>A response as it lies in the table.</summary>
internal sealed record Row
{
    public required Counted Counted { get; init; }
    public required long Revision { get; init; }
    public required long SurveyVersion { get; init; }
    public required string Page { get; init; }
    public required string Answers { get; init; }
    public required string? Context { get; init; }
    public required string? Tags { get; init; }
    public required long ReceivedAt { get; init; }

    /// <summary>When the visitor first saw the survey, by the visitor's clock if it is believed; null when nobody told that it was shown.</summary>
    public required long? ShownAt { get; init; }

    /// <summary>When the collector was told that it was shown.</summary>
    public required long? ShownReceivedAt { get; init; }

    /// <summary>The version of the site's rules that its page and touchpoint were made by.</summary>
    public required long PlacedBy { get; init; }

    /// <summary>The columns, in the order in which <see cref="Read"/> takes them.</summary>
    public const string Columns =
        $"{Counted.Columns}, revision, survey_version, page, answers, context, tags, received_at, shown_at, shown_received_at, placed_by";

    /// <summary>Inserts a row, or replaces the one with its id.</summary>
    public static readonly Statement<Row> Upsert = new(
        """
        insert into responses (site, id, revision, state, survey, survey_version, visit, page, touchpoint, day, scale, effort, difficult, nps, csat, own_intent, intent,
            success, device, language, answers, context, tags, answered_at, received_at, suspect, shown_at, shown_received_at, placed_by)
        values (@Site, @Id, @Revision, @State, @Survey, @SurveyVersion, @Visit, @Page, @Touchpoint, @Day, @Scale, @Effort, @Difficult, @Nps, @Csat, @OwnIntent, @Intent,
            @Success, @Device, @Language, @Answers, @Context, @Tags, @AnsweredAt, @ReceivedAt, @Suspect, @ShownAt, @ShownReceivedAt, @PlacedBy)
        on conflict (site, id) do update set revision = excluded.revision, state = excluded.state, survey = excluded.survey,
            survey_version = excluded.survey_version, visit = excluded.visit, page = excluded.page, touchpoint = excluded.touchpoint,
            day = excluded.day, scale = excluded.scale, effort = excluded.effort, difficult = excluded.difficult, nps = excluded.nps, csat = excluded.csat,
            own_intent = excluded.own_intent, intent = excluded.intent, success = excluded.success, device = excluded.device, language = excluded.language,
            answers = excluded.answers, context = excluded.context, tags = excluded.tags, answered_at = excluded.answered_at,
            received_at = excluded.received_at, suspect = excluded.suspect, shown_at = excluded.shown_at,
            shown_received_at = excluded.shown_received_at, placed_by = excluded.placed_by
        """,
        new("Site", row => row.Counted.Site),
        new("Id", row => row.Counted.Id),
        new("Revision", Number: row => row.Revision),
        new("State", row => row.Counted.State),
        new("Survey", row => row.Counted.Survey),
        new("SurveyVersion", Number: row => row.SurveyVersion),
        new("Visit", row => row.Counted.Visit),
        new("Page", row => row.Page),
        new("Touchpoint", Number: row => row.Counted.Touchpoint),
        new("Day", Number: row => row.Counted.Day),
        new("Scale", row => row.Counted.Scale),
        new("Effort", Number: row => row.Counted.Effort),
        new("Difficult", Number: row => row.Counted.IsDifficult ? 1 : null),
        new("Nps", Number: row => row.Counted.Nps),
        new("Csat", Number: row => row.Counted.Csat),
        new("OwnIntent", row => row.Counted.OwnIntent),
        new("Intent", row => row.Counted.Intent),
        new("Success", row => row.Counted.Success),
        new("Device", row => row.Counted.Device),
        new("Language", row => row.Counted.Language),
        new("Answers", row => row.Answers),
        new("Context", row => row.Context),
        new("Tags", row => row.Tags),
        new("AnsweredAt", Number: row => row.Counted.AnsweredAt),
        new("ReceivedAt", Number: row => row.ReceivedAt),
        new("Suspect", row => row.Counted.Suspect),
        new("ShownAt", Number: row => row.ShownAt),
        new("ShownReceivedAt", Number: row => row.ShownReceivedAt),
        new("PlacedBy", Number: row => row.PlacedBy));

    public static Row Read(IFields fields) => new()
    {
        Counted = Counted.Read(fields),
        Revision = fields.Number(Counted.Width)!.Value,
        SurveyVersion = fields.Number(Counted.Width + 1)!.Value,
        Page = fields.Text(Counted.Width + 2)!,
        Answers = fields.Text(Counted.Width + 3)!,
        Context = fields.Text(Counted.Width + 4),
        Tags = fields.Text(Counted.Width + 5),
        ReceivedAt = fields.Number(Counted.Width + 6)!.Value,
        ShownAt = fields.Number(Counted.Width + 7),
        ShownReceivedAt = fields.Number(Counted.Width + 8),
        PlacedBy = fields.Number(Counted.Width + 9)!.Value,
    };

    /// <summary>The row of a response; its touchpoint's number and its visit's intent are not known yet.</summary>
    public static Row From(Response response, DateTimeOffset receivedAt, long placedBy)
    {
        var (effort, intent) = (response.Effort, response.Intent ?? "");
        return new Row
        {
            Counted = new Counted
            {
                Site = response.Site,
                Id = response.Id.ToString(),
                State = response.State.ToString().ToLowerInvariant(),
                Visit = response.Visit?.ToString(),
                Touchpoint = 0,
                Day = DayNumber.Of(response.Day),
                Survey = response.Survey.Id,
                Scale = effort?.Scale.ToString() ?? "",
                Effort = effort?.Score,
                Nps = response.Nps,
                Csat = response.Csat,
                OwnIntent = intent,
                Intent = intent,
                Success = response.Success ?? "",
                Device = response.Device?.ToString().ToLowerInvariant() ?? "",
                Language = response.Language ?? "",
                IsAnswered = response.Answers.Count > 0,
                AnsweredAt = response.AnsweredAt.ToUnixTimeMilliseconds(),
                Suspect = NameOf(response.Suspicion),
            },
            Revision = response.Revision,
            SurveyVersion = response.Survey.Version,
            Page = response.Page.ToString(),
            Answers = JsonSerializer.Serialize(response.Answers, IngestJson.Default.IReadOnlyListAnswer),
            Context = response.Context is null ? null : JsonSerializer.Serialize(response.Context, IngestJson.Default.VisitContext),
            Tags = response.Tags is null or { Count: 0 }
                ? null
                : JsonSerializer.Serialize(new SortedDictionary<string, string>(response.Tags.ToDictionary(), StringComparer.Ordinal), IngestJson.Default.SortedDictionaryStringString),
            ReceivedAt = receivedAt.ToUnixTimeMilliseconds(),
            ShownAt = response.State == ResponseState.Shown ? response.AnsweredAt.ToUnixTimeMilliseconds() : null,
            ShownReceivedAt = response.State == ResponseState.Shown ? receivedAt.ToUnixTimeMilliseconds() : null,
            PlacedBy = placedBy,
        };
    }

    /// <summary>
    /// The row as it follows its earlier revision, if it has one. It keeps when it was first shown, and a suspicion: a bot does not become a person.
    /// A suspected response is of no visit, so that its intent is joined to nobody's.
    /// </summary>
    public Row Following(Row? before, int answers)
    {
        if (before is null && !Counted.IsSuspect)
        {
            return this;
        }

        // Both clocks must say so: answers that waited for a connection come in together, and a visitor's clock may be set meanwhile.
        var isTooFast = Pace.IsTooFast(answers, Between(before?.ShownAt, Counted.AnsweredAt)) && Pace.IsTooFast(answers, Between(before?.ShownReceivedAt, ReceivedAt));
        var suspect = before is { Counted.IsSuspect: true } ? before.Counted.Suspect
            : Counted.IsSuspect ? Counted.Suspect
            : NameOf(isTooFast ? Suspicion.TooFast : Suspicion.None);
        return this with
        {
            Counted = Counted with { Suspect = suspect, Visit = suspect.Length > 0 ? null : Counted.Visit },
            ShownAt = before?.ShownAt ?? ShownAt,
            ShownReceivedAt = before?.ShownReceivedAt ?? ShownReceivedAt,
        };

        static TimeSpan? Between(long? shown, long answered) => shown is null ? null : TimeSpan.FromMilliseconds(answered - shown.Value);
    }

    /// <summary>What is kept of it once it is erased.</summary>
    public Row AsErased() => this with { Counted = Counted.AsErased(), Page = "", Answers = "[]", Context = null, Tags = null, ShownAt = null, ShownReceivedAt = null };

    /// <summary>Whether a visitor said the same in both; when it was sent, and where it was counted, is no part of that.</summary>
    public bool SaysTheSameAs(Row other) => this with
    {
        Counted = Counted with
        {
            Visit = other.Counted.Visit is null ? null : Counted.Visit, // It is left out where a visit has grown too large.
            Touchpoint = other.Counted.Touchpoint,
            Day = other.Counted.Day,
            Intent = other.Counted.Intent,
            AnsweredAt = other.Counted.AnsweredAt,
            Suspect = other.Counted.Suspect,
        },
        Page = PathOf(Page) == PathOf(other.Page) ? other.Page : Page, // What is kept of the query is up to the rules of the time.
        ReceivedAt = other.ReceivedAt,
        ShownAt = other.ShownAt,
        ShownReceivedAt = other.ShownReceivedAt,
        PlacedBy = other.PlacedBy,
    } == other;

    private static string PathOf(string page) => page.Split('?')[0];

    private static string NameOf(Suspicion suspicion) => suspicion switch
    {
        Suspicion.None => "",
        Suspicion.Honeypot => "honeypot",
        Suspicion.TooFast => "tooFast",
        Suspicion.Bot => "bot",
        _ => throw new ArgumentOutOfRangeException(nameof(suspicion), suspicion, null),
    };
}
