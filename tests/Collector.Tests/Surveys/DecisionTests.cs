using System.Text.Json;
using System.Text.Json.Nodes;
using Collector.Feedback;
using Collector.Surveys;
using Collector.Tests.Support;

namespace Collector.Tests.Surveys;

/// <summary>The page decides in the widget's code, the explanation in the collector's. They are one decision, written twice.</summary>
public sealed class DecisionTests
{
    private const int Sites = 400, VisitorsOfEach = 50;

    [Fact]
    public async Task TheWidgetAndTheExplanationDecideAlike()
    {
        var some = new SomeVisitors(seed: 4);
        var cases = Enumerable.Range(0, Sites)
            .Select(_ => (Surveys: some.Surveys(), Visitors: Enumerable.Range(0, VisitorsOfEach).Select(_ => some.Visitor()).ToList()))
            .ToList();
        var widgets = await WidgetCode.RunAsync("Surveys/decide.mjs", new JsonArray([.. cases.Select(site => new JsonObject
        {
            ["surveys"] = new JsonArray([.. site.Surveys.Select(survey => JsonSerializer.SerializeToNode(survey, SurveysJson.Default.Survey))]),
            ["visitors"] = new JsonArray([.. site.Visitors.Select(visitor => SomeVisitors.Json(visitor.Address, visitor.Facts))]),
        })]));

        var i = 0;
        var outcomes = new Dictionary<(string Rule, bool Passed), int>();
        var winners = 0;
        foreach (var (surveys, visitors) in cases)
        {
            foreach (var (address, facts) in visitors)
            {
                var (widget, ours) = (widgets[i++]!, Decision.Of(surveys, facts));
                var context = $"{address} {JsonSerializer.Serialize(surveys.Select(survey => new { survey.Id, survey.Where, survey.Show, survey.Often }))}";
                Assert.True(facts.Page.ToString() == (string?)widget["page"], $"{widget["page"]} is not {facts.Page}: {address}");
                Assert.True(ours.Winner == (string?)widget["winner"] && ours.Winner == (string?)widget["chosen"], $"{widget["winner"]} is not {ours.Winner}: {context}");
                Assert.True(Written(ours) == Written(widget), $"{Written(widget)} is not {Written(ours)}: {context}");
                winners += ours.Winner is null ? 0 : 1;
                foreach (var rule in ours.Surveys.SelectMany(survey => survey.Rules))
                {
                    outcomes[(rule.Rule, rule.Passed)] = outcomes.GetValueOrDefault((rule.Rule, rule.Passed)) + 1;
                }
            }
        }

        // Chance has shown each rule both ways, often.
        Assert.Equal(widgets.Count, i);
        Assert.Equal(2 * 13, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.True(outcome.Value > 100, $"{outcome.Key} only {outcome.Value} times"));
        Assert.InRange(winners, i / 10, i * 9 / 10);
    }

    private static string Written(Decision decision) => string.Join("; ", decision.Surveys.Select(survey =>
        $"{survey.Survey}: {string.Join(' ', survey.Rules.Select(rule => $"{rule.Rule}={rule.Passed}"))}"));

    private static string Written(JsonNode decision) => string.Join("; ", decision["surveys"]!.AsArray().Select(survey =>
        $"{(string?)survey!["survey"]}: {string.Join(' ', survey["rules"]!.AsArray().Select(rule => $"{(string?)rule!["rule"]}={(bool)rule["passed"]!}"))}"));
}
