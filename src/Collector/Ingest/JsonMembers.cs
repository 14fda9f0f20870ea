using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Collector.Feedback;

namespace Collector.Ingest;

/// <summary>Reads JSON member by member, and notes what has the wrong form by its JSON pointer (RFC 6901), where a serializer would stop at the first.</summary>
internal ref struct JsonMembers(ReadOnlySpan<byte> text, FieldErrors errors)
{
    private const int DeepestNesting = 8;

    // The parser alone takes spaces, signs and 0x within the groups, too, and so one id for different texts.
    private static readonly SearchValues<char> UuidLetters = SearchValues.Create("-0123456789ABCDEFabcdef");

    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    private readonly FieldErrors errors = errors;
    private Utf8JsonReader json = new(text, new JsonReaderOptions { MaxDepth = DeepestNesting });

    /// <summary>The pointer of the object that is being read.</summary>
    public string Parent { get; set; } = "";

    /// <summary>Goes to the next token, which may be the end.</summary>
    public JsonTokenType Read() => json.Read() ? json.TokenType : JsonTokenType.None;

    /// <summary>Whether the token begins an object; anything else is skipped and noted.</summary>
    public bool StartsObject()
    {
        if (json.TokenType == JsonTokenType.StartObject)
        {
            return true;
        }

        json.Skip();
        errors.AddMalformed(Place(), "Must be an object.");
        return false;
    }

    /// <summary>The next member's name, after noting it when it was there before; null at the end of the object.</summary>
    public string? NextMember(HashSet<string> seen)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.PropertyName)
        {
            return null;
        }

        var member = JsonText.Read(ref json);
        if (!seen.Add(member))
        {
            errors.AddMalformed(Place(member), "Given more than once.");
        }

        return member;
    }

    /// <summary>The text that follows; null when it is null, or no text.</summary>
    public string? ReadText(string member)
    {
        json.Read();
        switch (json.TokenType)
        {
            case JsonTokenType.String: return JsonText.Read(ref json);
            case JsonTokenType.Null: return null;
            default: return Wrong(member, "Must be a text.");
        }
    }

    /// <summary>The whole number that follows; null when it is null, or none from <paramref name="lowest"/>.</summary>
    public int? ReadInteger(string member, int lowest)
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

    /// <summary>The UUID that follows.</summary>
    public Guid? ReadGuid(string member) =>
        ReadText(member) is not { } text ? null
        : text.Length == 36 && !text.AsSpan().ContainsAnyExcept(UuidLetters) && Guid.TryParseExact(text, "D", out var id) ? id
        : WrongValue<Guid>(member, "Must be a UUID, such as 01936f5e-7a3c-7d4e-8f90-123456789abc.");

    /// <summary>The time that follows. With an offset: without one it would be a time of the server's own zone.</summary>
    public DateTimeOffset? ReadTime(string member) =>
        ReadText(member) is not { } text ? null
        : DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : WrongValue<DateTimeOffset>(member, "Must be a time with its offset, such as 2026-11-22T09:30:00Z.");

    /// <summary>The value of an enumeration that follows, by its name in lower case.</summary>
    public T? ReadName<T>(string member)
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

    /// <summary>Notes a member that nobody knows, and skips it.</summary>
    public void Unknown(string member)
    {
        json.Read();
        Wrong(member, "Unknown here.");
    }

    /// <summary>Notes a member of the wrong form, and skips it.</summary>
    public string? Wrong(string member, string message)
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

    /// <summary>Notes a member that is missing, unless what stood there is noted already.</summary>
    public readonly void Require(bool given, string member)
    {
        if (!given && !errors.Has(Place(member)))
        {
            errors.AddMalformed(Place(member), "Is required.");
        }
    }

    private readonly string Place(string? member = null) => member is null
        ? Parent
        : $"{Parent}/{member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
