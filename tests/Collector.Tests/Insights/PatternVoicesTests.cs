using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Insights;

/// <summary>What a pattern tells beside its figures: whether it worked out, what made it difficult, and in words.</summary>
public sealed class PatternVoicesTests(RunningCollector collector)
{
    private const string Questions =
        """
        { "standard": "single-ease" }, { "standard": "intent" }, { "standard": "success" },
        { "id": "clear", "type": "choice", "text": { "en": "Is the price clear?" },
          "choices": [ { "id": "yes", "text": { "en": "Clear" } }, { "id": "no", "text": { "en": "Not clear" } } ] },
        { "id": "obstacle", "type": "choices", "text": { "en": "What stood in your way?", "nl": "Wat zat er in de weg?" }, "when": [ { "question": "effort", "below": 4 } ],
          "choices": [ { "id": "price", "text": { "en": "The price", "nl": "De prijs" } }, { "id": "search", "text": { "en": "The search" } }, { "id": "other", "text": { "en": "Something else" } } ] },
        { "standard": "reason", "when": [ { "question": "success", "not": "yes" } ] }
        """;

    [Fact]
    public async Task ObstaclesAreTheReasonsOfThoseWhoFoundItDifficultMostNamedFirst()
    {
        var site = await SiteWithComplaintsAsync();

        var pattern = await FirstAsync(site, "lang=en");

        // Of eight who found it difficult: six the price, three the search, four something of their own. Whether the price is clear was asked of everybody.
        Assert.Equal([("The price", 6), ("other", 4), ("The search", 3)], Obstacles(pattern));
        Assert.Equal([("De prijs", 6), ("other", 4), ("The search", 3)], Obstacles(await FirstAsync(site, "lang=nl")));
        Assert.Equal((10, 0.2), ((int)pattern["success"]!["answers"]!, (double)pattern["success"]!["share"]!));
        Assert.Equal((await site.GetAsync("touchpoints?intent=complain")).Body!["items"]![0]!["success"]!.ToJsonString(), pattern["success"]!.ToJsonString());
    }

    [Fact]
    public async Task ObstaclesFollowTheFiltersAndWhatIsErased()
    {
        var site = await SiteWithComplaintsAsync();
        Assert.Equal([("The price", 5), ("The search", 3), ("other", 3)], Obstacles(await FirstAsync(site, "lang=en&device=desktop")));

        var erased = (await StoredRows.QueryAsync(collector, "select id from responses where site = @Id and device = 'mobile'", new { site.Id })).Single();
        using var reply = await collector.Operator.DeleteAsync(new Uri($"/v1/sites/{site.Id}/responses/{erased["id"]}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);

        Assert.Equal([("The price", 5), ("The search", 3), ("other", 3)], Obstacles(await FirstAsync(site, "lang=en")));
    }

    [Fact]
    public async Task FreeTextIsForKeysOfTheScopeResponsesAlone()
    {
        var site = await SiteWithComplaintsAsync();
        var reply = await site.GetAsync("patterns");
        Assert.Null(reply.Body!["patterns"]![0]!["comments"]);
        Assert.DoesNotContain("Own words", reply.Body.ToJsonString(), StringComparison.Ordinal);

        var body = await WithAsync(site, "read", "responses");
        Assert.Equal(
            ["Own words 3", "Own words 2", "Own words 1 <script>alert(1)</script> \"'; drop table responses; -- [email] \u202e"],
            body!["patterns"]![0]!["comments"]!.AsArray().Select(comment => (string?)comment));
        Assert.Equal(Obstacles(reply.Body["patterns"]![0]!), Obstacles(body["patterns"]![0]!));

        Assert.Null(await WithAsync(site, "responses")); // A figure needs the scope read.
    }

    [Theory]
    [InlineData("en", "patterns?", "On shop.example/contact, visitors who came for “Make a complaint” found it hard 4 times as often as others, 80 % against 20 %; 10 answers")]
    [InlineData("nl", "patterns?", "Op shop.example/contact vonden bezoekers die kwamen voor “Een klacht indienen” het 4 keer zo vaak moeilijk als anderen, 80 % tegen 20 %; 10 antwoorden")]
    [InlineData("nl-BE", "patterns?", "Op shop.example/contact vonden bezoekers die kwamen voor “Een klacht indienen” het 4 keer zo vaak moeilijk als anderen, 80 % tegen 20 %; 10 antwoorden")]
    [InlineData("nl", "patterns?lang=en&", "On shop.example/contact, visitors who came for “Make a complaint” found it hard 4 times as often as others, 80 % against 20 %; 10 answers")]
    [InlineData("de", "patterns?", "On shop.example/contact, visitors who came for “Make a complaint” found it hard 4 times as often as others, 80 % against 20 %; 10 answers")]
    public async Task ASentenceIsInTheLanguageAskedForOrTheSites(string siteLanguage, string query, string sentence)
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["languages"] = new JsonArray(siteLanguage) });
        await site.StoreManyAsync([.. Cell(site, "contact", "complain", 10, 8), .. Cell(site, "contact", "buy", 40, 8)]);

