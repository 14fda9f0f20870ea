using Collector.Feedback;

namespace Collector.Tests.Feedback;

public sealed class SurveyLanguagesTests
{
    [Theory]
    [InlineData("nl en", "nl en|nl en", "nl en")]
    [InlineData("en nl", "nl en|nl en", "en nl")] // The site's order.
    [InlineData("en", "nl en|nl en", "en")]
    [InlineData("nl en", "nl en|en", "en")] // A language that not every question has is left out.
    [InlineData("fi sv", "nl en|en nl", "nl en")] // A site without a language of the survey gets all that it has.
    [InlineData("fi", "nl en|en", "en")]
    [InlineData("nl", "nl en|en", "en")] // Whole in another language is better than in parts.
    [InlineData("fi en", "nl en|de", "en")] // None is whole: those of the first question, the site's first.
    [InlineData("fi", "nl en|de", "nl en")]
    public void ASurveyIsAskedInTheLanguagesInWhichItIsWhole(string site, string questions, string spoken)
    {
        var survey = SurveyOf(questions).In(site.Split(' '));
        Assert.Equal(spoken.Split(' '), survey.Questions[0].Text.Keys);
        Assert.All(survey.Questions, question => Assert.NotEmpty(question.Text));
    }

    [Fact]
    public void ATextWithoutAnyOfTheseLanguagesKeepsAllItHas()
    {
        var survey = SurveyOf("ar|ar") with { Labels = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["close"] = Text("nl en"), ["name"] = Text("ar en") } };
        Assert.Equal(["nl", "en"], survey.In(["ar"]).Labels["close"].Keys);
        Assert.Equal(["ar"], survey.In(["ar"]).Labels["name"].Keys);
    }

    private static Survey SurveyOf(string questions) => new()
    {
        Id = "a",
        Version = 1,
        Show = new ShowRule(),
        Questions = [.. questions.Split('|').Select((languages, i) => new Question { Id = $"q{i}", Type = QuestionType.Comment, Text = Text(languages) })],
        Labels = new Dictionary<string, IReadOnlyDictionary<string, string>>(),
    };

    private static Dictionary<string, string> Text(string languages) => languages.Split(' ').ToDictionary(language => language, language => $"in {language}");
}
