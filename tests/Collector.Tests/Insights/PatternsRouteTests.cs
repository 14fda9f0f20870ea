using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Insights;

/// <summary>Which cells are tested, and what is called a pattern; the tests themselves are held against SciPy in CellTestTests.</summary>
public sealed class PatternsRouteTests(RunningCollector collector, ITestOutputHelper output)
{
    [Fact]
    public async Task TheExampleOfTheContractComesOutToItsLastDigit()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreManyAsync([
            .. Cell(site, "apartment", "inform", 268, 139), .. Cell(site, "apartment", "compare", 83, 11),
            .. Cell(site, "search", "compare", 102, 13), .. Cell(site, "search", "buy", 221, 63),
            .. Cell(site, "contact", "inform", 62, 20), .. Cell(site, "contact", "buy", 874, 292), .. Cell(site, "contact", null, 71, 29)]);

        var body = await PatternsAsync(site);

        Assert.Equal(("2026-10-26", "2026-11-22", 1681), ((string?)body["from"], (string?)body["to"], (int)body["answers"]!));
        Assert.Equal("0.337", Digits(body["difficultShare"], "f3"));
        Assert.Equal(("0.2049", "2.1e-015", false), (Digits(body["association"]!["cramersV"], "f4"), Digits(body["association"]!["p"], "0.0e000"), (bool)body["association"]!["smallExpected"]!));
        Assert.Equal("patterns-1", (string?)body["formula"]);

        // Six cells, three touchpoints over all intents, three intents over all touchpoints.
        Assert.Equal(12, (int)body["tested"]!);
        Assert.Equal(12, body["cells"]!.AsArray().Count);
        var first = body["cells"]![0]!;
        Assert.Equal(("home.example/apartment", "inform", 268, 139), ((string?)first["touchpoint"], (string?)first["intent"], (int)first["answers"]!, (int)first["difficult"]!));
        Assert.Equal(
            ["0.519", "0.303", "1.71", "6.85", "7.4e-012", "8.9e-011"],
            [Digits(first["share"], "f3"), Digits(first["rest"], "f3"), Digits(first["lift"], "f2"), Digits(first["residual"], "f2"), Digits(first["p"], "0.0e000"), Digits(first["q"], "0.0e000")]);

        Assert.Equal((330, 159), Counts(CellOf(body, null, "inform")));
        Assert.Equal((1007, 341), Counts(CellOf(body, "home.example/contact", null))); // with the 71 who told no intent
        Assert.DoesNotContain(body["cells"]!.AsArray(), cell => (string?)cell!["intent"] == "");

