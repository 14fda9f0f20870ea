using System.Text.Json.Serialization;

namespace Collector.Feedback;

/// <summary>One version of a survey: its questions, when it is shown, and the words around them. A version never changes.</summary>
public sealed record Survey
{
    /// <summary>Its name, unique in the site.</summary>
    public required string Id { get; init; }

    /// <summary>Its version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>Of several surveys that a visitor could be asked, the one with the highest shows; of the same, the first by id.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Priority { get; init; }

    /// <summary>Whom it is for; everybody, when left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Where? Where { get; init; }

    /// <summary>What makes it show.</summary>
    public required ShowRule Show { get; init; }

    /// <summary>How often it asks; always, when left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Often? Often { get; init; }

    /// <summary>What it asks, in order.</summary>
    public required IReadOnlyList<Question> Questions { get; init; }

    /// <summary>The words around the questions (<c>close</c>, <c>send</c>, <c>thanks</c> …), each per language.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Labels { get; init; }

    /// <summary>The place of a question among the others; -1 when the survey does not have it.</summary>
    public int PositionOf(string question)
    {
        var position = Questions.Count - 1;
        while (position >= 0 && Questions[position].Id != question)
        {
            position--;
        }

        return position;
    }

    /// <summary>
    /// The survey with its texts in the languages that it can be asked in, and no others: those of its site in which every question has its text, in
    /// their order; where there are none, any others that are whole; where none is, all of the first question, so that a survey is never hidden for
    /// its language. A text that has none of them keeps all it has.
    /// </summary>
    public Survey In(IReadOnlyList<string> languages)
    {
        ArgumentNullException.ThrowIfNull(languages);
        List<string> own = [.. languages.Where(Questions[0].Text.ContainsKey), .. Questions[0].Text.Keys.Except(languages)];
        var whole = own.FindAll(language => Questions.All(question => question.Text.ContainsKey(language)));
        List<string> spoken = whole.Count > 0 ? whole : own;
        return OnlyIn(spoken.Exists(languages.Contains) ? spoken.FindAll(languages.Contains) : spoken);
    }

    private Survey OnlyIn(List<string> languages) => this with
    {
        Questions = [.. Questions.Select(question => question with
        {
            Text = Only(question.Text, languages),
            Low = question.Low is null ? null : Only(question.Low, languages),
            High = question.High is null ? null : Only(question.High, languages),
            Choices = question.Choices?.Select(choice => choice with { Text = Only(choice.Text, languages) }).ToList(),
        })],
        Labels = Labels.ToDictionary(label => label.Key, label => Only(label.Value, languages)),
    };

    private static IReadOnlyDictionary<string, string> Only(IReadOnlyDictionary<string, string> text, List<string> languages) =>
        languages.Exists(text.ContainsKey)
            ? languages.Where(text.ContainsKey).ToDictionary(language => language, language => text[language])
            : text;

    /// <summary>The question of this name, if the survey has it.</summary>
    public Question? Find(string question) => PositionOf(question) is >= 0 and var position ? Questions[position] : null;
}
