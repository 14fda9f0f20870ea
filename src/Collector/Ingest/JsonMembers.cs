using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Collector.Feedback;

namespace Collector.Ingest;

/// <summary>Reads JSON member by member, and notes what has the wrong form by its JSON pointer (RFC 6901), where a serializer would stop at the first.</summary>
internal ref struct JsonMembers(ReadOnlySpan<byte> text, FieldErrors errors)
{
    private const int DeepestNesting = 8;

    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    private readonly FieldErrors errors = errors;
    private Utf8JsonReader json = new(text, new JsonReaderOptions { MaxDepth = DeepestNesting });
    private string parent = "";
    private int? index;

    /// <summary>Says in which object the reader is: a member of the body, or one of the list that the member is; none for the body itself.</summary>
    public void Enter(string member, int? place = null) => (parent, index) = (member, place);

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
    public string? NextMember(MemberNames names, ref Seen seen)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.PropertyName)
        {
            return null;
        }

        var place = names.Find(ref json, seen.Next);
        if (place < 0)
        {
            return JsonText.Read(ref json);
        }

        if (!seen.Add(place))
        {
            errors.AddMalformed(Place(names[place]), "Given more than once.");
        }

        return names[place];
    }

    /// <summary>The next member's name, whatever it is, after noting it when it is in these already; null at the end of the object.</summary>
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

    /// <summary>The texts of the list that follows; null when it is null, or no such list.</summary>
    public List<string>? ReadTexts(string member)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            if (json.TokenType != JsonTokenType.Null)
            {
                Wrong(member, "Must be a list of texts.");
            }

            return null;
        }

        var texts = new List<string>();
        var isList = true;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.String)
            {
                texts.Add(JsonText.Read(ref json));
            }
            else
            {
                isList = false;
                json.Skip();
            }
        }

        if (!isList)
        {
            errors.AddMalformed(Place(member), "Must be a list of texts.");
        }

        return isList ? texts : null;
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
    public Guid? ReadGuid(string member)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        ReadOnlySpan<byte> bytes = json.TokenType != JsonTokenType.String ? [] : json.ValueIsEscaped ? Encoding.UTF8.GetBytes(JsonText.Read(ref json)) : json.ValueSpan;
        return Utf8Parser.TryParse(bytes, out Guid id, out var read, 'D') && read == bytes.Length
            ? id
            : Wrong<Guid>(member, "Must be a UUID, such as 01936f5e-7a3c-7d4e-8f90-123456789abc.");
    }

    /// <summary>The time that follows. With an offset: without one it would be a time of the server's own zone.</summary>
    public DateTimeOffset? ReadTime(string member)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        // Of the forms that the reader takes, only those with seconds and "Z" are taken from it; the rest is read as it is documented.
        if (json is { TokenType: JsonTokenType.String, ValueIsEscaped: false, ValueSpan: { Length: >= 20 } and [.., (byte)'Z'] } && json.TryGetDateTimeOffset(out var time))
        {
            return time;
        }

        return json.TokenType == JsonTokenType.String
            && DateTimeOffset.TryParseExact(JsonText.Read(ref json), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)
            ? time
            : Wrong<DateTimeOffset>(member, "Must be a time with its offset, such as 2026-11-22T09:30:00Z.");
    }

    /// <summary>The value of an enumeration that follows, by its name in lower case.</summary>
    public T? ReadName<T>(string member)
        where T : struct, Enum
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        var place = json.TokenType == JsonTokenType.String ? EnumNames<T>.Names.Find(ref json) : -1;
        return place >= 0 ? EnumNames<T>.Values[place] : Wrong<T>(member, EnumNames<T>.Message);
    }

    /// <summary>Passes over a member.</summary>
    public void Skip()
    {
        json.Read();
        json.Skip();
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

    private T? Wrong<T>(string member, string message)
        where T : struct
    {
        Wrong(member, message);
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

    private readonly string Place(string? member = null) => string.Concat(
        parent.Length == 0 ? "" : $"/{parent}",
        index is null ? "" : string.Create(CultureInfo.InvariantCulture, $"/{index}"),
        member is null ? "" : $"/{member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}");

    /// <summary>Which names of an object were there, by their places.</summary>
    [StructLayout(LayoutKind.Auto)]
    public struct Seen
    {
        private uint places;

        /// <summary>The place after the last one.</summary>
        public int Next { get; private set; }

        /// <summary>False when it was there before.</summary>
        public bool Add(int place)
        {
            var before = places;
            places |= 1u << place;
            Next = place + 1;
            return places != before;
        }
    }

    private static class EnumNames<T>
        where T : struct, Enum
    {
        public static readonly T[] Values = Enum.GetValues<T>();

        public static readonly MemberNames Names = new([.. Values.Select(value => value.ToString().ToLowerInvariant())]);

        public static readonly string Message = $"Must be one of: {string.Join(", ", Values).ToLowerInvariant()}.";
    }
}
