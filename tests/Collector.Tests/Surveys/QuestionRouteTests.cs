using System.Text.Json;
using System.Text.Json.Nodes;
using Collector.Feedback;
using Collector.Surveys;
using Collector.Tests.Support;

namespace Collector.Tests.Surveys;

/// <summary>The widget leads through a survey in its own code, a hosted page in the collector's. They go one way, in one language.</summary>
public sealed class QuestionRouteTests
{
    private const int Cases = 5_000;

    [Fact]
    public async Task TheWidgetAndAHostedPageGoOneWayInOneLanguage()
    {
        var some = new SomeAnswers(seed: 13);
        var cases = Enumerable.Range(0, Cases).Select(_ => some.Case()).ToList();
        var widgets = await WidgetCode.RunAsync("Surveys/route.mjs", new JsonArray([.. cases.Select(one => new JsonObject
        {
            ["survey"] = JsonSerializer.SerializeToNode(one.Survey, SurveysJson.Default.Survey),
            ["answers"] = new JsonArray([.. one.Answers.Select(answer => Json(answer.Key, answer.Value))]),
            ["wanted"] = new JsonArray([.. one.Wanted.Select(language => JsonValue.Create(language))]),
        })]));

        var (asked, passed) = (0, 0);
        var languages = new HashSet<string>();
        foreach (var (one, widget) in cases.Zip(widgets))
        {
            var questions = QuestionRoute.Asked(one.Survey.Questions, one.Answers);
            var language = SurveyLanguage.Choose([.. one.Survey.Questions[0].Text.Keys], one.Wanted);
            var ours = new JsonObject
            {
                ["asked"] = new JsonArray([.. questions.Select(question => JsonValue.Create(question.Id))]),
                ["language"] = language,
                ["direction"] = SurveyLanguage.Direction(language),
                ["texts"] = new JsonArray([.. questions.Select(question => JsonValue.Create(SurveyLanguage.In(question.Text, language)))]),
            };
            Assert.True(JsonNode.DeepEquals(ours, widget), $"{widget} is not {ours}: {JsonSerializer.Serialize(one)}");
            asked += questions.Count(question => question.When is not null);
            passed += one.Survey.Questions.Count - questions.Count;
            languages.Add(language);
        }

        // Chance has shown both, often.
        Assert.True(asked > Cases / 2 && passed > Cases / 2 && languages.Count > 4, $"{asked} {passed} {languages.Count}");
    }

    [Fact]
    public void WhatWasAskedBecauseOfAnotherAnswerIsAskedNoMore()
    {
        var questions = DefaultSurvey.Value.Questions;
        var answers = new Dictionary<string, GivenAnswer> { ["effort"] = new(2, null, null, null), ["reason"] = new(null, null, null, "The price") };

        Assert.Equal(["effort", "intent", "success", "reason"], QuestionRoute.Asked(questions, answers).Select(question => question.Id));
        answers["effort"] = new(7, null, null, null);
        Assert.Equal(["effort", "intent", "success"], QuestionRoute.Asked(questions, answers).Select(question => question.Id));
    }

    private static JsonObject Json(string question, GivenAnswer answer)
    {
        var json = new JsonObject { ["question"] = question };
        foreach (var (member, value) in new (string, JsonNode?)[]
        {
            ("score", answer.Score), ("choice", answer.Choice), ("text", answer.Text),
            ("choices", answer.Choices is null ? null : new JsonArray([.. answer.Choices.Select(choice => JsonValue.Create(choice))])),
        })
        {
            if (value is not null)
            {
                json[member] = value;
            }
        }

        return json;
    }
}
