using System.Net;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Ingest;

/// <summary>Answers to questions of every type come in, and are stored whole.</summary>
public sealed class AnswerTypesTests(RunningCollector collector)
{
    private const string Questions =
        """
        { "standard": "ces-1" }, { "standard": "nps" }, { "standard": "csat" },
        { "id": "stars", "type": "rating", "text": { "nl": "Hoe?" }, "low": { "nl": "Slecht" }, "high": { "nl": "Goed" } },
        { "id": "one", "type": "choice", "text": { "nl": "Wat?" }, "choices": [ { "id": "a", "text": { "nl": "A" } }, { "id": "b", "text": { "nl": "B" } } ] },
        { "id": "some", "type": "choices", "text": { "nl": "Wat?" }, "choices": [ { "id": "a", "text": { "nl": "A" } }, { "id": "b", "text": { "nl": "B" } }, { "id": "other", "text": { "nl": "C" } } ] }
        """;

    [Fact]
    public async Task AnAnswerToEachTypeIsStored()
    {
        var site = await SiteAsync();
        var response = Response(site, """{ "question": "some", "choices": ["other", "a"], "text": "Anders" }""");
        await site.StoreAsync(response);

        // The same choices in another order are the same content of the same revision.
        await site.StoreAsync(response.With("answers", Answers("""{ "question": "some", "choices": ["a", "other"], "text": "Anders" }""")));
        Assert.Equal(HttpStatusCode.Conflict, (await site.PostAsync(response.With("answers", Answers("""{ "question": "some", "choices": ["a"] }""")))).Status);

        // Low is easy: on five points, a 2 has the ease of a 4.
        var ces = await site.CesAsync("survey=all");
        Assert.Equal((1, 4.0), ((int)ces["answers"]!, (double)ces["mean"]!));
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Theory]
    [InlineData("""{ "question": "some", "choices": "a" }""", "/answers/5/choices")]
    [InlineData("""{ "question": "some", "choices": ["a", 1] }""", "/answers/5/choices")]
    [InlineData("""{ "question": "some", "choices": [["a"]] }""", "/answers/5/choices")]
    [InlineData("""{ "question": "some", "choices": [] }""", "/answers/5/choices")]
    [InlineData("""{ "question": "some", "choices": ["a", "c"] }""", "/answers/5/choices/1")]
    [InlineData("""{ "question": "some", "choice": "a", "choices": null }""", "/answers/5/choice", "/answers/5/choices")]
    [InlineData("""{ "question": "some", "choices": ["a"], "choices": ["b"] }""", "/answers/5/choices")]
    public async Task AWrongOneIsNamed(string answer, params string[] wrong)
    {
        var site = await SiteAsync();
        Assert.Equal(wrong, (await site.PostAsync(Response(site, answer))).WrongFields);
    }

    private async Task<TestSite> SiteAsync()
    {
        var site = await collector.NewSiteAsync();
        await new TestSurveys(site).AddAsync("all", questions: Questions);
        return site;
    }

    private static SomeResponse Response(TestSite site, string some) => site.Response().With("survey", "all").With("answers", Answers(some));

    private static JsonNode Answers(string some) => JsonNode.Parse(
        $$"""
        [ { "question": "effort", "score": 2 }, { "question": "nps", "score": 0 }, { "question": "csat", "score": 5 }, { "question": "stars", "score": 1 },
          { "question": "one", "choice": "b" }, {{some}} ]
        """,
        documentOptions: new() { AllowDuplicateProperties = true })!;
}
