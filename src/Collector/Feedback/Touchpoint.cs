using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Collector.Feedback;

/// <summary>
/// Where visitors meet the organisation: one page (<c>shop.example/contact</c>), pages that differ in an identifier only
/// (<c>shop.example/orders/{id}</c>), or all pages of a rule of the site (<c>shop.example/products/*</c>). A page cannot hold braces, so
/// that a template is never mistaken for a page.
/// </summary>
public sealed record Touchpoint
{
    /// <summary>The longest name, in UTF-16 code units.</summary>
    public const int MaximumLength = Page.MaximumLength;

    /// <summary>The number under which totals count all touchpoints of a site together; a touchpoint's own number is 0 or above.</summary>
    public const int AllNumber = -1;

    private const string Id = "{id}";
    private const string Date = "{date}";

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789ABCDEFabcdef");
    private static readonly SearchValues<char> Crockford = SearchValues.Create("0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz");

    private Touchpoint(string name) => Name = name;

    /// <summary>Takes the pages of a site that has as many touchpoints as it may hold.</summary>
    public static Touchpoint Other { get; } = new("{other}");

    /// <summary>What it is stored and counted under.</summary>
    public string Name { get; }

    /// <summary>
    /// The touchpoint of a page. If asked to, path segments that are only an identifier become <c>{id}</c>: digits, a UUID, a ULID, or 16 or
    /// more hexadecimal digits. A calendar date (2026-11-22) becomes <c>{date}</c>.
    /// </summary>
    public static Touchpoint Of(Page page, bool collapseIdentifiers)
    {
        ArgumentNullException.ThrowIfNull(page);
        var text = page.ToString();
        var template = collapseIdentifiers ? Template(text, page.Host.Length, page.Host.Length + page.PathSpan.Length) : text;
        // Templates can be longer than what they stand for; a path of a thousand digits keeps its own name.
        return new Touchpoint(template.Length > MaximumLength ? text : template);
    }

    /// <summary>The touchpoint that a rule's pattern makes of its pages on one host, together.</summary>
    internal static Touchpoint Of(Page page, PagePattern pattern) => new(page.Host + pattern.Path);

    /// <summary>Takes a name as an analyst gives it, to look up: any text without control characters that is not too long.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, [NotNullWhen(true)] out Touchpoint? touchpoint)
    {
        touchpoint = string.IsNullOrEmpty(name) || name.Length > MaximumLength || name.Any(char.IsControl) ? null : new Touchpoint(name);
        return touchpoint is not null;
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static string Template(string text, int hostLength, int pathEnd)
    {
        StringBuilder? template = null;
        var copied = 0;
        for (var slash = hostLength; slash >= 0;)
        {
            var start = slash + 1;
            slash = text.IndexOf('/', start, pathEnd - start);
            var end = slash < 0 ? pathEnd : slash;
            if (Placeholder(text.AsSpan(start, end - start)) is { } placeholder)
            {
                (template ??= new StringBuilder()).Append(text, copied, start - copied).Append(placeholder);
                copied = end;
            }
        }

        return template?.Append(text, copied, text.Length - copied).ToString() ?? text;
    }

    private static string? Placeholder(ReadOnlySpan<char> segment)
    {
        if (segment.IsEmpty)
        {
            return null;
        }

        var hasDigitsOnly = !segment.ContainsAnyExceptInRange('0', '9');
        return hasDigitsOnly || IsHexadecimal(segment) || IsUlid(segment) || (segment.Length == 36 && Guid.TryParseExact(segment, "D", out _)) ? Id
            : segment.Length == 10 && DateOnly.TryParseExact(segment, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? Date
            : null;
    }

    private static bool IsHexadecimal(ReadOnlySpan<char> segment) => segment.Length >= 16 && !segment.ContainsAnyExcept(Hexadecimal);

    /// <summary>26 digits of Crockford's base 32, which has no I, L, O and U; the first at most 7, since they hold 128 bits.</summary>
    private static bool IsUlid(ReadOnlySpan<char> segment) =>
        segment.Length == 26 && segment[0] is >= '0' and <= '7' && !segment.ContainsAnyExcept(Crockford);
}
