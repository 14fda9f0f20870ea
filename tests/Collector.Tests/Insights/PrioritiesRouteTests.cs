using System.Net;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Insights;

/// <summary>The ranking; shrunk means are held against reference values in GroupMeansTests.</summary>
public sealed class PrioritiesRouteTests(RunningCollector collector)
{
    [Theory]
    [InlineData("", "bad awful good")]
    [InlineData("target=90", "bad good awful")] // Many that are a little too low weigh more than three.
    public async Task ThreeAwfulAnswersDoNotTopThreeHundredBadOnes(string query, string order)
    {
        var site = await collector.NewSiteAsync();
        await site.StoreManyAsync([.. Page(site, "awful", 1, 1, 1), .. Page(site, "bad", [.. Repeat([2, 3, 4, 3], 75)]), .. Page(site, "good", [.. Repeat([6, 7, 5, 7], 75)])]);

        var items = (await PrioritiesAsync(site, query))["items"]!.AsArray();

        Assert.Equal(order, string.Join(' ', Names(items)));
        var awful = items.Single(item => (string?)item!["touchpoint"] == "shop.example/awful")!;
        Assert.Equal(0, (double)awful["ces"]!["index"]!); // Though nothing is worse.
        Assert.InRange((double)awful["shrunkMean"]!, 1, 30);
    }

    [Fact]
    public async Task GainIsWhatTheMeanWouldRise()
    {
        var site = await SiteWithPagesAsync();

        var body = await PrioritiesAsync(site, "target=80");

        Assert.Equal((8, 80.0, "priorities-1"), ((int)body["answers"]!, (double)body["target"]!, (string?)body["formula"]));
        Assert.Equal((double)(await site.CesAsync())["index"]!, (double)body["mean"]!, 1e-9);
        Assert.Equal(8, body["items"]!.AsArray().Sum(item => (int)item!["answers"]!));
        Assert.All(body["items"]!.AsArray(), item =>
        {
            var (own, shrunk, mean) = ((double)item!["ces"]!["index"]!, (double)item["shrunkMean"]!, (double)body["mean"]!);
            Assert.InRange(shrunk, Math.Min(own, mean), Math.Max(own, mean));
            Assert.Equal((int)item["answers"]! * Math.Max(0, 80 - shrunk) / 8, (double)item["gain"]!, 1e-9);
            Assert.Equal(shrunk < 80, (double)item["probabilityBelowTarget"]! > 0.5);
        });
    }

    [Fact]
    public async Task WithoutATargetItIsTheMeanOfTheSelection()
    {
        var site = await SiteWithPagesAsync();

        var body = await PrioritiesAsync(site);

        Assert.Equal((double)body["mean"]!, (double)body["target"]!);
        Assert.Equal(["b", "c", "a"], Names(body["items"]!.AsArray()));
        Assert.Equal(0, (double)body["items"]![2]!["gain"]!); // What lies above the target has nothing to gain.
    }

    [Fact]
    public async Task AGoalGivesItsTargetAndTheFiltersThatTheQueryLeavesOut()
    {
        var site = await SiteWithPagesAsync();
        await site.StoreAsync(site.Response(effort: 2, intent: "buy").On("https://shop.example/b"), site.Response(effort: 2, intent: "help").On("https://shop.example/a"));
        var goals = new Saved(site, "goals");
        var index = await goals.AddAsync("""{ "name": "x", "metric": "index", "target": 70, "date": "2026-11-01", "selection": { "intent": "buy", "page": "https://shop.example/b" } }""");
        var ces = await goals.AddAsync("""{ "name": "x", "metric": "ces", "target": 4, "date": "2026-12-31" }""");

        var body = await PrioritiesAsync(site, $"goal={index}");
        Assert.Equal((1, 70.0, index), ((int)body["answers"]!, (double)body["target"]!, (string?)body["goal"]));
        Assert.Equal(["a"], Names((await PrioritiesAsync(site, $"goal={index}&intent=help&touchpoint=shop.example/a"))["items"]!.AsArray()));

        body = await PrioritiesAsync(site, $"goal={ces}");
        Assert.Equal((10, 50.0, ces), ((int)body["answers"]!, (double)body["target"]!, (string?)body["goal"]));

        body = await PrioritiesAsync(site); // The site has no other goal for all its responses.
        Assert.Equal((50.0, ces), ((double)body["target"]!, (string?)body["goal"]));
        body = await PrioritiesAsync(site, "target=80");
        Assert.Equal((80.0, null), ((double)body["target"]!, (string?)body["goal"]));
    }

