using Collector.Feedback;

namespace Collector.Tests.Surveys;

/// <summary>A survey, a visitor's answers and languages by chance, but the same for the same seed.</summary>
internal sealed record SomeCase(Survey Survey, IReadOnlyDictionary<string, GivenAnswer> Answers, IReadOnlyList<string> Wanted);

/// <inheritdoc cref="SomeCase"/>
internal sealed class SomeAnswers(int seed)
{
    private static readonly string[] Languages = ["nl", "en", "pt-BR", "ar-EG", "ckb", "arn"];
    private static readonly string[] Wanted = ["NL", "en-GB", "pt", "pt-br", "ar", "fi", "ckb"];
    private static readonly string[] Choices = ["x", "y", "other"];

    private readonly Random random = new(seed);

    public SomeCase Case()
    {
        var languages = Some(Languages, 1);
        var questions = new List<Question>();
        for (var i = random.Next(2, 6); i > 0; i--)
        {
            questions.Add(Question($"q{questions.Count}", questions, languages));
        }

        var survey = new Survey
        {
            Id = "s",
            Version = 1,
            Show = new ShowRule(),
            Questions = questions,
            Labels = new Dictionary<string, IReadOnlyDictionary<string, string>>(),
        };
        var answers = questions.Where(_ => random.Next(4) > 0).ToDictionary(question => question.Id, Answer);
        return new SomeCase(survey, answers, Some(Wanted, 0));
    }

    private Question Question(string id, List<Question> earlier, string[] languages)
    {
        var type = OneOf(Enum.GetValues<QuestionType>());
        var scale = type.HasScore() ? new Scale(random.Next(2), random.Next(5, 11), OneOf(Enum.GetValues<EasyEnd>())) : null;
        return new Question
        {
            Id = id,
            Type = type,
            // Now and then a language lacks.
            Text = languages.Where((_, i) => i == 0 || random.Next(5) > 0).ToDictionary(language => language, language => $"{id} in {language}"),
            Scale = scale,
            Choices = type.HasChoices() ? [.. Choices.Select(choice => new Choice(choice, new Dictionary<string, string> { ["en"] = choice }))] : null,
            When = earlier.Count == 0 || random.Next(3) == 0 ? null : [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Condition(OneOf([.. earlier])))],
        };
    }

    private Condition Condition(Question asked) => asked.Scale is not null
        ? random.Next(2) == 0 ? new Condition(asked.Id, Below: random.Next(1, 8)) : new Condition(asked.Id, Above: random.Next(1, 8))
        : random.Next(2) == 0 ? new Condition(asked.Id, Is: OneOf(Choices)) : new Condition(asked.Id, Not: OneOf(Choices));

    private GivenAnswer Answer(Question question) => question switch
    {
        { Scale: { } scale } => new GivenAnswer(random.Next(scale.Min, scale.Max + 1), null, null, null),
        { Type: QuestionType.Choices } => new GivenAnswer(null, null, Some(Choices, 1), null),
        { Type: QuestionType.Comment } => new GivenAnswer(null, null, null, "Words"),
        _ => new GivenAnswer(null, OneOf(Choices), null, null),
    };

    private T[] Some<T>(T[] values, int least) => [.. values.OrderBy(_ => random.Next()).Take(random.Next(least, values.Length + 1))];

    private T OneOf<T>(T[] values) => values[random.Next(values.Length)];
}
