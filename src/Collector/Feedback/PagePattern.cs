using System.Globalization;

namespace Collector.Feedback;

/// <summary>
/// Which pages something is about: a path in which <c>*</c> stands for one segment and <c>**</c> for any number of them, none included; with a
/// host before it, only pages of that host: <c>/products/*</c>, <c>/**/review</c>, <c>shop.example/products/*</c>. Written in the one form
/// that pages have.
/// </summary>
public sealed class PagePattern
{
    /// <summary>The longest pattern, in UTF-16 code units, as it is written and in its one form.</summary>
    public const int MaximumLength = 500;

    // The states of matching are the bits of one number.
    private const int MostSegments = 60;

    private const string AnyHost = "any.example", OneSegment = "*", AnySegments = "**";

    private readonly Dictionary<string, ulong>.AlternateLookup<ReadOnlySpan<char>> named;
    private readonly ulong one, any, end;

    private PagePattern(string? host, string path, string[] segments)
    {
        (Host, Path) = (host, path);
        end = 1UL << segments.Length;
        var places = new Dictionary<string, ulong>(StringComparer.Ordinal);
        for (var i = 0; i < segments.Length; i++)
        {
            var place = 1UL << i;
            one |= segments[i] == OneSegment ? place : 0;
            any |= segments[i] == AnySegments ? place : 0;
            places[segments[i]] = places.GetValueOrDefault(segments[i]) | place;
        }

        named = places.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The only host, with its port if it is not the default; null for any.</summary>
    public string? Host { get; }

    /// <summary>The pattern of the path, from its first slash on.</summary>
    public string Path { get; }

    /// <summary>Reads a pattern; when it is none, why it is not is added to <paramref name="errors"/>.</summary>
    public static PagePattern? Read(string text, string field, FieldErrors errors)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(errors);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var wrong = text.Length is 0 or > MaximumLength || text.Any(char.IsControl)
            ? string.Create(CultureInfo.InvariantCulture, $"1 to {MaximumLength} characters, none of them a control character.")
            : text.Contains("://", StringComparison.Ordinal) ? "Leave out the scheme: shop.example/products/*, or /products/* for any host."
            : text.AsSpan().ContainsAny('?', '#', '\\') ? "A host and a path alone; name parameters in keepParameters."
            : text.AsSpan().ContainsAny('{', '}') ? "Braces stand for nothing here; write * for one segment, ** for any number of them."
            : slash < 0 ? "Must have a path: /products/*, or shop.example/** for a whole host."
            : text.AsSpan(0, slash).ContainsAny('*', '@') ? "The host must be written out, or left out for any: /products/*."
            : null;
        var channel = slash > 0 && Page.ChannelOf(text[..slash]) is { } name && Page.TryParseChannel(name, out var place) ? place.Host : null;
        if (wrong is null && Page.TryParse($"https://{(slash == 0 || channel is not null ? AnyHost : text[..slash])}{text[slash..]}", out var page))
        {
            var segments = SegmentsOf(page.Path);
            wrong = segments.Any(segment => segment.Contains('*', StringComparison.Ordinal) && segment is not (OneSegment or AnySegments))
                ? "A star stands for a whole segment: /products/*, not /prod*."
                : segments.Length > MostSegments ? string.Create(CultureInfo.InvariantCulture, $"At most {MostSegments} segments.")
                : page.Path.Length + (slash == 0 ? 0 : page.Host.Length) > MaximumLength ? string.Create(CultureInfo.InvariantCulture, $"At most {MaximumLength} characters, as many as are percent-encoded included.")
                : null;
            if (wrong is null)
            {
                return new PagePattern(slash == 0 ? null : channel ?? page.Host, segments.Length == 0 ? "/" : $"/{string.Join('/', segments)}", segments);
            }
        }

        errors.Add(field, wrong ?? "No page can have this host.");
        return null;
    }

    /// <summary>Whether a page is meant.</summary>
    public bool Matches(Page page)
    {
        ArgumentNullException.ThrowIfNull(page);

        // A page may have a star for a segment, which is then a name like any other.
        return Matches(page.Host, page.PathSpan, holdsPatterns: false);
    }

    /// <summary>
    /// Whether all pages that a touchpoint stands for are meant: <c>/products/*</c> covers <c>shop.example/products/{id}</c>, and of what a rule makes of many pages,
    /// <c>shop.example/products/*</c> but not <c>shop.example/products/**</c>. What has no page, <c>{other}</c>, is covered by nothing.
    /// </summary>
    public bool Covers(Touchpoint touchpoint)
    {
        ArgumentNullException.ThrowIfNull(touchpoint);
        var name = touchpoint.Name.AsSpan();
        var slash = name.IndexOf('/');
        var query = name.IndexOf('?');
        return slash > 0 && Matches(name[..slash], name[slash..(query < 0 ? name.Length : query)], holdsPatterns: true);
    }

    /// <summary>The pattern in its one form.</summary>
    public override string ToString() => Host + Path;

    /// <summary>
    /// In one go over the path: <c>reached</c> holds a bit for each number of the pattern's segments that what has been read can stand for, so that no
    /// pattern makes it start over.
    /// </summary>
    private bool Matches(ReadOnlySpan<char> host, ReadOnlySpan<char> path, bool holdsPatterns)
    {
        if (Host is not null && !host.SequenceEqual(Host))
        {
            return false;
        }

        var reached = WithNone(1);
        path = path[1..];
        if (path.IsEmpty)
        {
            return (reached & end) != 0;
        }

        foreach (var part in path.Split('/'))
        {
            // What stands for any number of segments is only within what does so, too.
            var fitting = holdsPatterns && path[part] is AnySegments ? 0
                : one | (named.TryGetValue(path[part], out var places) ? places & ~any : 0);
            reached = WithNone(((reached & fitting) << 1) | (reached & any));
        }

        return (reached & end) != 0;
    }

    // Of several ** in a row, one says it all; so each can be skipped in one step.
    private static string[] SegmentsOf(string path)
    {
        var segments = path == "/" ? [] : path[1..].Split('/');
        return [.. segments.Where((segment, i) => i == 0 || segment != AnySegments || segments[i - 1] != AnySegments)];
    }

    private ulong WithNone(ulong reached) => reached | ((reached & any) << 1);
}
