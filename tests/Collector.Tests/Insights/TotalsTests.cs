using System.Globalization;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Insights;

/// <summary>Figures from totals are those from cells. A figure of the only survey reads the cells, for totals do not tell surveys apart; otherwise it is the same figure.</summary>
/// <remarks>A failure prints the query; <c>COLLECTOR_SEED</c> plays the same answers and queries again.</remarks>
public sealed class TotalsTests : IDisposable
{
    private const int Rounds = 60, Queries = 150;

    private static readonly string[] Pages = ["a", "b", "b/c", "d"];
    private static readonly string?[] Intents = [null, "buy", "help"];
    private static readonly string?[] Successes = [null, "yes", "no", "busy"];
    private static readonly string[] Figures =
    [
        "ces?", "ces?by=day&", "ces?by=week&", "ces?by=month&", "ces?by=touchpoint&", "ces?by=group&", "ces?by=intent&", "touchpoints?limit=3&", "touchpoints?sort=-responses&", "intents?",
        "patterns?", "priorities?limit=3&", "nps?", "nps?by=month&", "csat?by=touchpoint&", "nps?by=intent&",
    ];

    private readonly RunningCollector collector = new();

    public void Dispose() => collector.Dispose();

    [Fact]
    public async Task FiguresFromTotalsAreThoseFromCellsOverAnyDays()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("COLLECTOR_SEED") ?? "7", CultureInfo.InvariantCulture);
        var random = new Random(seed);

        // Two years with a leap day; some days in a row, then weeks without anybody.
        collector.Time.Now = new DateTimeOffset(2027, 6, 1, 9, 30, 0, TimeSpan.Zero);
        var site = await collector.NewSiteAsync(new JsonObject { ["retentionDays"] = 3_000 });
        await new TestSurveys(site).AddAsync("only", questions: """{ "standard": "single-ease" }, { "standard": "intent" }, { "standard": "success" }, { "standard": "nps" }, { "standard": "csat" }""");
        await new TestGroups(site).AddAsync("b", ["/b/**"], "use");
        var first = DateOnly.FromDateTime(collector.Time.Now.UtcDateTime);
        for (var round = 0; round < Rounds; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => site.StoreAsync(Any(random, site, collector.Time.Now))));
            collector.Time.Now += TimeSpan.FromDays(random.Next(4) == 0 ? random.Next(120) : random.Next(3));
        }

        var days = DateOnly.FromDateTime(collector.Time.Now.UtcDateTime).DayNumber - first.DayNumber;
        Assert.True(days > 366, $"{days} days");
        for (var i = 0; i < Queries; i++)
        {
            var (from, to) = AnyDays(random, first, days);
            var (group, intent) = (random.Next(4) == 0 ? "&group=b" : "", random.Next(4) == 0 ? "&intent=buy" : "");
            var page = group.Length == 0 && random.Next(3) == 0 ? "&page=https://shop.example/a" : "";
            var query = string.Create(CultureInfo.InvariantCulture, $"{Pick(random, Figures)}from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}{group}{intent}{page}");
            Assert.Equal(await TextAsync(site, $"{query}&survey=only"), await TextAsync(site, query));
        }

        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Fact]
    public async Task ARankingThatWasReadBeforeFollowsWhatComesLateAndWhatIsErased()
    {
        var site = await collector.NewSiteAsync();
        var asked = collector.Time.Now;
        SomeResponse On(string page, int effort) => site.Response(effort).On($"https://shop.example/{page}").With("answeredAt", asked.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        await site.StoreAsync(On("hard", 2), On("easy", 6));
        collector.Time.Now += TimeSpan.FromDays(2);
        await site.StoreAsync(site.Response(effort: 4).On("https://shop.example/today"));
        Assert.Equal(["hard 1", "today 1", "easy 1"], await RankedAsync());

        var late = Enumerable.Range(0, 3).Select(_ => On("easy", 1)).ToArray();
        await site.StoreAsync(late);
        Assert.Equal(["hard 1", "easy 4", "today 1"], await RankedAsync());

        foreach (var response in late)
        {
            using var erased = await collector.Operator.DeleteAsync($"/v1/sites/{site.Id}/responses/{response.Id}", TestContext.Current.CancellationToken);
        }

        Assert.Equal(["hard 1", "today 1", "easy 1"], await RankedAsync());

        // Both rankings, of which the second tells how many answers it ranks by.
        async Task<IEnumerable<string>> RankedAsync()
        {
            var byEase = (await site.GetAsync("touchpoints")).Body!["items"]!.AsArray().Select(item => (string)item!["touchpoint"]!);
            var answers = (await site.GetAsync("priorities")).Body!["items"]!.AsArray().ToDictionary(item => (string)item!["touchpoint"]!, item => (int)item!["answers"]!);
            return byEase.Select(name => $"{name.Split('/')[1]} {answers[name]}");
        }
    }

    private static async Task<string> TextAsync(TestSite site, string query)
    {
        var reply = await site.GetAsync(query);
        Assert.True(reply.Status == System.Net.HttpStatusCode.OK, $"{query}: {reply.Body?.ToJsonString()}");
        return $"{query.Replace("&survey=only", "", StringComparison.Ordinal)}: {reply.Body!.ToJsonString()}";
    }

    private static (DateOnly From, DateOnly To) AnyDays(Random random, DateOnly first, int days)
    {
        var from = first.AddDays(random.Next(-5, days));
        return random.Next(4) switch
        {
            0 => (from, from),
            1 => (new DateOnly(from.Year, from.Month, 1), new DateOnly(from.Year, from.Month, 1).AddMonths(1).AddDays(-1)),
            2 => (from, from.AddYears(1).AddDays(-1)),
            _ => (from, from.AddDays(random.Next(days))),
        };
    }

    private static SomeResponse Any(Random random, TestSite site, DateTimeOffset now) => site
        .Response(random.Next(4) == 0 ? null : random.Next(1, 8), Pick(random, Intents), Pick(random, Successes))
        .With("survey", "only")
        .Answering("nps", score: random.Next(2) == 0 ? null : random.Next(11))
        .Answering("csat", score: random.Next(2) == 0 ? null : random.Next(1, 6))
        .On($"https://shop.example/{Pick(random, Pages)}")
        .With("answeredAt", (now - TimeSpan.FromDays(random.Next(6))).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    private static T Pick<T>(Random random, T[] all) => all[random.Next(all.Length)];
}
