namespace Collector.Feedback;

/// <summary>The language in which a survey speaks to a visitor. The widget chooses alike in code of its own (<c>flow/language.ts</c>); a test holds the two together.</summary>
public static class SurveyLanguage
{
    private static readonly string[] RightToLeft = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

    /// <summary>The first language wanted that is offered, or else the first that is offered. There is always one: a survey is never hidden for its language.</summary>
    public static string Choose(IReadOnlyCollection<string> offered, IEnumerable<string> wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        return wanted
            .Select(language => offered.FirstOrDefault(one => one.Equals(language, StringComparison.OrdinalIgnoreCase))
                ?? offered.FirstOrDefault(one => LanguageTag.Primary(one) == LanguageTag.Primary(language)))
            .FirstOrDefault(match => match is not null) ?? offered.First();
    }

    /// <summary>The text in this language or, where it lacks, in one that it has.</summary>
    public static string In(IReadOnlyDictionary<string, string>? text, string language) =>
        text is null ? "" : text.TryGetValue(language, out var words) ? words : text.Values.FirstOrDefault("");

    /// <summary>The direction in which it is written, as HTML has it.</summary>
    public static string Direction(string language) => RightToLeft.Contains(LanguageTag.Primary(language)) ? "rtl" : "ltr";
}
