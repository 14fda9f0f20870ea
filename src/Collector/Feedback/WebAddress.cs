using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Collector.Feedback;

/// <summary>
/// What the WHATWG URL standard makes of an http or https URL: host with port, and path. The rest (scheme, user, password, query,
/// fragment) is read and dropped.
/// </summary>
internal sealed record WebAddress(string Host, string Path)
{
    // Of ASCII, what the standard leaves as it is in a path; the separators are dealt with before.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "!$%&'()*+,-.0123456789:;=@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz|~");

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out WebAddress? address)
    {
        address = null;
        text = Cleaned(text);
        var colon = text.IndexOf(':');
        int defaultPort;
        switch (colon)
        {
            case 4 when Ascii.EqualsIgnoreCase(text[..colon], "http"):
                defaultPort = 80;
                break;
            case 5 when Ascii.EqualsIgnoreCase(text[..colon], "https"):
                defaultPort = 443;
                break;
            default:
                return false;
        }

        text = text[(colon + 1)..].TrimStart(@"/\");
        var end = text.IndexOfAny(@"/\?#");
        var authority = end < 0 ? text : text[..end];
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        if (!TrySplit(authority, out var name, out var port) || !HostName.TryParse(name, out var host))
        {
            return false;
        }

        host = port is null || port == defaultPort ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
        address = new WebAddress(host, PathOf(end < 0 ? [] : text[end..]));
        return true;
    }

    /// <summary>Without C0 controls and spaces around the URL, and without tabs and line ends anywhere.</summary>
    public static ReadOnlySpan<char> Cleaned(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && text[0] <= ' ')
        {
            text = text[1..];
        }

        while (!text.IsEmpty && text[^1] <= ' ')
        {
            text = text[..^1];
        }

        return text.ContainsAny("\t\n\r") ? string.Concat(text.ToString().Split('\t', '\n', '\r')) : text;
    }

    private static bool TrySplit(ReadOnlySpan<char> authority, out ReadOnlySpan<char> host, out int? port)
    {
        port = null;
        // The colons between brackets are the address's own.
        var bracket = authority.StartsWith('[') ? authority.IndexOf(']') : -1;
        var colon = authority[(bracket + 1)..].IndexOf(':');
        host = colon < 0 ? authority : authority[..(bracket + 1 + colon)];
        if (colon < 0 || bracket + colon + 2 == authority.Length)
        {
            return !host.IsEmpty;
        }

        var digits = authority[(bracket + colon + 2)..].TrimStart('0');
        var isPort = ushort.TryParse(digits.IsEmpty ? "0" : digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        port = number;
        return isPort && !host.IsEmpty;
    }

    private static string PathOf(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny('?', '#');
        text = end < 0 ? text : text[..end];
        text = text.IsEmpty ? text : text[1..];

        // At worst, each character becomes three bytes, each of these three characters.
        var path = ArrayPool<char>.Shared.Rent((9 * text.Length) + 2);
        var length = 0;
        for (var isLast = false; !isLast;)
        {
            var separator = text.IndexOfAny('/', '\\');
            isLast = separator < 0;
            var segment = isLast ? text : text[..separator];
            var dots = Dots(segment);
            if (dots == 2)
            {
                length = Math.Max(0, path.AsSpan(0, length).LastIndexOf('/'));
            }

            // Dots leave no segment behind, except an empty one at the end: /a/.. is /, not nothing.
            if (dots == 0 || isLast)
            {
                path[length++] = '/';
            }

            if (dots == 0)
            {
                length += Encode(segment, path.AsSpan(length));
            }

            text = text[(separator + 1)..];
        }

        var result = new string(path, 0, length);
        ArrayPool<char>.Shared.Return(path);
        return result;
    }

    /// <summary>1 for a segment that stays where it is (".", "%2e"), 2 for one that goes up (".." and its encoded forms), otherwise 0.</summary>
    private static int Dots(ReadOnlySpan<char> segment)
    {
        var dots = 0;
        while (!segment.IsEmpty && dots < 3)
        {
            var isEncoded = segment.Length > 2 && segment[0] == '%' && segment[1] == '2' && segment[2] is 'e' or 'E';
            if (segment[0] != '.' && !isEncoded)
            {
                return 0;
            }

            segment = segment[(isEncoded ? 3 : 1)..];
            dots++;
        }

        return dots < 3 ? dots : 0;
    }

    private static int Encode(ReadOnlySpan<char> segment, Span<char> into)
    {
        var length = 0;
        Span<byte> bytes = stackalloc byte[4];
        while (!segment.IsEmpty)
        {
            var plain = segment.IndexOfAnyExcept(Plain);
            plain = plain < 0 ? segment.Length : plain;
            segment[..plain].CopyTo(into[length..]);
            length += plain;
            segment = segment[plain..];
            if (segment.IsEmpty)
            {
                break;
            }

            // Half a surrogate pair is read as U+FFFD.
            Rune.DecodeFromUtf16(segment, out var rune, out var read);
            foreach (var b in bytes[..rune.EncodeToUtf8(bytes)])
            {
                into[length++] = '%';
                b.TryFormat(into[length..], out var written, "X2", CultureInfo.InvariantCulture);
                length += written;
            }

            segment = segment[read..];
        }

        return length;
    }
}
