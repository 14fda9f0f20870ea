using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Collector.Feedback;

/// <summary>
/// The host of a web address as the WHATWG URL standard writes it: a name in lower case with IDN as punycode, an IPv4 address in four
/// decimal numbers, or an IPv6 address in brackets.
/// </summary>
/// <remarks>
/// Labels beyond ASCII go through <see cref="IdnMapping"/>, which is stricter than the standard with labels that no registry sells (over 63
/// characters, a hyphen at an edge) and does not check the direction of writing. The tests name these differences.
/// </remarks>
internal static class HostName
{
    private const string Punycode = "xn--";

    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017"
        + "\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f #%/:<>?@[\\]^|\u007f");

    // The full stop and the characters that count as one in a name: ideographic, full-width and half-width.
    private static readonly char[] Dots = ['.', '\u3002', '\uff0e', '\uff61'];

    private static readonly IdnMapping Idn = new();

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? host)
    {
        host = null;
        if (text.StartsWith('['))
        {
            if (text.EndsWith(']') && IPv6Address.TryParse(text[1..^1], out var address))
            {
                host = $"[{address}]";
            }

            return host is not null;
        }

        var name = ToAscii(PercentDecoded(text));
        if (string.IsNullOrEmpty(name) || name.AsSpan().ContainsAny(Forbidden))
        {
            return false;
        }

        if (!IPv4Address.IsMeantBy(name))
        {
            host = name;
        }
        else if (IPv4Address.TryParse(name, out var address))
        {
            host = address.ToString();
        }

        return host is not null;
    }

    private static string PercentDecoded(ReadOnlySpan<char> text)
    {
        if (!text.Contains('%'))
        {
            return text.ToString();
        }

        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var read = Encoding.UTF8.GetBytes(text, bytes);
        var written = 0;
        for (var i = 0; i < read; i++)
        {
            var isEscape = bytes[i] == '%' && i + 2 < read && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]);
            bytes[written++] = isEscape
                ? byte.Parse(bytes.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                : bytes[i];
            i += isEscape ? 2 : 0;
        }

        return Encoding.UTF8.GetString(bytes, 0, written);
    }

    private static string? ToAscii(string name)
    {
        if (Ascii.IsValid(name) && !name.Contains(Punycode, StringComparison.OrdinalIgnoreCase))
        {
            return name.ToLowerInvariant();
        }

        try
        {
            return string.Join('.', name.Split(Dots).Select(LabelToAscii));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Label by label, since the mapping refuses the whole host where an ASCII label is empty, long or odd, and browsers do not.</summary>
    private static string LabelToAscii(string label)
    {
        var isPlain = Ascii.IsValid(label) && !label.StartsWith(Punycode, StringComparison.OrdinalIgnoreCase);
        // Some mappings end in capitals (the Kelvin sign becomes K).
        return (isPlain ? label : Idn.GetAscii(label)).ToLowerInvariant();
    }
}
