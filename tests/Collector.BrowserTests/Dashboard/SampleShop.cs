using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.BrowserTests.Dashboard;

/// <summary>
/// A shop with a story: who wants to complain has a hard time on the contact page, and who compares on the comparison; the checkout was made easier on 2 November. The same each time.
/// </summary>
public sealed class SampleShop
{
    private const int Days = 90, MostAtOnce = 128;

    private static readonly (string Path, int Visits, double Ease, string[] Intents)[] Pages =
    [
        ("/", 9, 5.6, ["inform", "compare", "buy"]),
        ("/products/kettles", 8, 5.5, ["compare", "inform", "buy"]),
        ("/products/toasters", 6, 5.3, ["compare", "inform", "buy"]),
        ("/compare", 7, 4.9, ["compare", "inform"]),
        ("/checkout", 8, 4.2, ["buy"]),
        ("/delivery", 5, 5.0, ["inform", "help", "manage"]),
        ("/returns", 4, 4.0, ["help", "manage", "complain"]),
        ("/contact", 8, 4.7, ["contact", "complain", "help"]),
        ("/help/warranty", 3, 4.4, ["help", "inform"]),
        ("/account/orders/1042", 5, 5.4, ["manage", "help"]),
        ("/stores/utrecht", 2, 6.0, ["inform", "contact"]),
        ("/jobs", 1, 5.8, ["job"]),
    ];

    private static readonly string[] Complaints =
    [
        "Could not find where to file a complaint.", "I was sent from page to page.", "The form lost what I had typed.", "Nobody answers the phone.", "De knop deed het niet.",
        "I had to enter my order number three times.", "Waarom kan ik hier niet gewoon bellen?", "The price was nowhere to be seen until the last step.",
    ];

    private SampleShop(string id, string siteKey) => (Id, SiteKey) = (id, siteKey);

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>Its public key.</summary>
    public string SiteKey { get; }

    internal static async Task<SampleShop> CreateAsync(FilledCollector collector)
    {
        var end = collector.Time.Now;
        collector.Time.Now = end.AddDays(-Days);
        var site = await collector.SendAsync(HttpMethod.Post, "/v1/sites", new JsonObject
        {
            ["name"] = "Kettle & Co",
            ["timeZone"] = "Europe/Amsterdam",
            ["languages"] = new JsonArray("en", "nl"),
        });
        var shop = new SampleShop((string)site["id"]!, (string)site["siteKey"]!);
        await shop.SetUpAsync(collector);
        using var visitor = collector.CreateClient();
        var chance = new Random(1849);
        for (var day = Days; day >= 0; day--)
        {
            collector.Time.Now = end.AddDays(-day).AddHours(-1);
            collector.Time.Passed += TimeSpan.FromDays(1);
            await shop.AnswerAsync(visitor, DateOnly.FromDateTime(collector.Time.Now.UtcDateTime), chance);
        }

        collector.Time.Now = end;
        return shop;
    }

    private async Task SetUpAsync(FilledCollector collector)
    {
        foreach (var (id, name, patterns, journey, stage) in ((string, string, string, string?, string?)[])
                 [
                     ("orientation", "Orientation", "/;/products/*", "buyer", "interest"),
                     ("comparison", "Comparison", "/compare", "buyer", "consideration"),
                     ("buying", "Buying", "/checkout;/delivery", "buyer", "decision"),
                     ("using", "Using", "/account/**;/help/**", "buyer", "use"),
                     ("service", "Service", "/contact;/returns;/help/**", "service", "relation"),
                     ("places", "Shops and jobs", "/stores/*;/jobs", null, null),
                 ])
        {
            await collector.SendAsync(HttpMethod.Post, $"/v1/sites/{Id}/groups", new JsonObject
            {
                ["id"] = id,
                ["name"] = name,
                ["patterns"] = new JsonArray([.. patterns.Split(';').Select(pattern => (JsonNode)pattern)]),
                ["journey"] = journey,
                ["stage"] = stage,
            });
        }

        await collector.SendAsync(HttpMethod.Post, $"/v1/sites/{Id}/goals", new JsonObject
        {
            ["name"] = "Everything is easy",
            ["metric"] = "ces",
            ["target"] = 5.3,
            ["date"] = "2027-03-31",
        });
        await collector.SendAsync(HttpMethod.Post, $"/v1/sites/{Id}/goals", new JsonObject
        {
            ["name"] = "Checkout works out",
            ["metric"] = "success",
            ["target"] = 0.8,
            ["date"] = "2026-12-31",
            ["selection"] = new JsonObject { ["group"] = "buying" },
        });
        await collector.SendAsync(HttpMethod.Post, $"/v1/sites/{Id}/changes", new JsonObject
        {
            ["title"] = "Checkout on one page",
            ["date"] = "2026-11-02",
            ["days"] = 18,
            ["note"] = "Address, delivery and payment together.",
            ["selection"] = new JsonObject { ["touchpoint"] = "shop.example/checkout" },
        });
        await collector.SendAsync(HttpMethod.Post, $"/v1/sites/{Id}/changes", new JsonObject
        {
            ["title"] = "Phone number on the contact page",
            ["date"] = "2026-11-16",
            ["selection"] = new JsonObject { ["touchpoint"] = "shop.example/contact" },
        });
    }

    private async Task AnswerAsync(HttpClient visitor, DateOnly day, Random chance)
    {
        var responses = Pages.SelectMany(page => Enumerable.Range(0, page.Visits * 2).Select(_ => Response(page, day, chance))).ToList();
        await Parallel.ForEachAsync(responses, new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce }, async (response, cancellation) =>
        {
            using var reply = await visitor.PostAsJsonAsync("/v1/responses", response, cancellation);
            Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(cancellation));
        });
    }

    private JsonObject Response((string Path, int Visits, double Ease, string[] Intents) page, DateOnly day, Random chance)
    {
        var id = new byte[16];
        chance.NextBytes(id);
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        var response = new SomeResponse(SiteKey).On($"https://shop.example{page.Path}").With("id", new Guid(id, bigEndian: true).ToString())
            .With("device", chance.NextDouble() < 0.55 ? "mobile" : "desktop").With("language", chance.NextDouble() < 0.6 ? "en" : "nl");
        if (chance.NextDouble() < 0.62)
        {
            return response.With("state", chance.NextDouble() < 0.7 ? "dismissed" : "shown").Json;
        }

        var intent = page.Intents[chance.Next(page.Intents.Length)];
        var ease = page.Ease
            - (intent == "complain" && page.Path == "/contact" ? 1.9 : intent == "compare" && page.Path == "/compare" ? 0.9 : 0)
            + (page.Path == "/checkout" && day >= new DateOnly(2026, 11, 2) ? 1.1 : 0);
        var score = Math.Clamp((int)Math.Round(ease + (1.5 * Gauss(chance))), 1, 7);
        response.Answering("effort", score);
        if (chance.NextDouble() < 0.1)
        {
            return response.With("state", "partial").Json;
        }

        response.Answering("intent", choice: intent).Answering("success", choice: chance.NextDouble() < score / 7.5 ? "yes" : chance.NextDouble() < 0.5 ? "partly" : "no").With("state", "complete");
        return (score <= 3 && chance.NextDouble() < 0.5 ? response.Answering("reason", text: Complaints[chance.Next(Complaints.Length)]) : response).Json;
    }

    private static double Gauss(Random chance) => Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());
}
