using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Collector.Dashboard.Mail;
using Collector.Ingest;
using Collector.Insights.Watch;
using Collector.Sites;
using Collector.Storage;
using Collector.Tests.Support;
using Collector.Tests.Transfer;
using Collector.Webhooks;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Collector.Tests.Storage;

/// <summary>
/// The tables can be distributed by site over many servers. PostgreSQL itself is asked: its tables are split by site here, as a cluster would split them, which it does only where every
/// key contains the site; and the plan of each statement tells which parts it went to.
/// </summary>
[Trait("Database", "Own")]
public sealed partial class DistributedBySiteTests : IDisposable
{
    private const int Parts = 8;

    // Small tables, which every server of a cluster has whole.
    private static readonly string[] Whole = ["migrations", "secrets", "sites", "people", "members", "sessions", "links", "key_ring", "removed_sites"];

    private readonly PostgresServer server = PostgresServer.Start(
        "15", "-c", "fsync=off", "-c", "log_line_prefix=", "-c", "shared_preload_libraries=auto_explain", "-c", "auto_explain.log_min_duration=0",
        "-c", "auto_explain.log_analyze=on", "-c", "auto_explain.log_timing=off", "-c", "auto_explain.log_format=json",

        // By its own collector, which keeps apart what two backends say at once: a pipe mixes what is longer than a page.
        "-c", "logging_collector=on");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task NoStatementOfTheCollectorTouchesTwoPartsAndEveryKeyHoldsTheSite()
    {
        var database = server.NewDatabase();
        await using (RunningCollector.With(("Collector:Database", database)))
        {
        }

        var tables = await SplitAsync(database);
        await using (var collector = RunningCollector.With(("Collector:Database", database)))
        {
            await UseAsync(collector);
        }

        server.Stop();
        var (touched, astray) = (new HashSet<string>(), new List<string>());
        foreach (var (statement, parts) in Plans().Where(plan => plan.Parts.Count > 0))
        {
            touched.UnionWith(parts.Select(part => part.Table));
            if (parts.Select(part => part.Number).Distinct().Count() > 1 && !LooksAround(statement))
            {
                astray.Add($"{statement}\n  went to {string.Join(", ", parts)}");
            }
        }

        Assert.True(astray.Count == 0, string.Join("\n\n", astray.Distinct(StringComparer.Ordinal)));
        Assert.Equal(tables.Order(StringComparer.Ordinal), touched.Order(StringComparer.Ordinal));
        Assert.Equal(Whole.Order(StringComparer.Ordinal), InTheSample("create_reference_table"));
        Assert.Equal(tables.Order(StringComparer.Ordinal), InTheSample("create_distributed_table"));
    }

