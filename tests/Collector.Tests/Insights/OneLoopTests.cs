using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Insights;

/// <summary>
/// What the product is for, in one go and through the API alone, on the sample shop: a group that is low, the pattern in it, what to improve first, what was changed, and whether that
/// helped. The output is its transcript.
/// </summary>
public sealed class OneLoopTests(ITestOutputHelper output) : IDisposable
{
    private static readonly DateTimeOffset FirstDay = new(2026, 9, 7, 10, 0, 0, TimeSpan.Zero);

    private static readonly string[] Touchpoints = ["shop.example/", "shop.example/products", "shop.example/products/{id}", "shop.example/checkout", "shop.example/contact"];

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly RunningCollector collector = new();
    private readonly Random random = new(5);

    public void Dispose() => collector.Dispose();

    [Fact]
    public async Task FromALowGroupToAChangeThatHelped()
    {
        collector.Time.Now = FirstDay;
        var site = await collector.NewSiteAsync(new JsonObject { ["languages"] = new JsonArray("en") });
        await new TestGroups(site).AddAsync("look", ["/", "/products", "/products/*"], "consideration", "buyer");
        await new TestGroups(site).AddAsync("order", ["/checkout"], "decision", "buyer");
        await new TestGroups(site).AddAsync("get-help", ["/contact"], "use", "buyer");
        await LiveAsync(site, days: 14, isContactBetter: false);

        // Which group is low? The journey says so, and that its stages differ by more than chance.
        var groups = await AskAsync(site, "ces?by=group&from=2026-09-07&to=2026-09-20", body => new JsonObject
        {
            ["breakdown"] = new JsonArray([.. body["breakdown"]!.AsArray().Select(part => (JsonNode)new JsonObject { ["key"] = Copy(part!["key"]), ["answers"] = Copy(part["ces"]!["answers"]), ["mean"] = Round(part["ces"]!["mean"]) })]),
            ["journeys"] = Copy(body["journeys"]),
        });
        var low = groups["journeys"]![0]!["low"]!;
        Assert.Equal("get-help", (string?)low["key"]);
        Assert.True((double)low["interval"]!["high"]! < (double)groups["journeys"]![0]!["peak"]!["interval"]!["low"]!);
        Assert.InRange((double)groups["journeys"]![0]!["p"]!, 0, 0.001);

        // Who finds it hard there? Those who complain.
        var patterns = await AskAsync(site, "patterns?from=2026-09-07&to=2026-09-20&limit=3", body => new JsonArray([.. body["patterns"]!.AsArray().Select(pattern => (JsonNode)new JsonObject
        {
            ["sentence"] = Copy(pattern!["sentence"]), ["q"] = Copy(pattern["q"]), ["success"] = Copy(pattern["success"]), ["obstacles"] = Copy(pattern["obstacles"]),
        })]));
        Assert.Contains(patterns["patterns"]!.AsArray(), pattern => ((string)pattern!["sentence"]!).StartsWith("On shop.example/contact, visitors who came for “Make a complaint” found it hard ", StringComparison.Ordinal));

        // What is wanted, and what brings it nearest first?
        var goals = new Saved(site, "goals");
        var goal = await goals.AddAsync("""{ "name": "Easy all the way", "metric": "ces", "target": 5.3, "date": "2026-12-31", "days": 14 }""");
        var standing = await AskAsync(site, $"goals/{goal}", body => Copy(body["standing"])!);
        Assert.Equal("at risk", (string?)standing["standing"]!["status"]);
        var priorities = await AskAsync(site, $"priorities?goal={goal}&from=2026-09-07&to=2026-09-20", body => new JsonObject
        {
            ["target"] = Round(body["target"]),
            ["mean"] = Round(body["mean"]),
            ["items"] = new JsonArray([.. body["items"]!.AsArray().Take(2).Select(item => (JsonNode)new JsonObject
            {
                ["touchpoint"] = Copy(item!["touchpoint"]), ["shrunkMean"] = Round(item["shrunkMean"]), ["probabilityBelowTarget"] = Copy(item["probabilityBelowTarget"]),
                ["gain"] = Round(item["gain"]), ["reasons"] = Copy(item["reasons"]),
            })]),
        });
        Assert.Equal("shop.example/contact", (string?)priorities["items"]![0]!["touchpoint"]);
        Assert.Equal("shop.example/contact", (string?)(await site.GetAsync("touchpoints?sort=gain&limit=1&from=2026-09-07&to=2026-09-20")).Body!["items"]![0]!["touchpoint"]);

        // Two things are changed. Until the days after them are over, nobody is told anything.
        var changes = new Saved(site, "changes");
        var form = await changes.AddAsync("""
            { "title": "A form for complaints", "date": "2026-09-21", "days": 14, "selection": { "group": "get-help" }, "control": { "group": "look" } }
            """);
        var button = await changes.AddAsync("""{ "title": "A larger button", "date": "2026-09-21", "days": 14, "selection": { "touchpoint": "shop.example/checkout" } }""");
        await LiveAsync(site, days: 1, isContactBetter: true);
        Assert.Equal("too early", (string?)(await AskAsync(site, $"changes/{form}", body => Copy(body["effect"]!["verdict"])!))["effect"]!["verdict"]);

        await LiveAsync(site, days: 14, isContactBetter: true);

        // One helped, beyond what happened elsewhere. Of the other there is no result, with what could have been seen.
        var helped = await AskAsync(site, $"changes/{form}", EffectOf);
        Assert.Equal("improved", (string?)helped["effect"]!["verdict"]);
        Assert.True((double)helped["effect"]!["effect"]!["boundedInterval"]!["low"]! > 0);
        var nothing = await AskAsync(site, $"changes/{button}", EffectOf);
        Assert.Equal("no detectable effect", (string?)nothing["effect"]!["verdict"]);
        Assert.InRange((double)nothing["effect"]!["effect"]!["smallestDetectable"]!, 0.1, 2);

        // The trend of what was changed carries the change, and the goal has come nearer.
        var trend = await AskAsync(site, "ces?by=week&group=get-help&from=2026-09-07&to=2026-10-04", body => new JsonObject
        {
            ["breakdown"] = new JsonArray([.. body["breakdown"]!.AsArray().Select(part => (JsonNode)$"{(string?)part!["key"]}: {(double)part["ces"]!["mean"]!:0.00}")]),
            ["changes"] = Copy(body["changes"]),
        });
        Assert.Equal(["A form for complaints"], trend["changes"]!.AsArray().Select(change => (string?)change!["title"]));
        var after = await AskAsync(site, $"goals/{goal}", body => Copy(body["standing"])!);
        Assert.True((double)after["standing"]!["missing"]! < (double)standing["standing"]!["missing"]! / 2);
        var contact = (await site.GetAsync("priorities?target=71&from=2026-09-22&to=2026-10-05")).Body!["items"]!.AsArray().Single(item => (string?)item!["touchpoint"] == "shop.example/contact");
        Assert.True((double)contact!["gain"]! < (double)priorities["items"]![0]!["gain"]! / 3);
    }

