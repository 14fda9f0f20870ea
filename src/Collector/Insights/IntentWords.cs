using System.Data.Common;
using Collector.Feedback;
using Collector.Sites;

namespace Collector.Insights;

/// <summary>What intents are called in a site's surveys.</summary>
internal sealed class IntentWords
{
    private readonly Dictionary<string, string> words = new(StringComparer.Ordinal);

    private IntentWords()
    {
    }

    /// <summary>The words for an intent; its name where no survey of the site has any.</summary>
    public string Of(string intent) => words.GetValueOrDefault(intent, intent);

    /// <summary>Reads them, in this language or else another, from the latest version of each survey, by its name; the first that knows an intent decides.</summary>
    public static async Task<IntentWords> ReadAsync(DbConnection connection, string site, SentenceLanguage language, CancellationToken cancellation)
    {
        var result = new IntentWords();
        foreach (var choice in (await LatestSurveys.ReadAsync(connection, site, cancellation))
            .SelectMany(survey => survey.Questions)
            .Where(question => question.Type == QuestionType.Intent)
            .SelectMany(question => question.Choices ?? [])
            .OrderByDescending(choice => choice.Text.ContainsKey(language.Tag)))
        {
            result.words.TryAdd(choice.Id, SurveyLanguage.In(choice.Text, language.Tag));
        }

        return result;
    }
}
