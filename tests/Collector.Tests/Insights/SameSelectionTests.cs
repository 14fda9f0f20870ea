using System.Globalization;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Insights;

/// <summary>All figures of one selection count the same responses: those that a count of what was sent gives.</summary>
/// <remarks>A failure prints its selection; <c>COLLECTOR_SEED</c> plays the same answers and selections again.</remarks>
public sealed class SameSelectionTests(RunningCollector collector)
{
    private const int Responses = 250, Selections = 60;

    private static readonly string[] Pages = ["a/1", "a/2", "a/x", "b", "b/c/d", "e"];
    private static readonly string?[] Intents = [null, "buy", "help", "compare"];
    private static readonly string?[] Successes = [null, "yes", "no"];
    private static readonly string[] Devices = ["mobile", "desktop"];
    private static readonly string[] Segments = ["business", "private"];

    // Which pages are meant is written out, rather than asked of the patterns.
    private static readonly Group[] Groups =
    [
        new("ids", "/a/*", "use", ["a/1", "a/2", "a/x"]),
        new("all-b", "/b/**", "use", ["b", "b/c/d"]),
        new("deep", "/**/d", "loyalty", ["b/c/d"]),
        new("mixed", "/a/x", "use", ["a/x"]),
        new("free", "shop.example/b", null, ["b"]),
        new("nothing", "/z", "loyalty", []),
    ];

