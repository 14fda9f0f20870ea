using Collector.Dashboard.Shell;

namespace Collector.Dashboard.Surveys;

/// <summary>Says in the reader's language what the API's check finds. Some messages hold a name, which no list of translations can.</summary>
internal static class SurveyMessages
{
    private static readonly string[] WithNames =
    [
        "'{0}' has no such choice.",
        "No score of '{0}' can lie there.",
        "The site has no group {0}.",
        "A survey has one question of type {0}: the figures count one answer.",
    ];

    /// <summary>A message in the reader's language.</summary>
    public static string SayError(this Words words, string message)
    {
        foreach (var text in WithNames)
        {
            var parts = text.Split("{0}");
            if (message.StartsWith(parts[0], StringComparison.Ordinal) && message.EndsWith(parts[1], StringComparison.Ordinal))
            {
                return words.Say(text, message[parts[0].Length..^parts[1].Length]);
            }
        }

        return words.Say(message);
    }
}