        Assert.Equal(sentence, (string?)(await site.GetAsync(query.TrimEnd('?', '&'))).Body!["patterns"]!.AsArray().Single(each => (string?)each!["intent"] == "complain")!["sentence"]);
    }

    [Fact]
    public async Task ThereIsASentenceForATouchpointForAnIntentForLessAndForHostileWords()
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["languages"] = new JsonArray("en") });
        await new TestSurveys(site).AddAsync("own", questions:
            """
            { "standard": "single-ease" },
            { "id": "why", "type": "intent", "text": { "en": "Why?" }, "choices": [ { "id": "rent", "text": { "en": "Rent <b>it</b>" } }, { "id": "sell", "text": { "en": "Sell “fast”" } } ] }
            """);
        await site.StoreManyAsync([
            .. Cell(site, "a", "rent", 60, 0, "own"), .. Cell(site, "a", "sell", 60, 0, "own"), .. Cell(site, "b", "rent", 60, 40, "own"), .. Cell(site, "b", "sell", 1100, 400, "own")]);

        var patterns = (await site.GetAsync("patterns?lang=en")).Body!["patterns"]!.AsArray();

        string? SentenceOf(string? touchpoint, string? intent) =>
            (string?)patterns.Single(pattern => (string?)pattern!["touchpoint"] == touchpoint && (string?)pattern["intent"] == intent)!["sentence"];
        Assert.Equal("On shop.example/b, visitors found it hard more often than elsewhere, 38 % against 0 %; 1,160 answers", SentenceOf("shop.example/b", null));
        Assert.Equal("On shop.example/a, visitors found it hard less often than elsewhere, 0 % against 38 %; 120 answers", SentenceOf("shop.example/a", null));
        Assert.Equal("On shop.example/a, visitors who came for “Sell “fast”” found it hard less often than others, 0 % against 36 %; 60 answers", SentenceOf("shop.example/a", "sell"));
        Assert.Equal("On shop.example/b, visitors who came for “Rent <b>it</b>” found it hard 2 times as often as others, 67 % against 33 %; 60 answers", SentenceOf("shop.example/b", "rent"));
    }

    private static IEnumerable<SomeResponse> Cell(TestSite site, string page, string intent, int answers, int difficult, string survey = "effort-and-intention")
    {
        var question = survey == "own" ? "why" : "intent";
        return Enumerable.Range(0, answers).Select(i => site.Response(effort: i < difficult ? 2 : 6)
            .Answering(question, choice: intent).With("survey", survey).On($"https://shop.example/{page}"));
    }

    // Ten complaints of which eight were difficult, one more of a bot, and forty who bought without trouble.
    private async Task<TestSite> SiteWithComplaintsAsync()
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["languages"] = new JsonArray("en"), ["minimumAnswers"] = 5 });
        await new TestSurveys(site).AddAsync("obstacles", questions: Questions);
        await site.StoreManyAsync(Enumerable.Range(0, 40).Select(_ => With(site.Response(effort: 6, intent: "buy"), """{ "question": "clear", "choice": "yes" }""")));
        await site.StoreAsync(
            With(site.Response(effort: 1, intent: "complain", success: "no").With("website", "filled in"), """{ "question": "obstacle", "choices": ["search"] }"""),
            With(site.Response(effort: 6, intent: "complain", success: "yes"), """{ "question": "clear", "choice": "no" }"""),
            With(site.Response(effort: 7, intent: "complain", success: "yes")),
            With(site.Response(effort: 1, intent: "complain", success: "no"), """{ "question": "obstacle", "choices": ["price"] }""", """{ "question": "clear", "choice": "no" }"""),
            With(site.Response(effort: 1, intent: "complain", success: "no"), """{ "question": "obstacle", "choices": ["price", "search"] }"""),
            With(site.Response(effort: 2, intent: "complain", success: "no"), """{ "question": "obstacle", "choices": ["price", "search"] }"""),
            With(site.Response(effort: 2, intent: "complain", success: "no"), """{ "question": "obstacle", "choices": ["price", "search"] }"""),
            With(
                site.Response(effort: 3, intent: "complain", success: "no").With("answeredAt", "2026-11-22T09:00:00Z"),
                """{ "question": "obstacle", "choices": ["price", "other"], "text": "Own words 0" }"""),
            With(
                site.Response(effort: 3, intent: "complain", success: "partly").With("device", "mobile").With("answeredAt", "2026-11-22T09:10:00Z"),
                """{ "question": "obstacle", "choices": ["price"] }""",
                """{ "question": "reason", "text": "Own words 1 <script>alert(1)</script> \"'; drop table responses; -- me@shop.example \u202e" }"""),
            With(site.Response(effort: 3, intent: "complain", success: "no").With("answeredAt", "2026-11-22T09:20:00Z"), """{ "question": "reason", "text": "Own words 2" }"""),
            With(site.Response(effort: 3, intent: "complain", success: "no").With("answeredAt", "2026-11-22T09:25:00Z"), """{ "question": "reason", "text": "Own words 3" }"""));
        return site;

        static SomeResponse With(SomeResponse response, params string[] answers)
        {
            response.With("survey", "obstacles").With("device", response.Json["device"]?.DeepClone() ?? "desktop");
            foreach (var answer in answers)
            {
                response.Json["answers"]!.AsArray().Add(JsonNode.Parse(answer));
            }

            return response;
        }
    }

    private static async Task<JsonNode> FirstAsync(TestSite site, string query) => (await site.GetAsync($"patterns?{query}")).Body!["patterns"]![0]!;

    private static IEnumerable<(string? Text, int Answers)> Obstacles(JsonNode pattern) =>
        pattern["obstacles"]!.AsArray().Select(obstacle => ((string?)obstacle!["text"], (int)obstacle["answers"]!));

    private async Task<JsonNode?> WithAsync(TestSite site, params string[] scopes)
    {
        using var made = await collector.Operator.PostAsJsonAsync(
            $"/v1/sites/{site.Id}/keys",
            new JsonObject { ["name"] = "Test", ["scopes"] = new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]) },
            TestContext.Current.CancellationToken);
        using var analyst = collector.CreateClient();
        analyst.DefaultRequestHeaders.Authorization = new("Bearer", (string?)(await made.Content.ReadFromJsonAsync<JsonNode>())!["key"]);
        using var response = await analyst.GetAsync(new Uri($"/v1/sites/{site.Id}/patterns", UriKind.Relative), TestContext.Current.CancellationToken);
        return response.StatusCode == HttpStatusCode.Forbidden ? null : (await Reply.OfAsync(response)).Body;
    }
}
