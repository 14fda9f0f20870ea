using System.Net;
using Collector.Tests.Support;

namespace Collector.Tests.Sites;

/// <summary>What is wrong with a survey is told by where it stands, all of it at once.</summary>
public sealed class SurveyCheckTests(RunningCollector collector)
{
    private const string Good = """{ "standard": "single-ease" }""";

    [Theory]
    [InlineData("""{}""", "/id", "/questions")]
    [InlineData("""{ "id": "Check out", "questions": [ { "standard": "nps" } ] }""", "/id")]
    [InlineData("""{ "id": "survey", "questions": [ { "standard": "nps" } ] }""", "/id")]
    [InlineData("""{ "id": "a", "questions": [] }""", "/questions")]
    [InlineData("""{ "id": "a", "questions": [ null, {} ] }""", "/questions/0", "/questions/1/id", "/questions/1/type")]
    [InlineData("""{ "id": "a", "state": "paused", "priority": 1001, "questions": [ { "standard": "nps" } ] }""", "/priority", "/state")]
    [InlineData("""{ "id": "a", "questions": [ { "standard": "nps" } ], "version": 3 }""", "/version")]
    public async Task ASurvey(string body, params string[] wrong) => Assert.Equal(wrong, (await SendAsync(body)).WrongFields);

    [Theory]
    [InlineData("""{ "standard": "ces-3" }""", "/id", "/standard", "/type")]
    [InlineData("""{ "standard": "nps", "type": "csat" }""", "/type")]
    [InlineData("""{ "id": "a b", "type": "comment", "text": { "nl": "Wat?" } }""", "/id")]
    [InlineData("""{ "id": "effort", "type": "comment", "text": { "nl": "Wat?" } }""", "/id")]
    [InlineData("""{ "id": "again", "standard": "ces-1" }""", "/type")]
    [InlineData("""{ "id": "a", "type": "comment" }""", "/text")]
    [InlineData("""{ "id": "a", "type": "comment", "text": { "en": "What?" } }""", "/text/nl")]
    [InlineData("""{ "id": "a", "type": "comment", "text": { "nl": "", "en_GB": "What?" } }""", "/text/en_GB", "/text/nl")]
    [InlineData("""{ "id": "a", "type": "comment", "text": { "nl": null } }""", "/text/nl")]
    [InlineData("""{ "id": "a", "type": "comment", "text": { "nl": "Wat?" }, "scale": {}, "low": {}, "high": {}, "choices": [] }""", "/choices", "/high", "/low", "/scale")]
    [InlineData("""{ "id": "a", "type": "rating", "text": { "nl": "Hoe?" } }""", "/high", "/low")]
    [InlineData("""{ "id": "a", "type": "rating", "text": { "nl": "Hoe?" }, "low": { "nl": "Slecht" }, "high": { "nl": "Goed" }, "scale": { "max": 11 } }""", "/scale")]
    [InlineData("""{ "id": "a", "type": "rating", "text": { "nl": "Hoe?" }, "low": { "nl": "Slecht" }, "high": { "nl": "Goed" }, "scale": { "min": 5 } }""", "/scale")]
    [InlineData("""{ "standard": "nps", "scale": { "min": 1 } }""", "/scale")]
    [InlineData("""{ "standard": "csat", "scale": { "easy": "low" } }""", "/scale")]
    [InlineData("""{ "id": "a", "type": "choice", "text": { "nl": "Wat?" } }""", "/choices")]
    [InlineData("""{ "id": "a", "type": "choices", "text": { "nl": "Wat?" }, "choices": [ { "id": "x", "text": { "nl": "X" } } ] }""", "/choices")]
    [InlineData("""{ "id": "a", "type": "choice", "text": { "nl": "Wat?" }, "choices": [ { "id": "x", "text": { "nl": "X" } }, { "id": "x", "text": { "en": "X" } }, null ] }""", "/choices/1/id", "/choices/1/text/nl", "/choices/2/id", "/choices/2/text")]
    [InlineData("""{ "id": "a", "type": "success", "text": { "nl": "Ja?" }, "choices": [ { "id": "yes", "text": { "nl": "Ja" } }, { "id": "maybe", "text": { "nl": "Nou" } } ] }""", "/choices", "/choices/1/id")]
    [InlineData("""{ "standard": "reason", "when": [ null, { "question": "effort" }, { "question": "effort", "below": 4, "not": "yes" } ] }""", "/when/0", "/when/1", "/when/2")]
    [InlineData("""{ "standard": "reason", "when": [ { "question": "reason", "is": "x" }, { "question": "later", "below": 4 } ] }""", "/when/0/question", "/when/1/question")]
    [InlineData("""{ "standard": "reason", "when": [ { "question": "effort", "is": "yes" }, { "question": "effort", "not": "yes" } ] }""", "/when/0/is", "/when/1/not")]
    [InlineData("""{ "standard": "reason", "when": [ { "question": "effort", "below": 1 }, { "question": "effort", "above": 7 }, { "question": "effort", "below": 8 } ] }""", "/when/0/below", "/when/1/above", "/when/2/below")]
    public async Task AQuestion(string question, params string[] wrong)
    {
        var reply = await SendAsync($$"""{ "id": "a", "questions": [ {{Good}}, {{question}} ] }""");
        Assert.Equal(wrong.Select(field => $"/questions/1{field}"), reply.WrongFields);
    }

