using System.Globalization;
using System.Text.RegularExpressions;

namespace Collector.Dashboard.Shell;

/// <summary>Says in the reader's language what the API's checks find. Some messages hold a name or a number, which no list of translations can.</summary>
internal static class ErrorMessages
{
    private static readonly IReadOnlyList<(string Text, Regex Pattern)> WithValues = [.. new[]
    {
        Words.Text("'{0}' has no such choice."),
        Words.Text("No score of '{0}' can lie there."),
        Words.Text("The site has no group {0}."),
        Words.Text("A survey has one question of type {0}: the figures count one answer."),
        Words.Text("Its contrast with {0} is {1} to 1; it must be at least {2}."),
    }.Select(text => (text, PatternOf(text)))];

    // Names of colours, which are values of a message.
    private static readonly HashSet<string> Names = [Words.Text("background"), Words.Text("accent")];

    /// <summary>A message in the reader's language.</summary>
    public static string SayError(this Words words, string message)
    {
        foreach (var (text, pattern) in WithValues)
        {
            if (pattern.Match(message) is { Success: true } match)
            {
                return words.Say(text, [.. match.Groups.Values.Skip(1).Select(value => Value(words, value.Value))]);
            }
        }

        return words.Say(message);
    }

    /// <summary>What is wrong with a field; null where nothing is.</summary>
    public static string? SayErrors(this Words words, IReadOnlyDictionary<string, string[]> errors, string field) =>
        errors.GetValueOrDefault(field) is { } messages ? string.Join(" ", messages.Select(words.SayError)) : null;

    // A number is written as the language does; a name that only looks like one, such as 007, stays.
    private static object Value(Words words, string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == value ? number
        : Names.Contains(value) ? words.Say(value)
        : value;

    private static Regex PatternOf(string text) =>
        new($"^{Regex.Replace(Regex.Escape(text), @"\\\{\d}", "(.+)", RegexOptions.None, TimeSpan.FromSeconds(1))}$", RegexOptions.None, TimeSpan.FromSeconds(1));
}
