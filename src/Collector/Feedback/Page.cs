using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Collector.Feedback;

/// <summary>
/// A page of a website, in the one form under which it is stored and counted: <c>shop.example/contact</c>. Read as browsers read a URL
/// (WHATWG); without scheme, user, password, default port, query and fragment; percent-encoding in upper case, with unreserved characters
/// decoded and a lone percent sign encoded; without slashes at the end, except of the root; the path's case kept. Where a rule of its site
/// keeps parameters, these follow: <c>shop.example/search?q=shoes</c>.
/// </summary>
/// <remarks>
/// Read again behind a scheme, a page stays the same. One thing cannot survive: the scheme is gone, so a port that the other scheme
/// has by default (<c>http://shop.example:443</c>) needs the right one.
/// </remarks>
public sealed record Page
{
    /// <summary>The longest URL that is read, and the longest page that comes of one, in UTF-16 code units.</summary>
    public const int MaximumLength = 2_048;

    // What stands for the host of a place that is no page: no URL has such a one.
    private const string ChannelHost = "channel:";
    private const int MostChannelParts = 5, LongestChannelPart = 40;

    private static readonly SearchValues<char> ChannelPart = SearchValues.Create("-0123456789abcdefghijklmnopqrstuvwxyz");

    // What every URL parser leaves as it is, lower-case hosts and paths alike. Anything else takes the long way.
    private static readonly SearchValues<char> PlainHost = SearchValues.Create("-.0123456789abcdefghijklmnopqrstuvwxyz");
    private static readonly SearchValues<char> PlainPath = SearchValues.Create(
        "!$&'()*+,-./0123456789:;=@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~");

    private readonly string text;
    private readonly int pathEnd;

    private Page(ReadOnlySpan<char> host, ReadOnlySpan<char> path)
    {
        path = path.TrimEnd('/');
        Host = host.ToString();
        text = string.Concat(Host, path.IsEmpty ? "/" : path);
        pathEnd = text.Length;
    }

    private Page(string host, string text, int pathEnd) => (Host, this.text, this.pathEnd) = (host, text, pathEnd);

    /// <summary>Host, with the port if it is not the default: <c>shop.example</c>, <c>localhost:5081</c>, <c>[::1]:8080</c>.</summary>
    public string Host { get; }

    /// <summary>Whether it is a place that is no page: <c>channel:telephone/</c>.</summary>
    public bool IsChannel => IsChannelHost(Host);

    /// <summary>The path, from its first slash on.</summary>
    public string Path => PathSpan.ToString();

    /// <summary>The parameters that are kept of its query, in alphabetical order; empty when there are none.</summary>
    public string Query => pathEnd == text.Length ? "" : text[(pathEnd + 1)..];

    /// <summary>The path, without making a text of it.</summary>
    internal ReadOnlySpan<char> PathSpan => text.AsSpan(Host.Length, pathEnd - Host.Length);

    /// <summary>Reads an absolute http or https URL of at most <see cref="MaximumLength"/> characters. Never throws.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Page? page)
    {
        page = text.Length > MaximumLength ? null : Plain(text) ?? Any(text);
        return page is not null;
    }

    /// <summary>
    /// Reads the name of a place that is no page: <c>telephone</c>, <c>desk/amsterdam</c>. It has one to five parts with slashes between them, each of 1 to 40 lower-case letters, digits and hyphens. Never throws.
    /// </summary>
    public static bool TryParseChannel(ReadOnlySpan<char> name, [NotNullWhen(true)] out Page? page)
    {
        var parts = 0;
        foreach (var part in name.Split('/'))
        {
            var word = name[part];
            if (++parts > MostChannelParts || word.Length is 0 or > LongestChannelPart || word.ContainsAnyExcept(ChannelPart))
            {
                page = null;
                return false;
            }
        }

        var slash = name.IndexOf('/');
        page = new Page($"{ChannelHost}{(slash < 0 ? name : name[..slash])}", slash < 0 ? "" : name[slash..]);
        return true;
    }

    /// <summary>The name of the place that was stored as this text; null where it is a page's.</summary>
    public static string? ChannelOf(string? stored) => stored is not null && IsChannelHost(stored) ? stored[ChannelHost.Length..].TrimEnd('/') : null;

    internal static bool IsChannelHost(string host) => host.StartsWith(ChannelHost, StringComparison.Ordinal);

