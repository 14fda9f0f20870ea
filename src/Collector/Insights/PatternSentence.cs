using Collector.Sites;

namespace Collector.Insights;

/// <summary>A pattern in one plain sentence.</summary>
internal static class PatternSentence
{
    /// <summary>The sentence.</summary>
    /// <param name="cell">The pattern.</param>
    /// <param name="intent">What its visitors came for, in words.</param>
    /// <param name="language">The language.</param>
    public static string Of(TestedCell cell, string? intent, SentenceLanguage language)
    {
        var touchpoint = cell.Touchpoint is { } name ? language.Name(name) : null;
        var share = SentenceLanguage.Percent(cell.Test.Share.GetValueOrDefault());
        var rest = SentenceLanguage.Percent(cell.Test.Rest.GetValueOrDefault());
        var often = HowOften(cell, language);
        var answers = cell.Test.Answers;
        return (touchpoint, intent) switch
        {
            ({ } place, { } aim) => language.Say(
                $"On {place}, visitors who came for “{aim}” found it hard {often} others, {share} against {rest}; {answers:#,0} answers",
                $"Op {place} vonden bezoekers die kwamen voor “{aim}” het {often} anderen, {share} tegen {rest}; {answers:#,0} antwoorden"),
            (null, { } aim) => language.Say(
                $"Visitors who came for “{aim}” found it hard {often} others, {share} against {rest}; {answers:#,0} answers",
                $"Bezoekers die kwamen voor “{aim}” vonden het {often} anderen, {share} tegen {rest}; {answers:#,0} antwoorden"),
            var (place, _) => language.Say(
                $"On {place}, visitors found it hard {often} elsewhere, {share} against {rest}; {answers:#,0} answers",
                $"Op {place} vonden bezoekers het {often} elders, {share} tegen {rest}; {answers:#,0} antwoorden"),
        };
    }

    // "1.0 times as often" would say nothing, and of what is rarer people say "less often".
    private static string HowOften(TestedCell cell, SentenceLanguage language) => cell.Test switch
    {
        { Residual: < 0 } => language.Say($"less often than", $"minder vaak moeilijk dan"),
        { Lift: >= 1.05 and var lift } => language.Say($"{lift:0.#} times as often as", $"{lift:0.#} keer zo vaak moeilijk als"),
        _ => language.Say($"more often than", $"vaker moeilijk dan"),
    };
}
