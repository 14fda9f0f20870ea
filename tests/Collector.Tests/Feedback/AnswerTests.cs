using Collector.Feedback;

namespace Collector.Tests.Feedback;

public sealed class AnswerTests
{
    private static readonly Dictionary<string, string> Text = new() { ["en"] = "What?" };
    private static readonly Choice[] Choices = [new("a", Text), new("b", Text), new("other", Text)];

    [Theory]
    [InlineData(QuestionType.Nps, 0, null)]
    [InlineData(QuestionType.Nps, 10, null)]
    [InlineData(QuestionType.Nps, 11, "/score")]
    [InlineData(QuestionType.Csat, 5, null)]
    [InlineData(QuestionType.Csat, 0, "/score")]
    [InlineData(QuestionType.Csat, 6, "/score")]
    [InlineData(QuestionType.Rating, 3, null)]
    [InlineData(QuestionType.Rating, 4, "/score")]
    [InlineData(QuestionType.Effort, 8, "/score")]
    [InlineData(QuestionType.Choice, 1, "/choice,/score")]
    [InlineData(QuestionType.Choices, 1, "/choices,/score")]
    [InlineData(QuestionType.Comment, 1, "/score,/text")]
    public void AScoreLiesOnItsScale(QuestionType type, int score, string? wrong) => Assert.Equal(wrong ?? "", Wrong(type, new GivenAnswer(score, null, null, null)));

    [Theory]
    [InlineData(QuestionType.Choice, "a", null, null)]
    [InlineData(QuestionType.Choice, "c", null, "/choice")]
    [InlineData(QuestionType.Choice, "a", "words", "/text")]
    [InlineData(QuestionType.Choice, "other", "words", null)]
    [InlineData(QuestionType.Nps, "a", null, "/choice,/score")]
    [InlineData(QuestionType.Choices, "a", null, "/choice,/choices")]
    public void AChoiceIsOneOfThem(QuestionType type, string choice, string? text, string? wrong) => Assert.Equal(wrong ?? "", Wrong(type, new GivenAnswer(null, choice, null, text)));

    [Theory]
    [InlineData("a b", null, null)]
    [InlineData("a other", "words", null)]
    [InlineData("a b", "words", "/text")]
    [InlineData("a c d", null, "/choices/1,/choices/2")]
    [InlineData("a b a", null, "/choices")]
    [InlineData("", null, "/choices")]
    public void SeveralChoicesAreEachOneOfThem(string choices, string? text, string? wrong) =>
        Assert.Equal(wrong ?? "", Wrong(QuestionType.Choices, new GivenAnswer(null, null, choices.Split(' ', StringSplitOptions.RemoveEmptyEntries), text)));

    [Fact]
    public void TheSameChoicesAreTheSameAnswer() =>
        Assert.Equal(["a", "other"], Answer.Check(QuestionOf(QuestionType.Choices), new GivenAnswer(null, null, ["other", "a"], "Mail a@b.example"), scrub: true, "", new FieldErrors())!.Choices);

    [Theory]
    [InlineData("/choice", QuestionType.Choice)]
    [InlineData("/choices", QuestionType.Choices)]
    [InlineData("/score", QuestionType.Rating)]
    [InlineData("/text", QuestionType.Comment)]
    public void AnAnswerIsNeeded(string wrong, QuestionType type) => Assert.Equal(wrong, Wrong(type, default));

    [Fact]
    public void EachTypeHasARule()
    {
        foreach (var type in Enum.GetValues<QuestionType>())
        {
            Assert.NotEqual("", Wrong(type, default));
        }
    }

    private static string Wrong(QuestionType type, GivenAnswer given)
    {
        var errors = new FieldErrors();
        var answer = Answer.Check(QuestionOf(type), given, scrub: true, "", errors);
        Assert.Equal(errors.Any, answer is null);
        return string.Join(',', errors.ToDictionary().Keys.Order(StringComparer.Ordinal));
    }

    private static Question QuestionOf(QuestionType type) => new()
    {
        Id = "q",
        Type = type,
        Text = Text,
        Scale = type switch
        {
            QuestionType.Effort => new Scale(1, 7, EasyEnd.High),
            QuestionType.Nps => new Scale(0, 10, EasyEnd.High),
            QuestionType.Csat => new Scale(1, 5, EasyEnd.High),
            QuestionType.Rating => new Scale(1, 3, EasyEnd.High),
            _ => null,
        },
        Choices = type is QuestionType.Intent or QuestionType.Success or QuestionType.Choice or QuestionType.Choices ? Choices : null,
    };
}