        // Three cells and four margins have a q below 0.05; "compare" and "inform" are patterns over the whole site as well.
        Assert.Equal(
            ["apartment+inform harder", "+compare easier", "+inform harder", "search+compare easier", "search+ easier", "apartment+compare easier", "apartment+ harder"],
            Names(body));
        var pattern = body["patterns"]![0]!;
        Assert.Equal(Digits(first["q"], "r"), Digits(pattern["q"], "r"));
        Assert.Equal(
            "On home.example/apartment, visitors who came for “Find information” found it hard 1.7 times as often as others, 52 % against 30 %; 268 answers",
            (string?)pattern["sentence"]);
        Assert.Equal(1681, (int)(await site.CesAsync())["answers"]!);
        Assert.Equal(0, (int)(await site.GetAsync("patterns?intent=job")).Body!["answers"]!);
    }

    // The level itself is held by PatternsOfChanceTests over thousands of shuffles; of 40 selections, one in twenty is more than 5 in one case of a hundred.
    [Fact]
    public async Task SelectionsInWhichNothingGoesTogetherRarelyHaveAPattern()
    {
        var random = new Random(5);
        var site = await collector.NewSiteAsync();
        string[] languages = [.. Enumerable.Range(0, 40).Select(i => $"{(char)('a' + (i / 20))}{(char)('a' + (i % 20))}")];
        string[] intents = ["inform", "inform", "inform", "buy", "buy", "help"], pages = ["a", "a", "a", "b", "b", "c"];
        await site.StoreManyAsync(languages.SelectMany(language => Enumerable.Range(0, 30).Select(_ => site
            .Response(effort: random.NextDouble() < 0.3 ? 2 : 6, intent: intents[random.Next(6)])
            .On($"https://home.example/{pages[random.Next(6)]}").With("language", language))));

        int withPattern = 0, smallWithoutCorrection = 0;
        foreach (var language in languages)
        {
            var body = await PatternsAsync(site, $"language={language}");
            Assert.Equal(30, (int)body["answers"]!);
            withPattern += body["patterns"]!.AsArray().Count > 0 ? 1 : 0;
            smallWithoutCorrection += body["cells"]!.AsArray().Any(cell => (double)cell!["p"]! < 0.05) ? 1 : 0;
        }

        output.WriteLine($"{withPattern} of 40 have a pattern, {smallWithoutCorrection} a p below 0.05");
        Assert.InRange(withPattern, 0, 5);
        Assert.InRange(smallWithoutCorrection, 6, 40); // So the correction had something to do.
    }

    [Fact]
    public async Task AnEmptySelectionHasNothingToTell()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(intent: "inform")); // An answer, but no effort score.

        var body = await PatternsAsync(site);

        Assert.Equal((0, 0), ((int)body["answers"]!, (int)body["tested"]!));
        Assert.Null(body["difficultShare"]);
        Assert.Null(body["association"]);
        Assert.Empty(body["cells"]!.AsArray());
        Assert.Empty(body["patterns"]!.AsArray());
    }

    [Fact]
    public async Task OneTouchpointOfOneIntentIsComparedToNothing()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreManyAsync(Cell(site, "contact", "help", 12, 6));

        var body = await PatternsAsync(site);

        Assert.Equal(3, (int)body["tested"]!);
        Assert.Null(body["association"]);
        Assert.All(body["cells"]!.AsArray(), cell =>
        {
            Assert.Equal((12, 6, 0.5, 1.0, 1.0, 0.0), ((int)cell!["answers"]!, (int)cell["difficult"]!, (double)cell["share"]!, (double)cell["p"]!, (double)cell["q"]!, (double)cell["residual"]!));
            Assert.Null(cell["rest"]);
            Assert.Null(cell["lift"]);
        });
        Assert.Empty(body["patterns"]!.AsArray());
    }

    [Fact]
    public async Task OfOneTouchpointAPatternIsToldOnceAndNotAgainForAllTouchpoints()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreManyAsync([.. Cell(site, "contact", "complain", 30, 25), .. Cell(site, "contact", "buy", 30, 2), .. Cell(site, "contact", "help", 30, 10)]);

        var body = await PatternsAsync(site);

        Assert.Equal(7, (int)body["tested"]!);
        Assert.Equal(["contact+complain harder", "contact+buy easier"], Names(body));
    }

    [Fact]
    public async Task OfOneIntentAPatternIsToldOnceAndNotAgainForAllIntents()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreManyAsync([.. Cell(site, "contact", "help", 30, 25), .. Cell(site, "search", "help", 30, 2), .. Cell(site, "search", "buy", 30, 2)]);

        Assert.Equal(["contact+help harder", "search+help easier"], Names(await PatternsAsync(site, "intent=help")));
    }

    [Fact]
    public async Task APatternNeedsAsManyAnswersAsTheSiteAsksFor()
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["minimumAnswers"] = 21 });
        await site.StoreManyAsync([.. Cell(site, "contact", "complain", 20, 18), .. Cell(site, "contact", "buy", 21, 0), .. Cell(site, "search", "help", 25, 8)]);

        var body = await PatternsAsync(site);

        Assert.InRange((double)CellOf(body, "home.example/contact", "complain")["q"]!, 0, 0.001);
        Assert.Equal(["contact+buy easier"], Names(body));
    }

    [Fact]
    public async Task EachScaleHasItsOwnMidpoint()
    {
        var site = await collector.NewSiteAsync();
        await new TestSurveys(site).AddAsync("effort", questions: """{ "standard": "ces-1" }, { "standard": "intent" }""");
        await site.StoreManyAsync([
            .. new[] { 1, 2, 3, 4, 5 }.Select(score => site.Response(score, "help").With("survey", "effort")), // 1 to 5, where 1 is easy
            .. new[] { 3, 4, 5 }.Select(score => site.Response(score, "help"))]); // 1 to 7, where 7 is easy

        var body = await PatternsAsync(site);

        Assert.Equal((8, 3), Counts(CellOf(body, "shop.example/contact", "help"))); // 4 and 5 of the one, 3 of the other
        Assert.Equal((double)(await site.CesAsync())["difficult"]!["share"]!, (double)body["difficultShare"]!);
    }

    [Fact]
    public async Task TheLimitHoldsForWhatIsToldAndNotForWhatIsTested()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreManyAsync([.. Cell(site, "contact", "complain", 30, 25), .. Cell(site, "contact", "buy", 30, 2), .. Cell(site, "search", "help", 30, 10)]);

        var (whole, part) = (await PatternsAsync(site), await PatternsAsync(site, "limit=1"));

        Assert.Equal(whole["tested"]!.ToJsonString(), part["tested"]!.ToJsonString());
        Assert.Equal(whole["cells"]![0]!.ToJsonString(), part["cells"]!.AsArray().Single()!.ToJsonString());
        Assert.Equal(Names(whole).Take(1), Names(part));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("lang=fr", "lang")]
    [InlineData("cursor=YQ", "cursor")]
    [InlineData("by=day", "by")]
    [InlineData("from=yesterday", "from")]
    [InlineData("itnent=help", "itnent")]
    public async Task AParameterThatIsWrongOrUnknownIsNamed(string query, string parameter)
    {
        var site = await collector.NewSiteAsync();

        var reply = await site.GetAsync($"patterns?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal([parameter], reply.WrongFields);
    }

    private static IEnumerable<SomeResponse> Cell(TestSite site, string page, string? intent, int answers, int difficult) =>
        Enumerable.Range(0, answers).Select(i => site.Response(effort: i < difficult ? 2 : 6, intent: intent).On($"https://home.example/{page}"));

    private static async Task<JsonNode> PatternsAsync(TestSite site, string query = "")
    {
        var reply = await site.GetAsync($"patterns?lang=en&{query}".TrimEnd('&'));
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        return reply.Body!;
    }

    private static JsonNode CellOf(JsonNode body, string? touchpoint, string? intent) =>
        body["cells"]!.AsArray().Single(cell => (string?)cell!["touchpoint"] == touchpoint && (string?)cell["intent"] == intent)!;

    private static (int Answers, int Difficult) Counts(JsonNode cell) => ((int)cell["answers"]!, (int)cell["difficult"]!);

    private static IEnumerable<string> Names(JsonNode body) => body["patterns"]!.AsArray()
        .Select(pattern => $"{((string?)pattern!["touchpoint"])?["home.example/".Length..]}+{(string?)pattern["intent"]} {(string?)pattern["direction"]}");

    private static string Digits(JsonNode? number, string format) => ((double)number!).ToString(format, CultureInfo.InvariantCulture);
}
