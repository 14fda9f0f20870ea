using Collector.Feedback;
using Collector.Sites;

namespace Collector.Ingest.Hosted;

/// <summary>What the address of a hosted survey says, and the browser beside it.</summary>
internal static class HostedAddress
{
    private const int MostLanguages = 20;

    /// <summary>
    /// The URL of the page that the answers are about: the touchpoint, whose scheme may be left out. Without one they count for an address of their own below the site's first
    /// origin (or this collector's, where a site lists none), so that they are neither lost nor mixed with those of a page.
    /// </summary>
    public static string PageOf(string? touchpoint, Site site, string survey, HttpRequest request)
    {
        if (string.IsNullOrWhiteSpace(touchpoint))
        {
            return $"{site.AllowedOrigins.FirstOrDefault($"{request.Scheme}://{request.Host}").TrimEnd('/')}/s/{survey}";
        }

        var scheme = touchpoint.IndexOf("://", StringComparison.Ordinal);
        return scheme > 0 && touchpoint.AsSpan(0, scheme).Trim().IndexOfAnyExceptInRange('A', 'z') < 0 ? touchpoint : $"https://{touchpoint.Trim()}";
    }

    /// <summary>The languages that the visitor wants, the first one most: what the address says goes before what the browser says.</summary>
    public static IReadOnlyList<string> LanguagesOf(HttpRequest request, string? lang) =>
    [
        .. new[] { lang }.Where(LanguageTag.IsOne).OfType<string>(),
        .. request.GetTypedHeaders().AcceptLanguage
            .Take(MostLanguages)
            .Where(language => language.Quality is null or > 0)
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.ToString())
            .Where(LanguageTag.IsOne),
    ];
}
