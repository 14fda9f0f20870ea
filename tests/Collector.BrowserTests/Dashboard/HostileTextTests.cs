using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Collector.BrowserTests.Support;
using Collector.Tests.Support;
using Collector.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Collector.BrowserTests.Dashboard;

/// <summary>
/// Whatever visitors write, no page of the dashboard runs it. The pages are looked at without their content policy, which would hide a hole: it is the second lock, and here the first one is tried.
/// </summary>
public sealed partial class HostileTextTests(FilledCollector collector, Chromium chromium)
{
    private const string Polyglot = "'\"></title></textarea></style></script><svg onload=hit()><x-hostile onclick=hit()>";

    // All that pages read of their address.
    private static readonly string[] Parameters =
    [
        "from", "to", "group", "stage", "survey", "intent", "success", "device", "language", "tag.campaign", "search", "name", "touchpoint", "page", "sort", "metric", "next", "link", "t", "cursor", "title",
    ];

    // What a text has become that is more than text: it ran, it would run when pressed, it loads, or it is an element.
    private const string Traces =
        """
        () => [
          ...(window.hits ? ['it ran'] : []),
          ...[...document.querySelectorAll('x-hostile, base, object, embed, math, template, iframe[srcdoc], meta[http-equiv], link[href*="evil"]')].map(({ outerHTML }) => outerHTML),
          ...[...document.querySelectorAll('style')].filter(({ textContent }) => textContent.includes('evil')).map(({ outerHTML }) => outerHTML),
          ...[...document.querySelectorAll('script')].filter(({ src }) => !src || new URL(src).origin !== location.origin).map(({ outerHTML }) => outerHTML),
          ...[...document.querySelectorAll('*')].filter(({ attributes }) => [...attributes].some(({ name }) => name.startsWith('on'))).map(({ outerHTML }) => outerHTML),
          ...['href', 'src', 'action', 'formaction'].flatMap(name => [...document.querySelectorAll(`[${name}]`)]
            .filter(element => !/^https?:$/.test(new URL(element.getAttribute(name), location.href).protocol) || element.getAttribute(name).startsWith('//'))
            .filter(element => !element.getAttribute(name).startsWith('data:image/'))
            .map(({ outerHTML }) => outerHTML)),
        ]
        """;

