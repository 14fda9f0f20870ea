using System.Globalization;
using System.Text;

namespace Collector.Feedback;

/// <summary>
/// Reads a query as forms write it (<c>application/x-www-form-urlencoded</c>), and writes each name and value in one form: everything
/// but letters, digits, <c>-</c>, <c>.</c>, <c>_</c> and <c>~</c> percent-encoded in upper case, a space as <c>%20</c>.
/// </summary>
internal static class QueryParameters
{
    /// <summary>The parameters that are named, by name in alphabetical order; as many of them as fit.</summary>
    public static string Keep(IReadOnlyCollection<string> names, ReadOnlySpan<char> query, int longest)
    {
        var wanted = names.Select(name => Encode(Encoding.UTF8.GetBytes(name))).ToHashSet(StringComparer.Ordinal);
        var kept = new List<(string Name, string Value)>();
        foreach (var part in query.Split('&'))
        {
            var parameter = query[part];
            var equals = parameter.IndexOf('=');
            var name = Normal(equals < 0 ? parameter : parameter[..equals]);
            if (wanted.Contains(name))
            {
                kept.Add((name, Normal(parameter[(equals < 0 ? parameter.Length : equals + 1)..])));
            }
        }

        var text = new StringBuilder();
        foreach (var (name, value) in kept.OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
        {
            var separator = text.Length == 0 ? "" : "&";
            if (text.Length + separator.Length + name.Length + 1 + value.Length > longest)
            {
                break;
            }

            text.Append(separator).Append(name).Append('=').Append(value);
        }

        return text.ToString();
    }

    private static string Normal(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var read = Encoding.UTF8.GetBytes(text, bytes);
        var length = 0;
        for (var i = 0; i < read; i++)
        {
            var isEscape = bytes[i] == '%' && i + 2 < read && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]);
            bytes[length++] = isEscape ? byte.Parse(bytes.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                : bytes[i] == '+' ? (byte)' '
                : bytes[i];
            i += isEscape ? 2 : 0;
        }

        return Encode(bytes.AsSpan(0, length));
    }

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var b in bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~')
            {
                text.Append((char)b);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        return text.ToString();
    }
}
