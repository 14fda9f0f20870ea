using System.Text.Json.Nodes;
using Collector.Feedback;
using Collector.Surveys;
using Collector.Tests.Support;

namespace Collector.Tests.Surveys;

public sealed class StandardQuestionsTests(RunningCollector collector)
{
    private static readonly string[] Names = ["single-ease", "ces-2", "ces-1", "nps", "csat", "success", "intent", "reason"];

    [Fact]
    public void EachIsWholeInFourLanguages()
    {
        foreach (var language in (string[])["nl", "en", "de", "fr"])
        {
            foreach (var name in Names)
            {
                var errors = new FieldErrors();
                var questions = StandardQuestions.Fill([new QuestionDraft { Standard = name }], "Shop", informal: language == "nl", errors);
                var blank = new Survey { Id = "a", Version = 1, Show = new ShowRule(), Questions = [], Labels = StandardQuestions.Labels(informal: false) };
                var survey = SurveyCheck.Apply(new SurveyDraft { Questions = questions, Labels = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["tab"] = new Dictionary<string, string> { [language] = "Zeg het" } } }, blank, language, errors);
                Assert.False(errors.Any, $"{name} {language}: {string.Join(' ', errors.ToDictionary().Keys)}");
                Assert.DoesNotContain("{", survey.Questions[0].Text[language], StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void TheDefaultSurveyAsksTheStandardQuestions()
    {
        var standard = StandardQuestions.Fill([.. ((string[])["single-ease", "intent", "success", "reason"]).Select(name => new QuestionDraft { Standard = name })], "Shop", informal: false, new FieldErrors())!;
        Assert.Equal(DefaultSurvey.Value.Questions.Select(question => question.Id), standard.Select(question => question.Id));
        foreach (var (question, draft) in DefaultSurvey.Value.Questions.Zip(standard))
        {
            Assert.Equal(question.Text, draft.Text);
            Assert.Equal(question.Low, draft.Low);
            Assert.Equal(question.High, draft.High);
            Assert.Equal(question.Choices?.Select(choice => (choice.Id, choice.Text["fr"])), draft.Choices?.Select(choice => (choice.Id!, choice.Text!["fr"])));
        }
    }

    [Fact]
    public async Task ASiteThatSaysJeAsksSo()
    {
        var surveys = new TestSurveys(await collector.NewSiteAsync(new JsonObject { ["name"] = "Bakker Bart", ["informal"] = true }));
        var survey = await surveys.AddAsync("a", questions: string.Join(", ", Names.Where(name => !name.StartsWith("ces", StringComparison.Ordinal)).Select(name => $$"""{ "standard": "{{name}}" }""")));
        var dutch = survey["questions"]!.AsArray().Select(question => (string?)question!["text"]!["nl"]).Concat(survey["labels"]!.AsObject().Select(label => (string?)label.Value!["nl"])).ToList();

        Assert.Contains("Hoe waarschijnlijk is het dat je Bakker Bart zou aanbevelen aan een vriend of collega?", dutch);
        Assert.Contains("Dank je wel. Hier worden we beter van.", dutch);
        Assert.DoesNotContain(dutch, text => text!.Split(' ', '.', '?').Any(word => word is "u" or "U" or "uw" or "Uw"));
        Assert.Equal("How satisfied are you with your visit today?", (string?)survey["questions"]![2]!["text"]!["en"]);
    }

    [Fact]
    public void AnOwnWordIsLaidOverTheStandardOnesAndAScaleKeepsItsEasyEnd()
    {
        var draft = StandardQuestions.Fill(
            [
                new QuestionDraft { Standard = "ces-1", Id = "moeite", Scale = new ScaleDraft { Max = 7 }, Text = new Dictionary<string, string> { ["nl"] = "Kostte het moeite?" } },
                new QuestionDraft { Id = "raden", Type = QuestionType.Nps, Text = new Dictionary<string, string> { ["nl"] = "Raadt u ons aan?" } },
            ],
            "Shop",
            informal: false,
            new FieldErrors())!;
        Assert.Equal(("moeite", "Kostte het moeite?", "Very low"), (draft[0].Id, draft[0].Text!["nl"], draft[0].Low!["en"]));
        Assert.Equal(new ScaleDraft { Min = 1, Max = 7, Easy = EasyEnd.Low }, draft[0].Scale);
        Assert.Equal("Heel waarschijnlijk", draft[1].High!["nl"]);
        Assert.Single(draft[1].Text!);
    }
}
