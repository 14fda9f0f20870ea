using System.Text.Json;
using Collector.Feedback;

namespace Collector.Ingest.Hosted;

/// <summary>What the pages of hosted surveys say of themselves; a survey's own words come with the survey.</summary>
internal static class PageTexts
{
    private const string Default = "en";

    private static readonly Dictionary<string, Dictionary<string, string>> All = Read();

    /// <summary>A text in the first of these languages that it is there in, or else in English.</summary>
    public static PageText In(IEnumerable<string> languages, string name)
    {
        var language = SurveyLanguage.Choose([.. All[name].Keys.OrderBy(one => one != Default)], languages);
        return new PageText(All[name][language], language);
    }

    private static Dictionary<string, Dictionary<string, string>> Read()
    {
        using var stream = typeof(PageTexts).Assembly.GetManifestResourceStream("page-texts.json")!;
        return JsonSerializer.Deserialize(stream, IngestJson.Default.DictionaryStringDictionaryStringString)!;
    }
}

/// <summary>A text of a page.</summary>
/// <param name="Words">What it says.</param>
/// <param name="Language">The language that it says it in, which need not be the survey's.</param>
public sealed record PageText(string Words, string Language);
