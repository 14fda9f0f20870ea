using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Collector.Operations;
using Collector.Tests.Support;
using Collector.Tests.Webhooks;

namespace Collector.Tests.Operations;

/// <summary>What the collector tells of itself, and that it tells nothing of anybody else.</summary>
public sealed partial class TelemetryTests(RunningCollector collector)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MetricsAreReadInPrometheusFormAndCountWhatWasStored()
    {
        await ScrapeAsync(); // With the first, counting begins.
        var site = await collector.NewSiteAsync();
        var before = Value(await ScrapeAsync(), "collector_responses_total{outcome=\"created\"}");
        await site.StoreAsync(site.Response(effort: 3), site.Response(effort: 4));
        await site.GetAsync("ces?page=https://shop.example/secret-page");
        var text = await ScrapeAsync();

        Assert.True(Value(text, "collector_responses_total{outcome=\"created\"}") >= before + 2);
        Assert.Contains("# TYPE collector_commit_duration_seconds histogram", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE http_server_request_duration_seconds histogram", text, StringComparison.Ordinal);
        Assert.Contains("http_route=\"/v1/sites/{site}/ces\"", text, StringComparison.Ordinal);
        Assert.Contains("dotnet_process_memory_working_set_bytes", text, StringComparison.Ordinal);
        Assert.DoesNotContain(site.Id, text, StringComparison.Ordinal);
        Assert.DoesNotContain(site.SiteKey, text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-page", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(Line(), line));
    }

    [Fact]
    public async Task BucketsAddUpToTheCount()
    {
        var site = await collector.NewSiteAsync();
        await ScrapeAsync();
        await site.StoreAsync(site.Response(effort: 3));
        var text = await ScrapeAsync();
        Assert.Equal(Value(text, "collector_batch_size_count"), Value(text, "collector_batch_size_bucket{le=\"+Inf\"}"));
        var buckets = text.Split('\n').Where(line => line.StartsWith("collector_batch_size_bucket", StringComparison.Ordinal)).Select(line => int.Parse(line.Split(' ')[1], null)).ToList();
        Assert.Equal(buckets.Order(), buckets);
    }

    [Fact]
    public async Task WhoIsNamedInTheEnvironmentIsSentMetricsAndTracesAndNothingOfAVisitor()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = Receiver.With(200);
        using var test = new TestDatabase();
        var environment = $"OTEL_EXPORTER_OTLP_ENDPOINT={receiver.Url.Replace("/hook?key=1", "", StringComparison.Ordinal)}";
        await using (var process = await CollectorProcess.StartByAsync(["env", environment, "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"], test.ConnectionString, Cancellation))
        {
            using var client = process.Operator();
            client.DefaultRequestHeaders.UserAgent.ParseAdd("canary-browser/1.0");
            using var reply = await client.GetAsync("/v1/sites/unknown/ces?page=https://canary.example/page", Cancellation);
            Assert.Equal(0, await process.TerminateAsync(Cancellation));
        }

        var told = string.Join('\n', receiver.Got.Select(message => message.Body));
        Assert.Contains("http.server.request.duration", told, StringComparison.Ordinal);
        Assert.Contains("/v1/sites/{site}/ces", told, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", told, StringComparison.Ordinal);
    }

    [Fact]
    public void ATraceTellsNothingOfAVisitor()
    {
        using var activity = new Activity("GET");
        foreach (var (name, value) in new[] { ("client.address", "203.0.113.7"), ("url.query", "?page=https://shop.example/me"), ("url.path", "/v1/sites/k7d2/ces"), ("user_agent.original", "Firefox"), ("http.route", "/v1/sites/{site}/ces") })
        {
            activity.SetTag(name, value);
        }

        using var processor = new WithoutVisitors();
        processor.OnEnd(activity);
        Assert.Equal(
            [("http.route", "/v1/sites/{site}/ces"), ("url.path", "/v1/sites/{site}/ces")], activity.TagObjects.Select(tag => (tag.Key, (string)tag.Value!)).Order());
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    public async Task MetricsAnswerNobodyWhoComesByAProxy(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { { header, value } } };

        using var response = await collector.Visitor.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private async Task<string> ScrapeAsync() => await collector.Visitor.GetStringAsync("/metrics", Cancellation);

    private static double Value(string text, string series) =>
        text.Split('\n').FirstOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal)) is { } line ? double.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture) : 0;

    // What the format's own description allows.
    [GeneratedRegex("""^(# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .*|[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\\\|\\"|\\n)*",?)*\})? -?[0-9.eE+-]+|[a-zA-Z_:].* (NaN|[+-]Inf))$""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Line();
}
