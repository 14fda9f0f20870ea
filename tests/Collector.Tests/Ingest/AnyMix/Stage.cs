using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Collector.Feedback;
using Collector.Ingest;
using Collector.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Collector.Tests.Ingest.AnyMix;

/// <summary>A new site on which steps are played, over HTTP; what must hold is asked of the database afterwards.</summary>
internal sealed class Stage(RunningCollector collector, TestSite site)
{
    private const int RetentionDays = 3;

    private readonly Dictionary<int, SomeResponse> slots = [];
    private readonly Dictionary<string, long[]> taken = [], takenScores = [];
    private readonly string visits = Guid.NewGuid().ToString()[..^1];
    private readonly TestRules rules = new(site);

    private static string[] ScoresOfCells => ["sum(answers)", "sum(score_0)", "sum(score_1)", "sum(score_5)", "sum(score_9)"];

    public static async Task<Stage> NewAsync(RunningCollector collector)
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["retentionDays"] = RetentionDays });
        await new TestSurveys(site).AddAsync(
            "scores", questions: """{ "standard": "single-ease" }, { "standard": "intent" }, { "standard": "success" }, { "standard": "nps" }, { "standard": "csat" }""");
        return new Stage(collector, site);
    }

    public async Task PlayAsync(Step step)
    {
        switch (step)
        {
            case Answer(var slot, var anew, var content):
                slots[slot] = With(!anew && slots.TryGetValue(slot, out var before) ? before.Next() : site.Response(), content);
                Assert.True(await PostAsync(slots[slot]) is HttpStatusCode.Created or HttpStatusCode.OK);
                break;
            case Repeat(var slot) when slots.TryGetValue(slot, out var last):
                Assert.Contains(await PostAsync(last), (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.Created]); // Created: retention took it.
                break;
            case Contradict(var slot, var content) when slots.TryGetValue(slot, out var last):
                var other = With(last.Next().With("revision", (int)last.Json["revision"]!), content);
                slots[slot] = await PostAsync(other) == HttpStatusCode.Conflict ? last : other;
                break;
            case Erase(var slot) when slots.TryGetValue(slot, out var last):
                using (await collector.Operator.DeleteAsync($"/v1/sites/{site.Id}/responses/{last.Id}", TestContext.Current.CancellationToken))
                {
                }

                break;
            case AddRule(var pattern, var keep, var position):
                await ChangeAsync(HttpMethod.Post, "", pattern, keep, position);
                break;
            case ChangeRule(var number, var pattern, var keep, var position) when await RuleAsync(number) is { } id:
                await ChangeAsync(HttpMethod.Patch, $"/{id}", pattern, keep, position);
                break;
            case RemoveRule(var number) when await RuleAsync(number) is { } id:
                Assert.Equal(HttpStatusCode.NoContent, (await rules.SendAsync(HttpMethod.Delete, $"/{id}")).Status);
                break;
            case Collapse(var identifiers):
                await rules.ChangeSiteAsync(new JsonObject { ["collapseIdentifiers"] = identifiers }.ToJsonString());
                break;
            case Days(var count):
                await PassAsync(count);
                break;
            case Settle:
                await rules.PlacedAsync();
                break;
        }
    }

    /// <summary>What must hold after any mix of steps.</summary>
    public async Task HoldsAsync()
    {
        await Cells.EqualARecountAsync(collector, site.Id);
        Assert.Equal(TextOf(taken), TextOf(await CountAsync("cells", "closed = 1", "scale", "sum(suspect)", "sum(shown)", "sum(dismissed)", "sum(answered)", "sum(completed)", "sum(effort_1)", "sum(effort_4)", "sum(effort_7)")));
        Assert.Equal(TextOf(takenScores), TextOf(await CountAsync("score_cells", "closed = 1", "question", ScoresOfCells)));
        Assert.Empty(await StoredRows.QueryAsync(
            collector,
            """
            select id, intent from responses
            where site = @Id and state <> 'erased' and intent <> case when own_intent <> '' then own_intent else coalesce((
                select giver.own_intent from responses giver
                where giver.site = responses.site and giver.visit = responses.visit and giver.own_intent <> ''
                order by giver.answered_at desc, giver.id desc limit 1), '') end
            """,
            new { site.Id }));

        await rules.PlacedAsync();
        await Cells.EqualARecountAsync(collector, site.Id);
        await EachIsAtItsTouchpointAsync();
    }

    private async Task EachIsAtItsTouchpointAsync()
    {
        var current = (await RulesAsync()).Select(rule => TouchpointRule.Check(
            (string)rule!["pattern"]!, [.. rule["keepParameters"]!.AsArray().Select(name => (string?)name)], new FieldErrors())!).ToList();
        var collapse = (bool)(await rules.ReadSiteAsync()).Body!["collapseIdentifiers"]!;
        var rows = await StoredRows.QueryAsync(
            collector,
            """
            select page, (select name from touchpoints where touchpoints.site = responses.site and number = touchpoint) as touchpoint
            from responses where site = @Id and state <> 'erased'
            """,
            new { site.Id });
        foreach (var row in rows)
        {
            var page = Page.FromStored((string)row["page"]!);
            var placement = Placement.Of(page, page.Query, current, collapse);
            Assert.Equal((placement.Page.ToString(), placement.Touchpoint.Name), ((string)row["page"]!, (string?)row["touchpoint"]));
        }
    }

    private async Task PassAsync(int days)
    {
        collector.Time.Now += TimeSpan.FromDays(days);
        var first = DayNumber.Of(DateOnly.FromDateTime(collector.Time.Now.UtcDateTime)) - RetentionDays;
        var old = await CountAsync(
            "responses",
            $"state <> 'erased' and day < {first}",
            "scale",
            Sum("suspect <> ''"),
            Heard("true"), Heard("state = 'dismissed'"), Heard("answers <> '[]'"), Heard("state = 'complete'"), Heard("effort = 1"), Heard("effort = 4"), Heard("effort = 7"));

        // What is suspect counts as that alone; with a clock that stands still, some answers come as fast as only bots give them.
        static string Heard(string condition) => Sum($"suspect = '' and {condition}");

        Add(taken, old);
        foreach (var question in (string[])["nps", "csat"])
        {
            string Given(int score) => Sum($"{question} = {score}");
            var heard = $"{question} is not null and suspect = '' and state <> 'erased' and day < {first}";
            Add(takenScores, await CountAsync("responses", heard, $"'{question}'", "count(*)", Given(0), Given(1), Given(5), Given(9)));
        }

        await collector.Services.GetRequiredService<Retention>().RunAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await StoredRows.QueryAsync(collector, "select id from responses where site = @Id and day < @first", new { site.Id, first }));
    }

    private static string Sum(string condition) => $"sum(case when {condition} then 1 else 0 end)";

    private static void Add(Dictionary<string, long[]> taken, Dictionary<string, long[]> more)
    {
        foreach (var (key, counts) in more)
        {
            taken[key] = [.. counts.Zip(taken.GetValueOrDefault(key) ?? new long[counts.Length], (a, b) => a + b)];
        }
    }

    // By all that makes a cell, except the touchpoint: responses may be on their way to another while they go.
    private async Task<Dictionary<string, long[]>> CountAsync(string table, string condition, string kind, params string[] counts)
    {
        var rows = await StoredRows.QueryAsync(
            collector,
            $"""
            select day, survey, {kind} as kind, intent, success, device, language, {string.Join(", ", counts.Select((count, i) => $"{count} as n{i}"))}
            from {table} where site = @Id and {condition}
            group by day, survey, kind, intent, success, device, language
            """,
            new { site.Id });
        return rows.ToDictionary(row => string.Join(' ', row.Values.Take(7)), row => row.Values.Skip(7).Select(count => Convert.ToInt64(count, CultureInfo.InvariantCulture)).ToArray());
    }

    private static IEnumerable<string> TextOf(Dictionary<string, long[]> counts) =>
        counts.Select(entry => $"{entry.Key}: {string.Join(' ', entry.Value)}").Order(StringComparer.Ordinal);

    private async Task<HttpStatusCode> PostAsync(SomeResponse response)
    {
        var reply = await site.PostAsync(response);
        Assert.True(reply.Status is HttpStatusCode.Created or HttpStatusCode.OK or HttpStatusCode.Conflict, reply.Body?.ToJsonString());
        return reply.Status;
    }

    private SomeResponse With(SomeResponse response, Content content) => response
        .Answering("effort", score: content.Effort)
        .With("survey", content.Nps is null && content.Csat is null ? "effort-and-intention" : "scores")
        .Answering("nps", score: content.Nps)
        .Answering("csat", score: content.Csat)
        .Answering("intent", choice: content.Intent)
        .Answering("success", choice: content.Success)
        .Answering("reason", text: content is { Nps: null, Csat: null, Effort: 1 or 2 } ? $"Too slow, {content.DaysAgo} days ago" : null)
        .On($"https://shop.example{content.Path}")
        .With("visit", content.Visit is null ? null : visits + content.Visit)
        .With("state", content.State)
        .With("device", content.Device)
        .With("answeredAt", (collector.Time.Now - TimeSpan.FromDays(content.DaysAgo)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    private async Task<JsonArray> RulesAsync() => (await rules.SendAsync(HttpMethod.Get)).Body!["items"]!.AsArray();

    private async Task<string?> RuleAsync(int number)
    {
        var items = await RulesAsync();
        return items.Count == 0 ? null : (string?)items[number % items.Count]!["id"];
    }

    private async Task ChangeAsync(HttpMethod method, string path, string pattern, string keep, int position)
    {
        var names = keep.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => (JsonNode?)JsonValue.Create(name)).ToArray();
        var reply = await rules.SendAsync(method, path, new JsonObject { ["pattern"] = pattern, ["keepParameters"] = new JsonArray(names), ["position"] = position }.ToJsonString());
        Assert.Contains(reply.Status, (HttpStatusCode[])[HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Conflict]);
    }
}
