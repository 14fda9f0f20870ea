using System.Globalization;
using Collector.Feedback;

namespace Collector.Dashboard.Surveys;

/// <summary>A condition in one field: <c>effort below 4</c>, <c>success not yes</c>. Names have no spaces.</summary>
internal static class ConditionText
{
    /// <summary>Writes one.</summary>
    public static string Of(Condition condition) => condition switch
    {
        { Below: { } score } => string.Create(CultureInfo.InvariantCulture, $"{condition.Question} below {score}"),
        { Above: { } score } => string.Create(CultureInfo.InvariantCulture, $"{condition.Question} above {score}"),
        { Is: { } choice } => $"{condition.Question} is {choice}",
        _ => $"{condition.Question} not {condition.Not}",
    };

    /// <summary>Reads one; null when it is none.</summary>
    public static Condition? Read(string text) => text.Split(' ') switch
    {
        [var question, "below", var score] when int.TryParse(score, NumberStyles.None, CultureInfo.InvariantCulture, out var below) => new Condition(question, Below: below),
        [var question, "above", var score] when int.TryParse(score, NumberStyles.None, CultureInfo.InvariantCulture, out var above) => new Condition(question, Above: above),
        [var question, "is", var choice] => new Condition(question, Is: choice),
        [var question, "not", var choice] => new Condition(question, Not: choice),
        _ => null,
    };
}
