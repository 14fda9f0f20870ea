using System.Globalization;
using System.Text.Json.Nodes;
using Collector.Ingest;
using Collector.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Collector.Tests.Ingest;

/// <summary>The cells of NPS and satisfaction follow a response as those of effort do; AnyMix asks it of random mixes.</summary>
public sealed class ScoreCellsTests(RunningCollector collector)
{
    [Fact]
    public async Task ARevisionMovesAScoreALateIntentTakesItAlongAndErasureTakesItAway()
    {
        var site = await SiteAsync(collector);
        var visit = Guid.NewGuid().ToString();
        var response = Response(site, nps: 3).With("visit", visit);
        await site.StoreAsync(response);
        Assert.Equal(["nps  3"], await ScoresAsync(collector, site));

        await site.StoreAsync(response = response.Next().Answering("nps", score: 9).Answering("csat", score: 5));
        Assert.Equal(["csat  5", "nps  9"], await ScoresAsync(collector, site));

        await site.StoreAsync(site.Response(intent: "buy").With("visit", visit));
        Assert.Equal(["csat buy 5", "nps buy 9"], await ScoresAsync(collector, site));
        await Cells.EqualARecountAsync(collector, site.Id);

        using (await collector.Operator.DeleteAsync($"/v1/sites/{site.Id}/responses/{response.Id}", TestContext.Current.CancellationToken))
        {
        }

        Assert.Empty(await ScoresAsync(collector, site));
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Fact]
    public async Task AResponseWithoutSuchAnswersHasNoSuchCell()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 6, intent: "buy", success: "yes"));
        Assert.Empty(await ScoresAsync(collector, site));
    }

    [Fact]
    public async Task RulesTakeScoresAlong()
    {
        var site = await SiteAsync(collector);
        await site.StoreAsync(Response(site, nps: 10).On("https://shop.example/products/red"), Response(site, nps: 0).On("https://shop.example/products/blue"));
        var rules = new TestRules(site);
        await rules.AddAsync("/products/*");
        await rules.PlacedAsync();

        var part = (await site.GetAsync("nps?by=touchpoint")).Body!["breakdown"]!.AsArray().Single()!;
        Assert.Equal(("shop.example/products/*", 2), ((string?)part["key"], (int)part["nps"]!["answers"]!));
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Fact]
    public async Task CountsOfScoresStayWhenTheirResponsesGo()
    {
        using var own = new RunningCollector();
        var site = await SiteAsync(own, new JsonObject { ["retentionDays"] = 3 });
        await site.StoreAsync(Response(site, nps: 10, csat: 4), Response(site, nps: 0));
        own.Time.Now += TimeSpan.FromDays(5);
        await own.Services.GetRequiredService<Retention>().RunAsync(TestContext.Current.CancellationToken);
        await site.StoreAsync(Response(site, nps: 10));

        Assert.Equal(3, (int)(await site.GetAsync("nps")).Body!["nps"]!["answers"]!);
        Assert.Equal(1, (int)(await site.GetAsync("csat")).Body!["csat"]!["answers"]!);
        await Cells.EqualARecountAsync(own, site.Id);
    }

    private static async Task<TestSite> SiteAsync(RunningCollector collector, JsonObject? settings = null)
    {
        var site = await collector.NewSiteAsync(settings);
        await new TestSurveys(site).AddAsync("scores", questions: """{ "standard": "nps" }, { "standard": "csat" }, { "standard": "intent" }""");
        return site;
    }

    private static SomeResponse Response(TestSite site, int? nps = null, int? csat = null) =>
        site.Response().With("survey", "scores").Answering("nps", score: nps).Answering("csat", score: csat);

    // Question, intent and score of each cell, as often as it was given.
    private static async Task<List<string>> ScoresAsync(RunningCollector collector, TestSite site)
    {
        var rows = await StoredRows.QueryAsync(collector, "select * from score_cells where site = @Id order by question, intent", new { site.Id });
        return [.. rows.SelectMany(row => Enumerable.Range(0, 11).Where(score => Convert.ToInt64(row[$"score_{score}"], CultureInfo.InvariantCulture) > 0)
            .Select(score => $"{row["question"]} {row["intent"]} {score}"))];
    }
}