    // Three folders up from bin/Release/net10.0, and two to the samples.
    private static IEnumerable<string> InTheSample(string call) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "../../../../../samples/deploy/citus.sql"))
            .Where(line => line.StartsWith($"select {call}('", StringComparison.Ordinal))
            .Select(line => line.Split('\'')[1])
            .Order(StringComparer.Ordinal);

    // What goes by in the background and is no way that a response or a figure takes: the operator's list of sites, once an hour for retention and on request, and who is to be told something.
    private static bool LooksAround(string statement) =>
        ((string[])["from touchpoint_rules where site between", "select site, id from webhooks", "select site, events from webhooks", "select distinct site from mail_choices", "select site, person, digest_week from mail_choices", "select site, id from mails"]).Any(look => statement.Contains(look, StringComparison.Ordinal));

    /// <summary>Makes each table that holds something of a site one in parts. PostgreSQL refuses where a key or a unique index is without the site.</summary>
    private static async Task<IReadOnlyList<string>> SplitAsync(string database)
    {
        await using var connection = await TestDatabase.OpenAsync(database);
        var tables = (await connection.QueryAsync<string>("select table_name from information_schema.tables where table_schema = 'public'")).Except(Whole).ToList();
        foreach (var table in tables)
        {
            await connection.ExecuteAsync(
                $"""
                alter table {table} rename to {table}_whole;
                create table {table} (like {table}_whole including all) partition by hash (site);
                drop table {table}_whole;
                {string.Join('\n', Enumerable.Range(0, Parts).Select(part => $"create table {table}_part_{part} partition of {table} for values with (modulus {Parts}, remainder {part});"))}
                """);
        }

        return tables;
    }

    /// <summary>Everything that visitors and analysts do, on several sites at the same time.</summary>
    private static async Task UseAsync(RunningCollector collector)
    {
        var sites = new List<TestSite>();
        for (var i = 0; i < 12; i++)
        {
            sites.Add(await collector.NewSiteAsync(new JsonObject { ["retentionDays"] = 30 }));
        }

        foreach (var site in sites)
        {
            await new TestSurveys(site).AddAsync("scores", questions: """{ "standard": "single-ease" }, { "standard": "intent" }, { "standard": "nps" }, { "standard": "csat" }""");
            await new TestGroups(site).AddAsync("all", ["/**"], stage: "decision", journey: "buyer");
        }

        // Days that settle, so that there are totals of spans, and answers that come late.
        for (var day = 0; day < 6; day++)
        {
            await Task.WhenAll(sites.Select(site => AnswerAsync(site, day)));
            collector.Time.Now += TimeSpan.FromDays(1);
            collector.Time.Passed += TimeSpan.FromDays(1);
        }

        foreach (var site in sites[..2])
        {
            var goal = await new Saved(site, "goals").AddAsync("""{ "name": "Easy", "metric": "easy", "target": 0.7, "date": "2027-03-31" }""");
            var change = await new Saved(site, "changes").AddAsync("""{ "title": "Prices", "date": "2026-11-23", "selection": { "page": "https://shop.example/p/1x" } }""");
            foreach (var figure in Figures.Concat([$"goals/{goal}", "goals", $"changes/{change}", "changes", "surveys", "groups", "surveys/scores", "surveys/scores/versions/1", "keys", "explain?page=https://shop.example/p/1x"]))
            {
                using var reply = await collector.Operator.GetAsync($"/v1/sites/{site.Id}/{figure}", Cancellation);
                Assert.True(reply.IsSuccessStatusCode, $"{figure}: {await reply.Content.ReadAsStringAsync(Cancellation)}");
            }

            var webhooks = new Saved(site, "webhooks");
            var webhook = await webhooks.AddAsync("""{ "name": "Desk", "url": "https://receiver.invalid/", "events": ["response.completed", "ces.dropped"] }""");
            await site.StoreAsync(site.Response(effort: 2).With("state", "complete"));
            foreach (var (method, path, body) in new[]
            {
                (HttpMethod.Get, $"/{webhook}", null), (HttpMethod.Get, $"/{webhook}/deliveries", null), (HttpMethod.Post, $"/{webhook}/secret", null), (HttpMethod.Post, $"/{webhook}/test", null),
                (HttpMethod.Post, $"/{webhook}/replay", """{ "since": "2026-11-22T00:00:00Z" }"""), (HttpMethod.Patch, $"/{webhook}", """{ "name": "Service desk" }"""),
            })
            {
                Assert.True((await webhooks.SendAsync(method, path, body)).Message.IsSuccessStatusCode, path);
            }

            await collector.Visitor.GetStringAsync($"/{site.SiteKey}.js", Cancellation);
            await collector.Visitor.GetStringAsync($"/s/{site.SiteKey}/effort-and-intention", Cancellation);
            var erased = site.Response(effort: 2).Answering("reason", text: "The price");
            await site.StoreAsync(erased);
            using (await collector.Operator.PatchAsJsonAsync($"/v1/sites/{site.Id}/responses/{erased.Id}", new JsonObject { ["handled"] = true, ["labels"] = new JsonArray("price") }, Cancellation))
            using (await collector.Operator.GetAsync($"/v1/sites/{site.Id}/responses?label=price&handled=yes", Cancellation))
            using (await collector.Operator.DeleteAsync($"/v1/sites/{site.Id}/responses/{erased.Id}", Cancellation))
            using (await collector.Operator.PatchAsJsonAsync($"/v1/sites/{site.Id}", new JsonObject { ["minimumAnswers"] = 5 }, Cancellation))
            {
            }

            var rules = new TestRules(site);
            await rules.AddAsync("/p/*");
            await rules.PlacedAsync();
        }

        await collector.Services.GetRequiredService<Watching>().RunAsync(Cancellation);
        await collector.Services.GetRequiredService<Database>().WriteAsync(transaction => MailChoices.WriteAsync(transaction, sites[0].Id, "somebody", digest: true, alerts: true, week: 0), Cancellation);
        await collector.Services.GetRequiredService<Postman>().RunAsync(Cancellation);
        collector.Time.Now += TimeSpan.FromDays(1);
        await collector.Services.GetRequiredService<Watching>().RunAsync(Cancellation);

        // One that is stored, and one that is refused.
        var line = sites[0].Response(effort: 3).With("answeredAt", "2026-11-02T08:00:00Z").Json;
        Assert.Equal("2 1 0 1", Importer.Counts(await new Importer(collector.Operator, sites[0].Id).BringInLinesAsync([line, new JsonObject { ["page"] = "none" }])));

        collector.Time.Now += TimeSpan.FromDays(40);
        await collector.Services.GetRequiredService<Retention>().RunAsync(Cancellation);
        await collector.Services.GetRequiredService<Forgetting>().RunAsync(Cancellation);
        using (await collector.Operator.DeleteAsync($"/v1/sites/{sites[1].Id}", Cancellation))
        {
            await collector.Services.GetRequiredService<SiteRemoval>().RunAsync(Cancellation);
        }

        Assert.Equal(0, (int)(await sites[0].CesAsync("from=2026-12-31&to=2027-01-01"))["answers"]!);
    }

    private static IEnumerable<string> Figures =>
    [
        .. from figure in (string[])["ces", "nps", "csat"]
           from way in (string[])["day", "week", "month", "touchpoint", "group", "stage", "intent", "success", "device", "language", "survey"]
           select $"{figure}?by={way}&from=2026-11-20&to=2026-11-30",
        "ces?tag.segment=business", "ces?page=https://shop.example/p/1x", "ces?group=all", "ces?stage=decision", "ces?device=mobile&intent=buy", "intents", "patterns", "priorities",
        "touchpoints", "touchpoints?sort=gain", "touchpoints?sort=-responses&intent=buy",
        "export?format=ndjson", "figures.csv?figure=ces&by=day", "responses?limit=5", "responses?search=slow&limit=5&handled=no&effort=difficult", "responses?comments=true&tag.segment=business&group=all",
    ];

    private static async Task AnswerAsync(TestSite site, int day)
    {
        for (var i = 0; i < 12; i++)
        {
            var response = site.Response(effort: 1 + ((i + day) % 7), intent: i % 3 == 0 ? "buy" : null, success: "partly")
                .On($"https://shop.example/p/{i % 4}x").With("visit", $"0199f1c2-7b3a-7c3e-9d55-01234567{day}{i % 5:000}").With("device", "mobile")
                .With("tags", new JsonObject { ["segment"] = "business" });
            await site.StoreAsync(response);
            await site.StoreAsync(response.Next().Answering("effort", score: 1 + (i % 7)).Answering("reason", text: "Too slow"));
            await site.StoreAsync(site.Response(effort: 2).With("survey", "scores").Answering("nps", score: 9).Answering("csat", score: 4));
        }

        await site.StoreAsync(site.Response(effort: 3).With("answeredAt", $"2026-11-{22 + day - 2:00}T09:00:00Z"));
    }

    /// <summary>Each statement that ran, and the parts that it read or changed.</summary>
    private IEnumerable<(string Statement, IReadOnlyList<Part> Parts)> Plans()
    {
        // Each begins on a new line, after a tab.
        var log = string.Concat(Directory.GetFiles(Path.Combine(server.Data, "log")).Select(File.ReadAllText));
        foreach (var plan in log.Split(" plan:\n").Skip(1))
        {
            using var json = JsonDocument.Parse(plan[..(plan.IndexOf("\n\t}", StringComparison.Ordinal) + 3)]);
            var parts = new List<Part>();
            Gather(json.RootElement.GetProperty("Plan"), parts);
            yield return (json.RootElement.GetProperty("Query Text").GetString()!, parts);
        }
    }

    private static void Gather(JsonElement node, List<Part> parts)
    {
        if (node.TryGetProperty("Relation Name", out var relation) && node.GetProperty("Actual Loops").GetDouble() > 0 && NameOfPart().Match(relation.GetString()!) is { Success: true } name)
        {
            parts.Add(new Part(name.Groups["table"].Value, int.Parse(name.Groups["number"].Value, CultureInfo.InvariantCulture)));
        }

        foreach (var child in node.TryGetProperty("Plans", out var children) ? children.EnumerateArray().ToArray() : [])
        {
            Gather(child, parts);
        }
    }

    [GeneratedRegex(@"^(?<table>\w+)_part_(?<number>\d+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NameOfPart();

    private readonly record struct Part(string Table, int Number);
}
