using System.Net;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Sites;

public sealed class ExplainRouteTests(RunningCollector collector)
{
    [Fact]
    public async Task TheFirstSurveyOfWhichEveryRuleHoldsWins()
    {
        var site = await collector.NewSiteAsync();
        var surveys = new TestSurveys(site);
        await surveys.AddAsync("checkout", """ "priority": 5, "where": { "include": ["/checkout/**"], "tags": { "segment": ["business"] } }, "show": { "exit": true }""");
        await surveys.DoAsync(HttpMethod.Post, body: """{ "id": "draft", "priority": 9, "show": { "exit": true }, "questions": [ { "standard": "nps" } ] }""");

        var business = await ExplainAsync(site, "page=https://shop.example/checkout/pay?x=1%23top&tag.segment=business");
        Assert.Equal(("shop.example/checkout/pay", "checkout"), ((string?)business["page"], (string?)business["survey"]));
        Assert.Equal(["draft", "checkout", "effort-and-intention"], business["surveys"]!.AsArray().Select(survey => (string?)survey!["survey"]));
        Assert.Equal("live", Failed(business, "draft"));

        var anybody = await ExplainAsync(site, "page=https://shop.example/checkout/pay");
        Assert.Equal(("effort-and-intention", "tags"), ((string?)anybody["survey"], Failed(anybody, "checkout")));

        var elsewhere = await ExplainAsync(site, "page=https://shop.example/cart&tag.segment=private");
        Assert.Equal("include tags", Failed(elsewhere, "checkout"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("device=tablet", "devices")]
    [InlineData("language=en-GB", "languages")]
    [InlineData("language=nl-BE", "")]
    [InlineData("pagesInVisit=1", "pages")]
    [InlineData("roll=0.5", "share")]
    [InlineData("privacySignal=true", "privacySignal")]
    [InlineData("shownThisVisit=b", "visit")]
    [InlineData("shownThisVisit=arrival", "")]
    [InlineData("daysSinceAnswer.a=89.5", "quietDaysAfterAnswer")]
    [InlineData("daysSinceAnswer.a=90", "")]
    [InlineData("daysSinceDismissal.a=29", "quietDaysAfterDismissal")]
    [InlineData("daysSinceDismissal.b=6", "siteQuietDays")]
    [InlineData("daysSinceAnswer.arrival=0", "")]
    [InlineData("daysSinceAnswer.b=7&daysSinceDismissal.a=30", "")]
    public async Task EachRuleIsHeldAgainstWhatIsKnown(string query, string failed)
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["quietDays"] = 7 });
        await new TestSurveys(site).AddAsync("a", """
            "priority": 1, "where": { "devices": ["desktop"], "languages": ["nl"] }, "show": { "event": "paid", "pages": 2 },
            "often": { "share": 0.5, "quietDaysAfterAnswer": 90, "quietDaysAfterDismissal": 30, "alongside": "arrival" }
            """);
        var pages = query.Contains("pagesInVisit", StringComparison.Ordinal) ? "" : "&pagesInVisit=2";
        Assert.Equal(failed, Failed(await ExplainAsync(site, $"page=https://shop.example/&{query}{pages}"), "a"));
    }

    [Fact]
    public async Task ASurveyThatOnlyComesWhenCalledIsNotShownByItself()
    {
        var site = await collector.NewSiteAsync();
        await new TestSurveys(site).AddAsync("tab", """ "priority": 1, "show": { "tab": true }""");
        var explained = await ExplainAsync(site, "page=https://shop.example/");
        Assert.Equal(("effort-and-intention", "trigger"), ((string?)explained["survey"], Failed(explained, "tab")));
    }

    [Fact]
    public async Task ATargetThatIsReachedIsARuleToo()
    {
        var site = await collector.NewSiteAsync();
        await new TestSurveys(site).AddAsync("one", """ "priority": 1, "show": { "exit": true }, "often": { "perDay": 1 }""");
        await site.StoreAsync(site.Response(effort: 4).With("survey", "one"));
        var explained = await ExplainAsync(site, "page=https://shop.example/");
        Assert.Equal(("effort-and-intention", "perDay"), ((string?)explained["survey"], Failed(explained, "one")));
    }

    [Theory]
    [InlineData("", "page")]
    [InlineData("page=/checkout", "page")]
    [InlineData("page=https://shop.example/&device=watch&language=dutch_&roll=1&pagesInVisit=0&privacySignal=yes", "device", "language", "pagesInVisit", "privacySignal", "roll")]
    [InlineData("page=https://shop.example/&device=1", "device")]
    [InlineData("page=https://shop.example/&daysSinceAnswer.a=-1&daysSinceDismissal.a=soon", "daysSinceAnswer.a", "daysSinceDismissal.a")]
    [InlineData("page=https://shop.example/&segment=business&tag.=x", "segment", "tag.")]
    [InlineData("page=https://shop.example/&tag.a=1&tag.a=2", "tag.a")]
    public async Task AWrongQuestionIsNamed(string query, params string[] wrong)
    {
        var reply = await (await collector.NewSiteAsync()).GetAsync($"explain?{query}");
        Assert.Equal((HttpStatusCode.BadRequest, string.Join(' ', wrong)), (reply.Status, string.Join(' ', reply.WrongFields)));
    }

    private static async Task<JsonNode> ExplainAsync(TestSite site, string query)
    {
        var reply = await site.GetAsync($"explain?{query}");
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Body?.ToJsonString());
        return reply.Body!;
    }

    private static string Failed(JsonNode explained, string survey) => string.Join(' ', explained["surveys"]!.AsArray()
        .Single(one => (string?)one!["survey"] == survey)!["rules"]!.AsArray()
        .Where(rule => !(bool)rule!["passed"]!).Select(rule => (string?)rule!["rule"]));
}