    [Fact]
    public async Task EveryFigureOfASelectionCountsTheSameResponses()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("COLLECTOR_SEED") ?? "5", CultureInfo.InvariantCulture);
        var random = new Random(seed);
        var site = await collector.NewSiteAsync();
        await new TestSurveys(site).AddAsync("all", questions: """{ "standard": "single-ease" }, { "standard": "intent" }, { "standard": "success" }, { "standard": "nps" }, { "standard": "csat" }""");
        foreach (var group in Groups)
        {
            await new TestGroups(site).AddAsync(group.Id, [group.Pattern], group.Stage);
        }

        var sent = Enumerable.Range(0, Responses).Select(_ => Sent.Any(random)).ToList();
        await Task.WhenAll(sent.Select(one => site.StoreAsync(one.ToResponse(site))));

        for (var i = 0; i < Selections; i++)
        {
            var filters = AnyFilters(random);
            var query = string.Join('&', filters.Select(filter => filter.Query).Prepend("from=2026-11-16&limit=500"));
            var expected = sent.Where(one => filters.All(filter => filter.Fits(one))).ToList();
            var withoutLimit = query.Replace("&limit=500", "", StringComparison.Ordinal);

            var touchpoints = await ItemsAsync(site, $"touchpoints?{query}");
            var intents = await ItemsAsync(site, $"intents?{withoutLimit}");
            var scored = expected.Count(one => one.Effort is not null);
            var answered = expected.Count(one => one.IsAnswered);
            Assert.Equal((query, scored, answered), (query, Answers(touchpoints), Responded(touchpoints)));
            Assert.Equal((query, scored, answered), (query, Answers(intents), Responded(intents)));
            foreach (var figure in (string[])["patterns", "priorities"])
            {
                Assert.Equal((query, figure, scored), (query, figure, (int)(await site.GetAsync($"{figure}?{withoutLimit}")).Body!["answers"]!));
            }

            // What the cells of patterns hold, over all intents and over all touchpoints.
            var cells = (await site.GetAsync($"patterns?{query}")).Body!["cells"]!.AsArray();
            Assert.Equal((query, scored), (query, cells.Where(cell => cell!["intent"] is null).Sum(cell => (int)cell!["answers"]!)));
            Assert.Equal((query, Count(one => one.Intent is not null)), (query, cells.Where(cell => cell!["touchpoint"] is null).Sum(cell => (int)cell!["answers"]!)));
            Assert.Equal((query, Count(one => one.Intent is not null)), (query, cells.Where(cell => cell!["touchpoint"] is not null && cell["intent"] is not null).Sum(cell => (int)cell!["answers"]!)));

            await AssertScoresAsync("nps", one => one.Nps);
            await AssertScoresAsync("csat", one => one.Csat);

            foreach (var by in (string[])["day", "week", "month", "touchpoint", "intent", "success", "device", "language", "survey"])
            {
                var (whole, parts) = await AnswersAsync(site, "ces", $"{withoutLimit}&by={by}");
                Assert.Equal((query, by, scored, scored), (query, by, whole, parts.Values.Sum()));
            }

            var (ofGroups, byGroup) = await AnswersAsync(site, "ces", $"{withoutLimit}&by=group");
            var (ofStages, byStage) = await AnswersAsync(site, "ces", $"{withoutLimit}&by=stage");
            Assert.Equal((query, scored, scored), (query, ofGroups, ofStages));
            Assert.Equal(ByGroup(one => one.Effort), Text(byGroup));
            Assert.Equal(ByStage(one => one.Effort), Text(byStage));

            async Task AssertScoresAsync(string figure, Func<Sent, int?> score)
            {
                var count = expected.Count(one => score(one) is not null);
                foreach (var by in (string[])["day", "touchpoint", "intent", "success", "device"])
                {
                    var (whole, parts) = await AnswersAsync(site, figure, $"{withoutLimit}&by={by}");
                    Assert.Equal((query, figure, by, count, count), (query, figure, by, whole, parts.Values.Sum()));
                }

                Assert.Equal(ByGroup(score), Text((await AnswersAsync(site, figure, $"{withoutLimit}&by=group")).Parts));
                Assert.Equal(ByStage(score), Text((await AnswersAsync(site, figure, $"{withoutLimit}&by=stage")).Parts));
            }

            IEnumerable<string> ByGroup(Func<Sent, int?> score) => Parts(Groups.Select(group => group.Id), group => group.Id, score);

            IEnumerable<string> ByStage(Func<Sent, int?> score) => Parts(["use", "loyalty"], group => group.Stage, score);

            IEnumerable<string> Parts(IEnumerable<string> keys, Func<Group, string?> name, Func<Sent, int?> score) => Text(keys
                .Select(key => (Key: key, Answers: expected.Count(one => score(one) is not null && Groups.Any(group => name(group) == key && group.Pages.Contains(one.Page)))))
                .Append((Key: "", Answers: expected.Count(one => score(one) is not null && !Groups.Any(group => name(group) is not null && group.Pages.Contains(one.Page)))))
                .Where(part => part.Answers > 0).ToDictionary(part => part.Key, part => part.Answers));

            int Count(Func<Sent, bool> fits) => expected.Count(one => one.Effort is not null && fits(one));
        }
    }

    private static List<Filter> AnyFilters(Random random)
    {
        var (group, stage, segment) = (Pick(random, Groups), Pick(random, ["use", "loyalty"]), Pick(random, Segments));
        var (intent, success, device, page) = (Pick(random, Intents[1..])!, Pick(random, Successes[1..])!, Pick(random, Devices), Pick(random, Pages));
        var day = random.Next(16, 23);
        Filter[] all =
        [
            new($"group={group.Id}", one => group.Pages.Contains(one.Page)),
            new($"stage={stage}", one => Groups.Any(other => other.Stage == stage && other.Pages.Contains(one.Page))),
            new($"tag.segment={segment}", one => one.Segment == segment),
            new($"intent={intent}", one => one.Intent == intent),
            new($"success={success}", one => one.Success == success),
            new($"device={device}", one => one.Device == device),
            new($"page=https://shop.example/{page}", one => TouchpointOf(one.Page) == TouchpointOf(page)),
            new($"to=2026-11-{day}", one => one.Day <= day),
        ];
        return [.. all.Where(_ => random.Next(4) == 0)];
    }

    private static string TouchpointOf(string page) => page is "a/1" or "a/2" ? "a/{id}" : page;

    private static async Task<JsonArray> ItemsAsync(TestSite site, string figure)
    {
        var reply = await site.GetAsync(figure);
        Assert.True(reply.Body?["items"] is not null, $"{figure}: {reply.Body?.ToJsonString()}");
        return reply.Body!["items"]!.AsArray();
    }

    private static async Task<(int Whole, Dictionary<string, int> Parts)> AnswersAsync(TestSite site, string figure, string query)
    {
        var body = (await site.GetAsync($"{figure}?{query}")).Body!;
        return ((int)body[figure]!["answers"]!, body["breakdown"]!.AsArray().ToDictionary(part => (string?)part!["key"] ?? "", part => (int)part![figure]!["answers"]!));
    }

    private static int Answers(JsonArray items) => items.Sum(item => (int)item!["ces"]!["answers"]!);

    private static int Responded(JsonArray items) => items.Sum(item => (int)item!["responses"]!);

    private static IEnumerable<string> Text(Dictionary<string, int> parts) => parts.OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => $"{part.Key} {part.Value}");

    private static T Pick<T>(Random random, IReadOnlyList<T> all) => all[random.Next(all.Count)];

    private sealed record Group(string Id, string Pattern, string? Stage, string[] Pages);

    private sealed record Filter(string Query, Func<Sent, bool> Fits);

    private sealed record Sent(string Page, int? Effort, string? Intent, string? Success, string Device, string? Segment, int Day, int? Nps, int? Csat)
    {
        public bool IsAnswered => Effort is not null || Intent is not null || Success is not null || Nps is not null || Csat is not null;

        public static Sent Any(Random random) => new(
            Pick(random, Pages), random.Next(4) == 0 ? null : random.Next(1, 8), Pick(random, Intents), Pick(random, Successes), Pick(random, Devices),
            random.Next(3) == 0 ? null : Pick(random, Segments), random.Next(16, 23), random.Next(2) == 0 ? null : random.Next(0, 11), random.Next(2) == 0 ? null : random.Next(1, 6));

        public SomeResponse ToResponse(TestSite site)
        {
            var response = site.Response(Effort, Intent, Success).With("survey", "all").Answering("nps", score: Nps).Answering("csat", score: Csat).On($"https://shop.example/{Page}").With("device", Device).With("answeredAt", $"2026-11-{Day}T08:00:00Z");
            return Segment is null ? response : response.With("tags", new JsonObject { ["segment"] = Segment });
        }
    }
}