    [Theory]
    [InlineData(""" "where": { "include": ["/a*", null], "exclude": ["https://shop.example/"] }""", "/where/exclude/0", "/where/include/0", "/where/include/1")]
    [InlineData(""" "where": { "devices": ["watch"] }""", "/where/devices/0")]
    [InlineData(""" "where": { "languages": ["nl-BE"] }""", "/where/languages")]
    [InlineData(""" "where": { "tags": { "a b": ["x"], "none": [], "null": null, "empty": [""] } }""", "/where/tags/a b", "/where/tags/empty", "/where/tags/none", "/where/tags/null")]
    [InlineData(""" "show": { "afterSeconds": -1, "scroll": 101, "inactiveSeconds": 0, "pages": 0, "click": "", "event": "\u0007" }""", "/show/afterSeconds", "/show/click", "/show/event", "/show/inactiveSeconds", "/show/pages", "/show/scroll")]
    [InlineData(""" "often": { "share": 1.1, "perDay": 0, "quietDaysAfterAnswer": -1, "quietDaysAfterDismissal": 3651 }""", "/often/perDay", "/often/quietDaysAfterAnswer", "/often/quietDaysAfterDismissal", "/often/share")]
    [InlineData(""" "labels": { "hello": { "nl": "Dag" }, "send": { "nl": " " } }""", "/labels/hello", "/labels/send/nl")]
    public async Task WhereAndWhenAndItsWords(string members, params string[] wrong)
    {
        var reply = await SendAsync($$"""{ "id": "a", "questions": [ {{Good}} ], {{members}} }""");
        Assert.Equal(wrong, reply.WrongFields);
        Assert.True(reply.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task NumbersAndLengthsHaveTheirLimits()
    {
        var questions = Enumerable.Range(0, 21).Select(i => $$"""{ "id": "q{{i}}", "type": "comment", "text": { "nl": "Wat?" } }""").ToList();
        Assert.Equal(HttpStatusCode.Created, (await SendAsync($$"""{ "id": "a", "questions": [ {{string.Join(", ", questions.Take(20))}} ] }""")).Status);
        Assert.Equal(["/questions"], (await SendAsync($$"""{ "id": "a", "questions": [ {{string.Join(", ", questions)}} ] }""")).WrongFields);

        var choices = Enumerable.Range(0, 21).Select(i => $$"""{ "id": "c{{i}}", "text": { "nl": "Dit" } }""").ToList();
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(Choosing(choices.Take(20)))).Status);
        Assert.Equal(["/questions/0/choices"], (await SendAsync(Choosing(choices))).WrongFields);

        Assert.Equal(HttpStatusCode.Created, (await SendAsync(Clicking(500))).Status);
        Assert.Equal(["/show/click"], (await SendAsync(Clicking(501))).WrongFields);

        var wordy = string.Join(", ", Enumerable.Range(0, 20).Select(i => $$"""{ "id": "q{{i}}", "type": "comment", "text": { {{string.Join(", ", Enumerable.Range(0, 10).Select(j => $"\"n{(char)('a' + j)}\": \"{new string('x', 400)}\""))}}, "nl": "Wat?" } }"""));
        Assert.Equal([""], (await SendAsync($$"""{ "id": "a", "questions": [ {{wordy}} ] }""")).WrongFields);

        static string Choosing(IEnumerable<string> choices) =>
            $$"""{ "id": "a", "questions": [ { "id": "q", "type": "choices", "text": { "nl": "Wat?" }, "choices": [ {{string.Join(", ", choices)}} ] } ] }""";

        static string Clicking(int length) => $$"""{ "id": "a", "questions": [ {{Good}} ], "show": { "click": "{{new string('a', length)}}" } }""";
    }

    [Theory]
    [InlineData("""{ "question": "effort", "below": 4 }""")]
    [InlineData("""{ "question": "effort", "above": 6 }""")]
    [InlineData("""{ "question": "success", "is": "no" }""")]
    [InlineData("""{ "question": "success", "not": "yes" }""")]
    public async Task AConditionOnAnEarlierQuestionIsTaken(string condition)
    {
        var reply = await SendAsync($$"""{ "id": "a", "questions": [ {{Good}}, { "standard": "success" }, { "standard": "reason", "when": [ {{condition}} ] } ] }""");
        Assert.Equal(condition.Replace(" ", "", StringComparison.Ordinal), reply.Body?["questions"]?[2]?["when"]?[0]?.ToJsonString());
    }

    private async Task<Reply> SendAsync(string body) => await new TestSurveys(await collector.NewSiteAsync()).SendAsync(HttpMethod.Post, body: body);
}