    [Fact]
    public async Task AGoalInPointsOfAScaleHoldsForAnswersOnThatScaleAlone()
    {
        var site = await SiteWithPagesAsync();
        await new TestSurveys(site).AddAsync("effort", questions: """{ "standard": "ces-1" }""");
        await site.StoreAsync(site.Response(effort: 3).With("survey", "effort"));
        var goals = new Saved(site, "goals");
        var ces = await goals.AddAsync("""{ "name": "x", "metric": "ces", "target": 5.5, "date": "2026-12-31" }""");
        var success = await goals.AddAsync("""{ "name": "x", "metric": "success", "target": 0.5, "date": "2026-12-31" }""");

        Assert.Equal(75, (double)(await PrioritiesAsync(site, $"goal={ces}&survey=effort-and-intention"))["target"]!);
        var mixed = await PrioritiesAsync(site);
        Assert.Equal(((double)mixed["mean"]!, null), ((double)mixed["target"]!, (string?)mixed["goal"]));
        foreach (var query in (string[])[$"goal={ces}", $"goal={ces}&survey=effort", $"goal={success}", "goal=none", $"goal={ces}&target=70"])
        {
            var reply = await site.GetAsync($"priorities?{query}");
            Assert.Equal((query, HttpStatusCode.BadRequest, "goal"), (query, reply.Status, string.Join(' ', reply.WrongFields)));
        }
    }

    [Fact]
    public async Task AnswersOnDifferentScalesRankTogether()
    {
        var site = await collector.NewSiteAsync();
        await new TestSurveys(site).AddAsync("effort", questions: """{ "standard": "ces-1" }""");
        await site.StoreManyAsync([
            .. Page(site, "easy", [.. Repeat([6, 7], 10)]),
            .. Page(site, "hard", [.. Repeat([5, 4], 10)]).Select(response => response.With("survey", "effort"))]); // 1 to 5, where 1 is easy

        var items = (await PrioritiesAsync(site))["items"]!.AsArray();

        Assert.Equal(["hard", "easy"], Names(items));
        Assert.Equal(12.5, (double)items[0]!["ces"]!["index"]!, 1e-9);
        Assert.InRange((double)items[0]!["shrunkMean"]!, 12.5, 16);
    }

    [Fact]
    public async Task ReasonsAreToldInPlainSentences()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync([
            .. Enumerable.Range(0, 4).Select(i => site.Response(effort: 2, intent: i < 3 ? "complain" : "buy", success: i < 1 ? "yes" : "no").On("https://shop.example/b")),
            .. Enumerable.Range(0, 12).Select(i => site.Response(effort: i < 3 ? 2 : 6, intent: "buy").On("https://shop.example/a"))]);

        Assert.Equal(
            [
                "Only 4 answers, so its place here says little",
                "100 % found it hard, against 25 % elsewhere",
                "3 of the 4 who found it hard came for “Make a complaint”",
                "It worked out for 25 % of 4 who told",
            ],
            await ReasonsAsync("lang=en"));
        Assert.Equal(
            [
                "Maar 4 antwoorden, dus de plaats hier zegt weinig",
                "100 % vond het moeilijk, tegen 25 % elders",
                "3 van de 4 die het moeilijk vonden, kwamen voor “Een klacht indienen”",
                "Het lukte 25 % van de 4 die het vertelden",
            ],
            await ReasonsAsync("lang=nl"));
        Assert.Equal(["Only 4 answers, so its place here says little", "100 % found it hard"], (await ReasonsAsync("lang=en&touchpoint=shop.example/b")).Take(2));

