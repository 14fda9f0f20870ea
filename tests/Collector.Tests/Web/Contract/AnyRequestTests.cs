using System.Diagnostics;
using System.Globalization;
using Collector.Tests.Support;
using Collector.Tests.Support.Contract;

namespace Collector.Tests.Web.Contract;

/// <summary>Whatever is asked of the API, its answer is one that the document declares, and never a failure.</summary>
/// <remarks><c>COLLECTOR_FUZZ</c> is for how many seconds requests are made, 12 by default; a failure prints a seed, and <c>COLLECTOR_SEED</c> plays its requests again.</remarks>
public sealed class AnyRequestTests : IDisposable
{
    private const int RequestsOfASite = 400;

    private readonly RunningCollector collector = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => collector.Dispose();

    [Fact]
    public async Task EveryRequestIsAnsweredAsTheDocumentDeclares()
    {
        var seconds = double.Parse(Environment.GetEnvironmentVariable("COLLECTOR_FUZZ") ?? "12", CultureInfo.InvariantCulture);
        var given = Environment.GetEnvironmentVariable("COLLECTOR_SEED");
        var watch = Stopwatch.StartNew();
        var statuses = new SortedDictionary<int, int>();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = collector.Visitor.BaseAddress };
        for (var seed = given is null ? 1 : int.Parse(given, CultureInfo.InvariantCulture); watch.Elapsed.TotalSeconds < seconds; seed++)
        {
            await PlayAsync(http, seed, statuses);
            if (given is not null)
            {
                break;
            }
        }

        TestContext.Current.SendDiagnosticMessage($"{statuses.Values.Sum() / watch.Elapsed.TotalSeconds:F0} requests a second: {string.Join(", ", statuses)}");

        // It is no use if all is refused.
        Assert.True(statuses.Where(status => status.Key < 300).Sum(status => status.Value) > statuses.Values.Sum() / 10, string.Join(", ", statuses));
    }

    private async Task PlayAsync(HttpClient http, int seed, SortedDictionary<int, int> statuses)
    {
        var random = new Random(seed);
        var requests = new AnyRequest(ApiContract.Kept, random);
        await AddSiteAsync(requests);
        for (var i = 0; i < RequestsOfASite; i++)
        {
            var operation = ApiContract.Kept.Operations[random.Next(ApiContract.Kept.Operations.Count)];
            using var request = requests.Of(operation);
            using var response = await http.SendAsync(request, Cancellation);
            var status = (int)response.StatusCode;
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            var text = await response.Content.ReadAsStringAsync(Cancellation);

            // Some values make another path, which may be no operation at all.
            var asked = ApiContract.Kept.Find(request.Method.Method, request.RequestUri!.IsAbsoluteUri ? Uri.UnescapeDataString(request.RequestUri.AbsolutePath) : "");
            var violations = asked is null ? [] : ApiContract.Kept.Violations(asked, status, response.Content.Headers.ContentType?.ToString(), _ => true, body: null);
            if (operation.Id == "DeleteSite" && status == 204)
            {
                await AddSiteAsync(requests); // Otherwise there would be nothing left to ask for.
            }

            Assert.False(status >= 500 || violations.Any(), $"COLLECTOR_SEED={seed}: {request.Method} {request.RequestUri} answers {status}: {text}\n{string.Join("; ", violations)}\n{await BodyAsync(request)}");
        }
    }

    // A site with one of everything, by whose names it is found.
    private async Task AddSiteAsync(AnyRequest requests)
    {
        var site = await collector.NewSiteAsync();
        var response = site.Response(effort: 3, intent: "buy", success: "no");
        await site.StoreAsync(response, site.Response(effort: 6).On("https://shop.example/cart"));
        await new TestGroups(site).AddAsync("buying", ["/cart"], "decision");
        var goal = await new Saved(site, "goals").AddAsync("""{ "name": "Easy", "metric": "ces", "target": 5, "date": "2026-12-31" }""");
        var change = await new Saved(site, "changes").AddAsync("""{ "title": "Shorter", "date": "2026-11-10" }""");
        var rule = await new Saved(site, "touchpoint-rules").AddAsync("""{ "pattern": "/products/*" }""");
        var webhook = await new Saved(site, "webhooks").AddAsync("""{ "name": "Chat", "url": "https://hooks.example/a", "events": ["response.completed"] }""");
        requests.Known["site"] = [site.Id, site.SiteKey];
        requests.Known["siteKey"] = [site.SiteKey];
        requests.Known["id"] = [goal, change, rule, "buying", "effort-and-intention", response.Id, webhook];
        requests.Known["goal"] = [goal];
        requests.Known["survey"] = ["effort-and-intention"];
        requests.Known["version"] = ["1"];
        requests.Known["group"] = ["buying"];
        requests.Known["stage"] = ["decision"];
        requests.Known["page"] = ["https://shop.example/cart", "https://shop.example/contact"];
        requests.Known["touchpoint"] = ["shop.example/cart", "shop.example/contact"];
        requests.Known["question"] = ["effort", "intent", "success", "reason"];
        requests.Known["standard"] = ["ces-2", "nps", "csat"];
        requests.Known["timeZone"] = ["Europe/Amsterdam"];
        requests.Known["language"] = ["nl", "en"];
        requests.Known["languages"] = ["nl", "en"];
        requests.Known["url"] = ["https://hooks.example/b"];
        requests.Known["events"] = ["response.completed", "ces.dropped"];
        requests.Known["channel"] = ["telephone", "desk/amsterdam"];
        requests.Known["scopes"] = ["read", "manage"];
        requests.Known["patterns"] = ["/cart", "/products/*"];
        requests.Known["pattern"] = ["/cart/**", "/**/review"];
        requests.Known["intent"] = ["buy"];
        requests.Known["success"] = ["no"];
    }

    private static async Task<string> BodyAsync(HttpRequestMessage request) => request.Content is null ? "" : await request.Content.ReadAsStringAsync(Cancellation);
}
