using System.Globalization;
using System.Text.Json;
using Collector.Feedback;

namespace Collector.Ingest;

/// <summary>
/// Reads a body and notes every value of the wrong form, with its pointer, where a serializer would stop at the first.
/// What is unknown, given twice or of another type is an error; null counts as left out.
/// </summary>
internal ref struct SubmissionReader
{
    private static readonly MemberNames Body = new(
        "id", "site", "survey", "surveyVersion", "visit", "page", "channel", "revision", "state", "answers", "language", "device", "context", "tags", "answeredAt", "website");

    // What an export says more of a response follows from the rest of it, or is what people of the site made of it.
    private static readonly MemberNames Exported = new(
        "id", "state", "answeredAt", "page", "touchpoint", "survey", "surveyVersion", "visit", "effort", "scale", "intent", "success", "device", "language", "answers", "context", "tags",
        "labels", "handled", "site", "revision", "website", "channel");

    private static readonly MemberNames Answer = new("question", "score", "choice", "choices", "text");
    private static readonly MemberNames Context = new("referrer", "pagesInVisit", "secondsInVisit");

    private readonly bool isImported;
    private JsonMembers json;

    private SubmissionReader(ReadOnlySpan<byte> body, bool isImported, FieldErrors errors)
    {
        json = new JsonMembers(body, errors);
        this.isImported = isImported;
    }

    /// <summary>What the body says; null when it is no JSON object. When there are errors, what is named by them is null.</summary>
    public static Submission? Read(ReadOnlySpan<byte> body, FieldErrors errors) => Read(body, isImported: false, errors);

    /// <summary>The same of a line that comes from elsewhere, perhaps from an export: nothing is required yet, and what an export says more is left.</summary>
    public static Submission? ReadImported(ReadOnlySpan<byte> line, FieldErrors errors) => Read(line, isImported: true, errors);

    private static Submission? Read(ReadOnlySpan<byte> body, bool isImported, FieldErrors errors)
    {
        try
        {
            var reader = new SubmissionReader(body, isImported, errors);
            reader.json.Read();
            var submission = reader.ReadSubmission();
            reader.json.Read(); // Throws when something follows.
            return submission;
        }
        catch (JsonException exception)
        {
            errors.AddMalformed("", string.Create(
                CultureInfo.InvariantCulture,
                $"Not valid JSON, or nested too deeply: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}."));
            return null;
        }
    }

    private Submission? ReadSubmission()
    {
        Guid? id = null, visit = null;
        string? site = null, survey = null, page = null, channel = null, language = null, website = null;
        int? surveyVersion = null, revision = null;
        ResponseState? state = null;
        Device? device = null;
        List<SubmittedAnswer>? answers = null;
        SubmittedContext? context = null;
        Dictionary<string, string>? tags = null;
        DateTimeOffset? answeredAt = null;

        if (!json.StartsObject())
        {
            return null;
        }

        JsonMembers.Seen seen = default;
        while (json.NextMember(isImported ? Exported : Body, ref seen) is { } member)
        {
            switch (member)
            {
                case "id": id = json.ReadGuid(member); break;
                case "site": site = json.ReadText(member); break;
                case "survey": survey = json.ReadText(member); break;
                case "surveyVersion": surveyVersion = json.ReadInteger(member, 1); break;
                case "visit": visit = json.ReadGuid(member); break;
                case "page": page = json.ReadText(member); break;
                case "channel": channel = json.ReadText(member); break;
                case "revision": revision = json.ReadInteger(member, 0); break;
                case "state": state = json.ReadName<ResponseState>(member); break;
                case "answers": answers = ReadAnswers(); break;
                case "language": language = json.ReadText(member); break;
                case "device": device = json.ReadName<Device>(member); break;
                case "context": context = ReadContext(); break;
                case "tags": tags = ReadTags(); break;
                case "website": website = json.ReadText(member); break;
                case "answeredAt": answeredAt = json.ReadTime(member); break;
                case "touchpoint" or "effort" or "scale" or "intent" or "success" or "labels" or "handled" when isImported: json.Skip(); break;
                default: json.Unknown(member); break;
            }
        }

        if (!isImported)
        {
            json.Require(id is not null, "id");
            json.Require(site is not null, "site");
            json.Require(survey is not null, "survey");
            json.Require(page is not null || channel is not null, "page");
            json.Require(revision is not null, "revision");
            json.Require(state is not null, "state");
        }

        return new Submission
        {
            Id = id,
            Site = site,
            Survey = survey,
            SurveyVersion = surveyVersion,
            Visit = visit,
            Page = page,
            Channel = channel,
            Revision = revision,
            State = state,
            Answers = answers,
            Language = language,
            Device = device,
            Context = context,
            Tags = tags,
            Website = website,
            AnsweredAt = answeredAt,
        };
    }

    private List<SubmittedAnswer>? ReadAnswers()
    {
        var token = json.Read();
        if (token != JsonTokenType.StartArray)
        {
            if (token != JsonTokenType.Null)
            {
                json.Wrong("answers", "Must be a list.");
            }

            return null;
        }

        var answers = new List<SubmittedAnswer>(4);
        while (json.Read() != JsonTokenType.EndArray)
        {
            json.Enter("answers", answers.Count);
            answers.Add(ReadAnswer());
        }

        json.Enter("");
        return answers;
    }

    private SubmittedAnswer ReadAnswer()
    {
        string? question = null, choice = null, text = null;
        int? score = null;
        List<string>? choices = null;
        if (json.StartsObject())
        {
            JsonMembers.Seen seen = default;
            while (json.NextMember(Answer, ref seen) is { } member)
            {
                switch (member)
                {
                    case "question": question = json.ReadText(member); break;
                    case "score": score = json.ReadInteger(member, int.MinValue); break;
                    case "choice": choice = json.ReadText(member); break;
                    case "choices": choices = json.ReadTexts(member); break;
                    case "text": text = json.ReadText(member); break;
                    default: json.Unknown(member); break;
                }
            }

            json.Require(question is not null, "question");
        }

        return new SubmittedAnswer { Question = question, Score = score, Choice = choice, Choices = choices, Text = text };
    }

    private SubmittedContext? ReadContext()
    {
        if (json.Read() == JsonTokenType.Null)
        {
            return null;
        }

        string? referrer = null;
        int? pages = null, seconds = null;
        json.Enter("context");
        if (json.StartsObject())
        {
            JsonMembers.Seen seen = default;
            while (json.NextMember(Context, ref seen) is { } member)
            {
                switch (member)
                {
                    case "referrer": referrer = json.ReadText(member); break;
                    case "pagesInVisit": pages = json.ReadInteger(member, 0); break;
                    case "secondsInVisit": seconds = json.ReadInteger(member, 0); break;
                    default: json.Unknown(member); break;
                }
            }
        }

        json.Enter("");
        return new SubmittedContext { Referrer = referrer, PagesInVisit = pages, SecondsInVisit = seconds };
    }

    private Dictionary<string, string>? ReadTags()
    {
        if (json.Read() == JsonTokenType.Null)
        {
            return null;
        }

        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        json.Enter("tags");
        if (json.StartsObject())
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (json.NextMember(seen) is { } member)
            {
                if (json.ReadText(member) is { } value)
                {
                    tags[member] = value;
                }
            }
        }

        json.Enter("");
        return tags;
    }
}
