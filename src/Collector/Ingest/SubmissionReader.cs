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
    private const int DeepestNesting = 8;

    private readonly FieldErrors errors;
    private Utf8JsonReader json;
    private string parent = "";
    private int index = -1;

    private SubmissionReader(ReadOnlySpan<byte> body, FieldErrors errors)
    {
        this.errors = errors;
        json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = DeepestNesting });
    }

    /// <summary>What the body says; null when it is no JSON object. When there are errors, what is named by them is null.</summary>
    public static Submission? Read(ReadOnlySpan<byte> body, FieldErrors errors)
    {
        try
        {
            var reader = new SubmissionReader(body, errors);
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
        string? site = null, survey = null, page = null, language = null;
        int? surveyVersion = null, revision = null;
        ResponseState? state = null;
        Device? device = null;
        List<SubmittedAnswer>? answers = null;
        SubmittedContext? context = null;
        Dictionary<string, string>? tags = null;
        DateTimeOffset? answeredAt = null;

        if (!StartsObject())
        {
            return null;
        }

        var seen = new List<string>(16);
        while (NextMember(seen) is { } member)
        {
            switch (member)
            {
                case "id": id = ReadGuid(member); break;
                case "site": site = ReadText(member); break;
                case "survey": survey = ReadText(member); break;
                case "surveyVersion": surveyVersion = ReadInteger(member, 1); break;
                case "visit": visit = ReadGuid(member); break;
                case "page": page = ReadText(member); break;
                case "revision": revision = ReadInteger(member, 0); break;
                case "state": state = ReadName<ResponseState>(member); break;
                case "answers": answers = ReadAnswers(); break;
                case "language": language = ReadText(member); break;
                case "device": device = ReadName<Device>(member); break;
                case "context": context = ReadContext(); break;
                case "tags": tags = ReadTags(); break;
                case "answeredAt": answeredAt = ReadTime(member); break;
                default: Unknown(member); break;
            }
        }

        Require(id is not null, "id");
        Require(site is not null, "site");
        Require(survey is not null, "survey");
        Require(page is not null, "page");
        Require(revision is not null, "revision");
        Require(state is not null, "state");
        return new Submission
        {
            Id = id,
            Site = site,
            Survey = survey,
            SurveyVersion = surveyVersion,
            Visit = visit,
            Page = page,
            Revision = revision,
            State = state,
            Answers = answers,
            Language = language,
            Device = device,
            Context = context,
            Tags = tags,
            AnsweredAt = answeredAt,
        };
    }

    private List<SubmittedAnswer>? ReadAnswers()
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (json.TokenType != JsonTokenType.StartArray)
        {
            Wrong("answers", "Must be a list.");
            return null;
        }

        var answers = new List<SubmittedAnswer>(4);
        parent = "/answers";
        for (index = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; index++)
        {
            answers.Add(ReadAnswer());
        }

        parent = "";
        index = -1;
        return answers;
    }

    private SubmittedAnswer ReadAnswer()
    {
        string? question = null, choice = null, text = null;
        int? score = null;
        if (StartsObject())
        {
            var seen = new List<string>(4);
            while (NextMember(seen) is { } member)
            {
                switch (member)
                {
                    case "question": question = ReadText(member); break;
                    case "score": score = ReadInteger(member, int.MinValue); break;
                    case "choice": choice = ReadText(member); break;
                    case "text": text = ReadText(member); break;
                    default: Unknown(member); break;
                }
            }

            Require(question is not null, "question");
        }

        return new SubmittedAnswer { Question = question, Score = score, Choice = choice, Text = text };
    }

    private SubmittedContext? ReadContext()
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        string? referrer = null;
        int? pages = null, seconds = null;
        parent = "/context";
        if (StartsObject())
        {
            var seen = new List<string>(3);
            while (NextMember(seen) is { } member)
            {
                switch (member)
                {
                    case "referrer": referrer = ReadText(member); break;
                    case "pagesInVisit": pages = ReadInteger(member, 0); break;
                    case "secondsInVisit": seconds = ReadInteger(member, 0); break;
                    default: Unknown(member); break;
                }
            }
        }

        parent = "";
        return new SubmittedContext { Referrer = referrer, PagesInVisit = pages, SecondsInVisit = seconds };
    }

    private Dictionary<string, string>? ReadTags()
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        parent = "/tags";
        if (StartsObject())
        {
            var seen = new List<string>(4);
            while (NextMember(seen) is { } member)
            {
                if (ReadText(member) is { } value)
                {
                    tags[member] = value;
                }
            }
        }

        parent = "";
        return tags;
    }

    private bool StartsObject()
    {
        if (json.TokenType == JsonTokenType.StartObject)
        {
            return true;
        }

        json.Skip();
        errors.AddMalformed(Place(), "Must be an object.");
        return false;
    }

    // The next member's name, after noting it when it was there before; null at the end of the object.
    private string? NextMember(List<string> seen)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.PropertyName)
        {
            return null;
        }

        var member = JsonText.Read(ref json);
        if (seen.Contains(member))
        {
            errors.AddMalformed(Place(member), "Given more than once.");
        }

        seen.Add(member);
        return member;
    }

    private string? ReadText(string member)
    {
        json.Read();
        switch (json.TokenType)
        {
            case JsonTokenType.String: return JsonText.Read(ref json);
            case JsonTokenType.Null: return null;
            default: return Wrong(member, "Must be a text.");
        }
    }

    private int? ReadInteger(string member, int lowest)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var number) && number >= lowest)
        {
            return number;
        }

        if (json.TokenType != JsonTokenType.Null)
        {
            Wrong(member, lowest == int.MinValue
                ? "Must be a whole number."
                : string.Create(CultureInfo.InvariantCulture, $"Must be a whole number from {lowest} to {int.MaxValue}."));
        }

        return null;
    }

    private Guid? ReadGuid(string member) =>
        ReadText(member) is not { } text ? null
        : Guid.TryParseExact(text, "D", out var id) ? id
        : WrongValue<Guid>(member, "Must be a UUID, such as 01936f5e-7a3c-7d4e-8f90-123456789abc.");

    private DateTimeOffset? ReadTime(string member)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String && json.TryGetDateTimeOffset(out var time))
        {
            return time;
        }

        if (json.TokenType != JsonTokenType.Null)
        {
            Wrong(member, "Must be a time such as 2026-11-22T09:30:00Z.");
        }

        return null;
    }

    private T? ReadName<T>(string member)
        where T : struct, Enum
    {
        if (ReadText(member) is not { } text)
        {
            return null;
        }

        // Only the names, in lower case: Enum.TryParse alone takes numbers and lists, too.
        var isName = text.Length > 0 && text.All(char.IsAsciiLetterLower);
        return isName && Enum.TryParse<T>(text, ignoreCase: true, out var value)
            ? value
            : WrongValue<T>(member, $"Must be one of: {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");
    }

    private void Unknown(string member)
    {
        json.Read();
        Wrong(member, "Unknown here.");
    }

    private string? Wrong(string member, string message)
    {
        json.Skip();
        errors.AddMalformed(Place(member), message);
        return null;
    }

    private readonly T? WrongValue<T>(string member, string message)
        where T : struct
    {
        errors.AddMalformed(Place(member), message);
        return null;
    }

    private readonly void Require(bool given, string member)
    {
        if (!given && !errors.Has(Place(member)))
        {
            errors.AddMalformed(Place(member), "Is required.");
        }
    }

    // A JSON pointer (RFC 6901) to the place that is being read.
    private readonly string Place(string? member = null)
    {
        var place = index < 0 ? parent : string.Create(CultureInfo.InvariantCulture, $"{parent}/{index}");
        return member is null
            ? place
            : $"{place}/{member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
    }
}