    /// <summary>So many days go by, each with its answers.</summary>
    private async Task LiveAsync(TestSite site, int days, bool isContactBetter)
    {
        for (var day = 0; day < days; day++)
        {
            await AnswerAsync(site, isContactBetter);
            collector.Time.Now = collector.Time.Now.AddDays(1);
        }
    }

    // A day of the shop: some forty visitors answer, a quarter of them on the contact page, where those who complain find it hard until it is better.
    private Task AnswerAsync(TestSite site, bool isContactBetter) => site.StoreManyAsync(Enumerable.Range(0, 40).Select(i =>
    {
        var touchpoint = i % 4 == 0 ? 4 : random.Next(4);
        var intent = touchpoint == 4 ? Pick("complain", "complain", "help", "contact") : touchpoint == 3 ? Pick("buy", "buy", "manage") : Pick("inform", "compare", "buy");
        var isHard = intent == "complain" && !isContactBetter;
        var effort = isHard ? Pick(1, 1, 2, 2, 3, 5) : touchpoint == 4 ? Pick(3, 4, 5, 6, 6, 7) : Pick(2, 4, 5, 6, 6, 6, 7, 7, 7);
        var success = effort < 4 ? Pick("no", "no", "partly") : Pick("yes", "yes", "partly");
        var response = site.Response(effort, intent, success).On($"https://{Touchpoints[touchpoint].Replace("{id}", "42", StringComparison.Ordinal)}").With("state", "complete");
        return effort < 4 ? response.Answering("reason", text: "No answer to my complaint") : response;
    }).ToList());

    private T Pick<T>(params T[] from) => from[random.Next(from.Length)];

    /// <summary>Asks, and writes the request and what matters of the answer into the transcript.</summary>
    private async Task<JsonNode> AskAsync(TestSite site, string figure, Func<JsonNode, JsonNode> part)
    {
        var reply = await site.GetAsync(figure);
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        output.WriteLine($"GET /v1/sites/shop/{figure}\n{part(reply.Body!).ToJsonString(Readable)}\n");
        return reply.Body!;
    }

    private static JsonObject EffectOf(JsonNode change)
    {
        var effect = change["effect"]!;
        return new JsonObject
        {
            ["title"] = Copy(change["title"]),
            ["verdict"] = Copy(effect["verdict"]),
            ["before"] = Round(effect["before"]!["mean"]),
            ["after"] = Round(effect["after"]!["mean"]),
            ["effect"] = Copy(effect["effect"]),
        };
    }

    private static JsonNode? Copy(JsonNode? node) => node?.DeepClone();

    private static JsonNode Round(JsonNode? number) => Math.Round((double)number!, 2);
}