        async Task<IEnumerable<string?>> ReasonsAsync(string query) =>
            (await PrioritiesAsync(site, query))["items"]![0]!["reasons"]!.AsArray().Select(reason => (string?)reason);
    }

    [Theory]
    [InlineData(1, "The one who found it hard came for “Make a complaint”", "Wie het moeilijk vond, kwam voor “Een klacht indienen”")]
    [InlineData(2, "1 of the 2 who found it hard came for “Make a complaint”", "1 van de 2 die het moeilijk vonden, kwam voor “Een klacht indienen”")]
    public async Task AReasonOfOneIsWordedAsSuch(int hard, string english, string dutch)
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync([site.Response(effort: 1, intent: "complain"), .. Enumerable.Range(1, hard - 1).Select(_ => site.Response(effort: 1))]);

        Assert.Equal(english, (string?)(await PrioritiesAsync(site, "lang=en"))["items"]![0]!["reasons"]![2]);
        Assert.Equal(dutch, (string?)(await PrioritiesAsync(site, "lang=nl"))["items"]![0]!["reasons"]![2]);
    }

    [Fact]
    public async Task PagesOfTheListMeetWithoutAGapOrARepeat()
    {
        var site = await SiteWithPagesAsync();
        var whole = Names((await PrioritiesAsync(site, "target=60"))["items"]!.AsArray());
        var pieces = new List<string>();
        var cursor = "";
        do
        {
            var body = await PrioritiesAsync(site, $"target=60&limit=1{cursor}");
            pieces.AddRange(Names(body["items"]!.AsArray()));
            cursor = (string?)body["next"] is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);

        Assert.Equal(whole, pieces);
    }

    [Fact]
    public async Task WithoutAnswersThereIsNothingToImprove()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(intent: "help"));

        var body = await PrioritiesAsync(site);

        Assert.Equal(0, (int)body["answers"]!);
        Assert.Null(body["mean"]);
        Assert.Null(body["target"]);
        Assert.Empty(body["items"]!.AsArray());
        Assert.Null(body["next"]);
    }

    [Fact]
    public async Task OfASingleAnswerNothingIsCertain()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 1));

        var item = (await PrioritiesAsync(site, "target=50"))["items"]!.AsArray().Single()!;

        Assert.Null(item["probabilityBelowTarget"]);
        Assert.Equal(50, (double)item["gain"]!);
        Assert.Contains("single answer", (string?)item["reasons"]![0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("target=101", "target")]
    [InlineData("target=-1", "target")]
    [InlineData("target=NaN", "target")]
    [InlineData("target=1e1", "target")]
    [InlineData("target=", "target")]
    [InlineData("limit=501", "limit")]
    [InlineData("cursor=YQ", "cursor")]
    [InlineData("lang=de", "lang")]
    [InlineData("sort=gain", "sort")]
    public async Task AParameterThatIsWrongOrUnknownIsNamed(string query, string parameter)
    {
        var site = await collector.NewSiteAsync();

        var reply = await site.GetAsync($"priorities?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal([parameter], reply.WrongFields);
    }

    private async Task<TestSite> SiteWithPagesAsync()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync([.. Page(site, "a", 6, 7, 7), .. Page(site, "b", 1, 2), .. Page(site, "c", 3, 3, 4)]);
        return site;
    }

    private static IEnumerable<SomeResponse> Page(TestSite site, string page, params int[] scores) =>
        scores.Select(score => site.Response(effort: score).On($"https://shop.example/{page}"));

    private static IEnumerable<int> Repeat(int[] scores, int times) => Enumerable.Range(0, times).SelectMany(_ => scores);

    private static List<string> Names(JsonArray items) => [.. items.Select(item => ((string)item!["touchpoint"]!)["shop.example/".Length..])];

    private static async Task<JsonNode> PrioritiesAsync(TestSite site, string query = "")
    {
        var reply = await site.GetAsync($"priorities?lang=en&{query}".Replace("lang=en&lang", "lang", StringComparison.Ordinal).TrimEnd('&'));
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        return reply.Body!;
    }
}
