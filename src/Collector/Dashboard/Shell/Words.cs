using System.Globalization;
using System.Text.Json;
using Collector.Feedback;

namespace Collector.Dashboard.Shell;

/// <summary>
/// What the pages say. They are written in English, where they say it; the files <c>*.nl.json</c> beside them hold the same in Dutch. A test holds the two together.
/// </summary>
public sealed class Words
{
    private static readonly Words English = new("en", CultureInfo.GetCultureInfo("en-GB"), []);
    private static readonly Words Dutch = new("nl", CultureInfo.GetCultureInfo("nl-NL"), ReadDutch());

    private readonly Dictionary<string, string> translations;

    private Words(string language, CultureInfo culture, Dictionary<string, string> translations) =>
        (Language, Culture, this.translations) = (language, culture, translations);

    /// <summary>The languages that there are.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "nl"];

    /// <summary>Its BCP 47 tag: <c>en</c> or <c>nl</c>.</summary>
    public string Language { get; }

    /// <summary>How dates and numbers are written in it.</summary>
    public CultureInfo Culture { get; }

    /// <summary>The words of a language; English for one that is not there.</summary>
    public static Words In(string? language) => language == "nl" ? Dutch : English;

    /// <summary>The language of somebody who has not signed in: what the address says, or else the browser.</summary>
    public static string LanguageOf(HttpRequest request) =>
        request.Query["lang"].ToString() is "en" or "nl" ? request.Query["lang"].ToString()
        : SurveyLanguage.Choose([.. Languages], request.GetTypedHeaders().AcceptLanguage.OrderByDescending(each => each.Quality ?? 1).Select(each => each.Value.ToString()));

    /// <summary>Marks a text that is said elsewhere, so that the test of the translations finds it.</summary>
    public static string Text(string text) => text;

    /// <summary>A text in this language.</summary>
    public string Say(string text) => translations.GetValueOrDefault(text, text);

    /// <summary>A text with values in it, which are written as the language does.</summary>
    public string Say(string text, params object?[] values) => string.Format(Culture, Say(text), values);

    private static Dictionary<string, string> ReadDutch()
    {
        var assembly = typeof(Words).Assembly;
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".nl.json", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var (english, dutch) in JsonSerializer.Deserialize(stream, DashboardJson.Default.DictionaryStringString)!)
            {
                all[english] = dutch;
            }
        }

        return all;
    }
}