    private static readonly string[] Texts = JsonSerializer.Deserialize<string[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "../../../Dashboard/hostile-texts.json")))!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NoPageRunsWhatAVisitorWrote()
    {
        var (site, key, sent, stored) = await FillAsync();
        await using var desk = await Desk.OfAsync("operator", collector, chromium, policies: false);
        var (traces, seen, visited) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        desk.Tab.Dialog += async (_, dialog) =>
        {
            traces.Add($"{desk.Tab.Url} asks: {dialog.Message}");
            await dialog.DismissAsync();
        };
        await desk.Tab.RouteAsync(
            url => new Uri(url).Host == "evil.example",
            route =>
            {
                traces.Add($"{desk.Tab.Url} loads {route.Request.Url}");
                return route.AbortAsync();
            });
        await desk.Tab.AddInitScriptAsync("window.hits = 0; window.hit = () => { window.hits++; };");

        // As far as links lead, and where none does.
        var waiting = new Queue<string>([
            $"/sites/{site}", "/sites", "/sites/new", "/account", "/account/mail", "/account/second-factor", $"/sites/{site}/surveys/effort-and-intention/preview", $"/sites/{site}/surveys/effort-and-intention/remove",
            $"/sites/{site}/surveys/effort-and-intention/versions/1", $"/sites/{site}/start",
            "/invitation", "/new-password", "/sign-in", "/set-up", "/", $"/s/{key}/effort-and-intention",
        ]);
        while (waiting.TryDequeue(out var path))
        {
            if (!visited.Add(path))
            {
                continue;
            }

            foreach (var link in await LookAsync(path))
            {
                // Of pages that differ in their filters alone, a few are enough.
                var hasMuchToShow = link.Contains("/touchpoint?name=", StringComparison.Ordinal) || link.Contains("/comments?", StringComparison.Ordinal);
                var alike = visited.Concat(waiting).Count(other => other.Split('?')[0] == link.Split('?')[0]);
                if (BelongsTo(link, site) && alike < (hasMuchToShow ? 30 : 3))
                {
                    waiting.Enqueue(link);
                }
            }
        }

        // What is in the address is as hostile as what is stored.
        var query = string.Join('&', Parameters.Select(name => $"{name}={Uri.EscapeDataString(Polyglot)}"));
        foreach (var path in visited.Select(path => path.Split('?')[0]).Distinct().ToList())
        {
            await LookAsync($"{path}?{query}");
            if (BelongsTo(path, site) && !path.Contains("/se", StringComparison.Ordinal))
            {
                await LookAsync($"{path}?name={Uri.EscapeDataString(Polyglot)}&search={Uri.EscapeDataString(Polyglot)}&tag.campaign={Uri.EscapeDataString(Polyglot)}"); // No filter is wrong.
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{Texts.Length} texts in {sent.Count} fields, {sent.Values.Sum()} sent, {stored.Values.Sum()} stored ({string.Join(", ", stored.Select(field => $"{field.Key} {field.Value} of {sent[field.Key]}"))}); {visited.Count} views and their addresses: {traces.Count} ran.");
        Assert.Empty(traces);
        Assert.Empty(PageRoutes().Where(route => !visited.Any(path => route.IsMatch(path.Split('?')[0]))).Select(route => route.ToString()));
        Assert.All(Texts.Where(text => !text.Any(char.IsControl)), text => Assert.Contains(text, seen)); // They were there to be run.

        async Task<string[]> LookAsync(string path)
        {
            var loaded = await desk.Tab.GotoAsync(collector.Address + path, new() { WaitUntil = WaitUntilState.Load });
            Assert.InRange(loaded!.Status, 200, 499);
            var found = await desk.Tab.EvaluateAsync<string[]>(Traces);
            traces.AddRange(found.Select(trace => $"{path}: {trace}"));
            var text = await desk.Tab.InnerTextAsync("body");
            seen.UnionWith(Texts.Where(hostile => text.Contains(hostile, StringComparison.Ordinal)));
            return await desk.Tab.EvaluateAsync<string[]>("() => [...document.querySelectorAll('a[href]:not([download])')].map(({ href }) => new URL(href)).filter(({ origin }) => origin === location.origin).map(({ pathname, search }) => pathname + search)");
        }
    }

    // Each text in each field that a visitor can fill, in a response of its own; those that are refused are counted.
    private async Task<(string Site, string Key, Dictionary<string, int> Sent, Dictionary<string, int> Stored)> FillAsync()
    {
        var made = await collector.SendAsync(HttpMethod.Post, "/v1/sites", new JsonObject { ["name"] = "Hostile", ["scrubText"] = false });
        var (site, key) = ((string)made["id"]!, (string)made["siteKey"]!);
        await collector.SendAsync(HttpMethod.Post, $"/v1/sites/{site}/touchpoint-rules", new JsonObject { ["pattern"] = "/search", ["keepParameters"] = new JsonArray("q") });
        await collector.SendAsync(HttpMethod.Post, $"/v1/sites/{site}/groups", new JsonObject { ["id"] = "all", ["name"] = "All", ["patterns"] = new JsonArray("/**"), ["journey"] = "buyer", ["stage"] = "use" });
        await collector.SendAsync(HttpMethod.Post, $"/v1/sites/{site}/webhooks", new JsonObject { ["name"] = "Nobody", ["url"] = "https://shop.example/hook", ["events"] = new JsonArray("response.completed") });
        var fields = new Dictionary<string, Func<SomeResponse, string, SomeResponse>>(StringComparer.Ordinal)
        {
            ["text"] = (response, text) => response.Answering("reason", text: text),
            ["path"] = (response, text) => response.On($"https://shop.example/{Uri.EscapeDataString(text)}"),
            ["path as it is"] = (response, text) => response.On($"https://shop.example/{text}"),
            ["query"] = (response, text) => response.On($"https://shop.example/search?q={Uri.EscapeDataString(text)}"),
            ["fragment"] = (response, text) => response.On($"https://shop.example/#{text}"),
            ["host"] = (response, text) => response.On($"https://{text}/"),
            ["referrer"] = (response, text) => response.With("context", new JsonObject { ["referrer"] = text }),
            ["referrer's query"] = (response, text) => response.With("context", new JsonObject { ["referrer"] = $"https://elsewhere.example/?{text}" }),
            ["tag"] = (response, text) => response.With("tags", new JsonObject { ["campaign"] = text }),
            ["tag's name"] = (response, text) => response.With("tags", new JsonObject { [text] = "spring" }),
            ["language"] = (response, text) => response.With("language", text),
            ["channel"] = (response, text) => response.With("page", null).With("channel", text),
            ["survey"] = (response, text) => response.With("survey", text),
            ["visit"] = (response, text) => response.With("visit", text),
            ["choice"] = (response, text) => response.Answering("success", choice: text),
        };
        var (sent, stored) = (fields.Keys.ToDictionary(name => name, _ => 0, StringComparer.Ordinal), fields.Keys.ToDictionary(name => name, _ => 0, StringComparer.Ordinal));
        using var visitor = collector.CreateClient();
        foreach (var (name, fill) in fields)
        {
            foreach (var text in Texts)
            {
                var response = new SomeResponse(key).On("https://shop.example/contact").Answering("effort", 2).Answering("intent", choice: "complain").With("state", "complete");
                using var reply = await visitor.PostAsJsonAsync("/v1/responses", fill(response, text).Json, Cancellation);
                Assert.InRange((int)reply.StatusCode, 200, 499);
                sent[name]++;
                stored[name] += reply.IsSuccessStatusCode ? 1 : 0;
            }
        }

        var touchpoint = (string)(await collector.SendAsync(HttpMethod.Get, $"/v1/sites/{site}/touchpoints?limit=500"))["items"]!.AsArray().Select(item => item!["touchpoint"]!).First(name => ((string)name!).Contains("script", StringComparison.OrdinalIgnoreCase))!;
        await collector.SendAsync(HttpMethod.Post, $"/v1/sites/{site}/goals", new JsonObject { ["name"] = "Easy", ["metric"] = "ces", ["target"] = 5, ["date"] = "2027-03-31", ["selection"] = new JsonObject { ["touchpoint"] = touchpoint } });
        await collector.SendAsync(HttpMethod.Post, $"/v1/sites/{site}/changes", new JsonObject { ["title"] = "Mended", ["date"] = "2026-11-20", ["selection"] = new JsonObject { ["touchpoint"] = touchpoint } });
        await ImportAsync(site);
        return (site, key, sent, stored);
    }

    // What is refused of a file is shown as well.
    private async Task ImportAsync(string site)
    {
        using var lines = new StringContent(string.Concat(Texts.Select(text => $$"""{"id":{{JsonSerializer.Serialize(text)}},"survey":{{JsonSerializer.Serialize(text)}},"page":{{JsonSerializer.Serialize(text)}}}""" + "\n")));
        lines.Headers.ContentType = new("application/x-ndjson");
        using var taken = await collector.Operator.PostAsync(new Uri($"/v1/sites/{site}/import?name={Uri.EscapeDataString(Polyglot)}", UriKind.Relative), lines, Cancellation);
        Assert.True(taken.IsSuccessStatusCode, await taken.Content.ReadAsStringAsync(Cancellation));
        await Patience.EventuallyAsync(async () => Assert.Equal(Texts.Length, (int)(await collector.SendAsync(HttpMethod.Get, $"/v1/sites/{site}/imports"))["items"]![0]!["refused"]!));
    }

    private static bool BelongsTo(string path, string site) => path.StartsWith($"/sites/{site}", StringComparison.Ordinal) && !path.Contains("/export/file", StringComparison.Ordinal);

    private IEnumerable<Regex> PageRoutes() => collector.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(route => route.Metadata.GetMetadata<FailurePage>() is not null && route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
        .Select(route => route.RoutePattern.RawText!.TrimEnd('/'))
        .Where(pattern => pattern is not ("/sites/{**path}" or "/mail/stop") && !pattern.EndsWith("/export/file", StringComparison.Ordinal))
        .Select(pattern => new Regex($"^{Parameter().Replace(pattern, "[^/]+")}/?$", RegexOptions.None, TimeSpan.FromSeconds(1)));

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Parameter();
}
