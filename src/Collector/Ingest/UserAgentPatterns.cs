using System.Buffers;
using System.Text.RegularExpressions;

namespace Collector.Ingest;

/// <summary>A list of what user agents are known by: texts that they contain, and patterns.</summary>
internal sealed record BotList(IReadOnlyList<string> Texts, IReadOnlyList<string> Patterns);

/// <summary>Matches any of a list.</summary>
internal sealed class UserAgentPatterns(BotList list, bool ignoreCase)
{
    // None of them needs more than the square of a short text's length; the limit is for the one that a later list may bring.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly SearchValues<string> texts = SearchValues.Create([.. list.Texts], ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    // Apart, because those that are about the beginning are tried there alone.
    private readonly Regex[] patterns =
    [
        .. list.Patterns
            .GroupBy(pattern => pattern.StartsWith('^'))
            .Select(group => new Regex(string.Join('|', group), RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None), Longest)),
    ];

    public bool Match(string userAgent) => userAgent.AsSpan().ContainsAny(texts) || Array.Exists(patterns, pattern => IsMatch(pattern, userAgent));

    private static bool IsMatch(Regex pattern, string userAgent)
    {
        try
        {
            return pattern.IsMatch(userAgent);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