    /// <summary>The page that was stored as this text. It is in its one form already, and is only cut into its parts.</summary>
    public static Page FromStored(string text)
    {
        var query = text.IndexOf('?', StringComparison.Ordinal);
        return new Page(text[..text.IndexOf('/', StringComparison.Ordinal)], text, query < 0 ? text.Length : query);
    }

    /// <summary>The query of a URL as it is written, for <see cref="Keeping"/>; empty when it has none.</summary>
    public static ReadOnlySpan<char> QueryOf(ReadOnlySpan<char> url)
    {
        var fragment = url.IndexOf('#');
        url = WebAddress.Cleaned(fragment < 0 ? url : url[..fragment]);
        return url[(url.IndexOf('?') is >= 0 and var start ? start + 1 : url.Length)..];
    }

    /// <summary>
    /// This page with those parameters of a query that are named, and no others. When all of them together are too long, the last of them
    /// are dropped.
    /// </summary>
    public Page Keeping(IReadOnlyCollection<string> names, ReadOnlySpan<char> query)
    {
        ArgumentNullException.ThrowIfNull(names);
        var kept = names.Count == 0 || query.IsEmpty ? "" : QueryParameters.Keep(names, query, MaximumLength - pathEnd - 1);
        return kept == Query ? this : new Page(Host, kept.Length == 0 ? text[..pathEnd] : $"{text.AsSpan(0, pathEnd)}?{kept}", pathEnd);
    }

    /// <summary>Host and path, and what is kept of the query: <c>shop.example/contact</c>, <c>shop.example/</c>.</summary>
    public override string ToString() => text;

    /// <summary>Most pages are in the normal form already and need only be cut out of their URL; null where that is not certain.</summary>
    internal static Page? Plain(ReadOnlySpan<char> text)
    {
        var start = text.StartsWith("https://") ? 8 : text.StartsWith("http://") ? 7 : text.Length;
        text = text[start..];
        var end = text.IndexOfAny('?', '#');
        text = end < 0 ? text : text[..end];

        var slash = text.IndexOf('/');
        var host = slash < 0 ? text : text[..slash];
        var path = text[host.Length..];
        // A last label that begins with a letter is no number, so the host is no IPv4 address.
        var last = host[(host.LastIndexOf('.') + 1)..];
        var isPlain = !last.IsEmpty && char.IsAsciiLetterLower(last[0])
            && !host.ContainsAnyExcept(PlainHost) && !host.Contains("xn--", StringComparison.Ordinal)
            && !path.ContainsAnyExcept(PlainPath) && !path.Contains("/.", StringComparison.Ordinal);
        return isPlain ? new Page(host, path) : null;
    }

    /// <summary>The long way, for any URL.</summary>
    internal static Page? Any(ReadOnlySpan<char> text)
    {
        if (!WebAddress.TryParse(text, out var address))
        {
            return null;
        }

        var page = new Page(address.Host, Normal(address.Path));
        // Escapes make it longer than it was written. Pages are keys in tables, and these have their limits.
        return page.text.Length > MaximumLength ? null : page;
    }

    /// <summary>
    /// Percent-encoding in one form. What is decoded can make no dot segment, since the standard has resolved their encoded forms, and no
    /// new escape, since a percent sign of its own is encoded.
    /// </summary>
    private static ReadOnlySpan<char> Normal(string path)
    {
        if (!path.AsSpan().ContainsAny('%', '^'))
        {
            return path;
        }

        var normal = new char[3 * path.Length];
        var length = 0;
        for (var i = 0; i < path.Length; i++)
        {
            var c = path[i];
            var isEscape = c == '%' && i + 2 < path.Length && char.IsAsciiHexDigit(path[i + 1]) && char.IsAsciiHexDigit(path[i + 2]);
            if (isEscape)
            {
                c = (char)((HexValue(path[i + 1]) << 4) | HexValue(path[i + 2]));
                i += 2;
            }

            // Older browsers leave a caret as it is, newer ones encode it.
            if (isEscape ? char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~' : c is not ('%' or '^'))
            {
                normal[length++] = c;
                continue;
            }

            normal[length++] = '%';
            normal[length++] = HexDigit(c >> 4);
            normal[length++] = HexDigit(c & 15);
        }

        return normal.AsSpan(0, length);
    }

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static char HexDigit(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);
}
