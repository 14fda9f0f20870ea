using Collector.Sites;
using Collector.Statistics;

namespace Collector.Insights;

/// <summary>What is worth knowing of a touchpoint that is to be fixed, in plain sentences.</summary>
internal static class PriorityReasons
{
    /// <summary>The sentences about a touchpoint.</summary>
    /// <param name="here">What was answered there.</param>
    /// <param name="all">What was answered in the whole selection.</param>
    /// <param name="minimumAnswers">With fewer, the first sentence says so.</param>
    /// <param name="words">What intents are called.</param>
    /// <param name="language">The language.</param>
    public static IReadOnlyList<string> Of(TouchpointAnswers here, CellCount all, int minimumAnswers, IntentWords words, SentenceLanguage language)
    {
        var count = here.Sums.Count;
        var others = new CellCount(all.Answers - count.Answers, all.Difficult - count.Difficult);
        List<string> reasons = [];
        if (count.Answers < minimumAnswers)
        {
            reasons.Add(count.Answers == 1
                ? language.Say($"A single answer, so its place here says little", $"Eén antwoord, dus de plaats hier zegt weinig")
                : language.Say($"Only {count.Answers} answers, so its place here says little", $"Maar {count.Answers} antwoorden, dus de plaats hier zegt weinig"));
        }

        var share = Percent(count.Difficult, count.Answers);
        reasons.Add(others.Answers == 0
            ? language.Say($"{share} found it hard", $"{share} vond het moeilijk")
            : language.Say(
                $"{share} found it hard, against {Percent(others.Difficult, others.Answers)} elsewhere",
                $"{share} vond het moeilijk, tegen {Percent(others.Difficult, others.Answers)} elders"));

        if (here.DifficultByIntent.OrderByDescending(intent => intent.Value).ThenBy(intent => intent.Key, StringComparer.Ordinal).FirstOrDefault() is { Value: > 0 } most)
        {
            var (intent, hard) = (words.Of(most.Key), count.Difficult);
            reasons.Add(
                hard == 1 ? language.Say($"The one who found it hard came for “{intent}”", $"Wie het moeilijk vond, kwam voor “{intent}”")
                : most.Value == 1 ? language.Say($"1 of the {hard:#,0} who found it hard came for “{intent}”", $"1 van de {hard:#,0} die het moeilijk vonden, kwam voor “{intent}”")
                : language.Say(
                    $"{most.Value:#,0} of the {hard:#,0} who found it hard came for “{intent}”",
                    $"{most.Value:#,0} van de {hard:#,0} die het moeilijk vonden, kwamen voor “{intent}”"));
        }

        if (here.Told > 0)
        {
            reasons.Add(language.Say(
                $"It worked out for {Percent(here.Worked, here.Told)} of {here.Told:#,0} who told",
                $"Het lukte {Percent(here.Worked, here.Told)} van de {here.Told:#,0} die het vertelden"));
        }

        return reasons;
    }

    private static string Percent(long count, long of) => SentenceLanguage.Percent(new Proportion(count, of).Share);
}
