using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Collector.Tests.Support;

namespace Collector.Tests.Operations;

/// <summary>Prometheus itself, as samples/deploy sets it up: it takes its files, its alerts are raised when they should be, and what the dashboard asks for is there.</summary>
[Trait("Database", "Own")]
public sealed partial class MonitoringTests : IDisposable
{
    private static readonly string Tests = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../Operations/deploy/alerts.test.yml"));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-tests-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task PrometheusTakesItsConfigurationAndTheAlerts()
    {
        Sample.Of("alerts.yml").SaveIn(folder);

        var (exitCode, output) = await Sample.RunAsync(folder.FullName, "promtool", "check", "config", "--lint-fatal", Sample.Of("prometheus.yml").SaveIn(folder));

        Assert.True(exitCode == 0 && output.Contains("9 rules found", StringComparison.Ordinal), output);
    }

    [Fact]
    public async Task EachAlertIsRaisedWhenItShouldBeAndNotByWhatIsUsual()
    {
        Sample.Of("alerts.yml").SaveIn(folder);
        var tests = Path.Combine(folder.FullName, "test.yml");
        File.Copy(Tests, tests);

        var (exitCode, output) = await Sample.RunAsync(folder.FullName, "promtool", "test", "rules", tests);

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task WhatTheDashboardAndTheAlertsAskForIsToldByACollector()
    {
        await using var collector = await CollectorProcess.StartAsync(Path.Combine(folder.FullName, "collector.db"), Cancellation, "--Collector:Webhooks:AllowedNetworks=127.0.0.1/32");
        var address = $"127.0.0.1:{PostgresServer.FreePort()}";
        using var prometheus = StartPrometheus(collector.Address.Authority, address);
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri($"http://{address}") };
            await UntilAsync(http, "up{job=\"collector\"} == 1");
            await UseAsync(collector);
            await UntilAsync(http, "collector_webhook_messages_total > 0");
            var told = (await http.GetFromJsonAsync<JsonNode>("/api/v1/label/__name__/values", Cancellation))!["data"]!.AsArray().Select(name => (string)name!).ToHashSet();

            Assert.All(Expressions(), expression => Assert.Empty(Metric().Matches(expression).Select(match => match.Value).Except(told)));
            foreach (var expression in Expressions())
            {
                Assert.Equal(("success", ""), await AskAsync(http, expression));
            }
        }
        finally
        {
            prometheus.Kill();
            await prometheus.WaitForExitAsync(Cancellation);
        }
    }

    // One of each panel and alert, as Grafana would send it.
    private static List<string> Expressions()
    {
        var panels = JsonNode.Parse(Sample.Of("grafana.json").Text)!["panels"]!.AsArray()
            .SelectMany(panel => panel!["targets"]?.AsArray() ?? []).Select(target => (string)target!["expr"]!)
            .Select(expression => expression.Replace("$__rate_interval", "1m", StringComparison.Ordinal).Replace("$instance", ".*", StringComparison.Ordinal)).ToList();
        Assert.True(panels.Count >= 14);
        return panels;
    }

    private Process StartPrometheus(string collector, string address)
    {
        Sample.Of("alerts.yml").SaveIn(folder);
        var file = Sample.Of("prometheus.yml").With("15s", "1s").With("10.0.0.11:5080", collector).With("          - 10.0.0.12:5080\n", "").With("          - 10.0.0.13:5080\n", "").SaveIn(folder);
        return Process.Start(new ProcessStartInfo("prometheus", [$"--config.file={file}", $"--storage.tsdb.path={folder.FullName}/data", $"--web.listen-address={address}", "--log.level=error"])
        {
            UseShellExecute = false,
            WorkingDirectory = folder.FullName,
        })!;
    }

    private static async Task UseAsync(CollectorProcess collector)
    {
        var site = await collector.NewSiteAsync(Cancellation);
        using var client = collector.Operator();
        using var stored = await client.PostAsJsonAsync("/v1/responses", new SomeResponse(site.SiteKey).Answering("effort", 3).Json, Cancellation);
        Assert.True(stored.IsSuccessStatusCode, await stored.Content.ReadAsStringAsync(Cancellation));
        using var made = await client.PostAsJsonAsync($"/v1/sites/{site.Id}/webhooks", new JsonObject { ["name"] = "Closed", ["url"] = "http://127.0.0.1:9/closed", ["events"] = new JsonArray("response.completed") }, Cancellation);
        var webhook = await made.Content.ReadFromJsonAsync<JsonNode>(Cancellation);
        Assert.True(made.IsSuccessStatusCode, webhook?.ToJsonString());
        using var tried = await client.PostAsync($"/v1/sites/{site.Id}/webhooks/{webhook!["id"]}/test", content: null, Cancellation);
        using var figure = await client.GetAsync($"/v1/sites/{site.Id}/ces", Cancellation);
        Assert.True(tried.IsSuccessStatusCode && figure.IsSuccessStatusCode, $"{tried.StatusCode} {figure.StatusCode}");
    }

    private static async Task UntilAsync(HttpClient http, string expression)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                var answer = await http.GetFromJsonAsync<JsonNode>($"/api/v1/query?query={Uri.EscapeDataString(expression)}", Cancellation);
                if (answer!["data"]!["result"]!.AsArray().Count > 0)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It has only just been started.
            }

            Assert.True(tries < 200, $"{expression} never came to be.");
            await Task.Delay(100, Cancellation);
        }
    }

    private static async Task<(string? Status, string Error)> AskAsync(HttpClient http, string expression)
    {
        using var answer = await http.GetAsync($"/api/v1/query?query={Uri.EscapeDataString(expression)}", Cancellation);
        var json = await answer.Content.ReadFromJsonAsync<JsonNode>(Cancellation);
        return ((string?)json!["status"], (string?)json["error"] ?? "");
    }

    [GeneratedRegex(@"\b(collector|http|dotnet|kestrel|process|go|up)(_\w+)?(?=\{|\[)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Metric();
}
