using Microsoft.AspNetCore.Http.HttpResults;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Collector.Operations;

/// <summary>
/// What the collector tells of itself: metrics for whoever scrapes <c>/metrics</c>, and metrics and traces by OTLP where the environment names a receiver (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>). Nobody is told
/// anything by default, and what nobody asks for costs nothing: counting begins with the first scrape.
/// </summary>
public static class Telemetry
{
    private const string Receiver = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // Ours, and those of the framework that tell how it fares.
    private static readonly string[] Meters =
        ["Collector", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql"];

    /// <summary>Adds it.</summary>
    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Scrape>();
        if (builder.Configuration[Receiver] is { Length: > 0 })
        {
            builder.Services.AddHostedService<Sending>();
        }
    }

    /// <summary>Maps <c>/metrics</c>, in the text format of Prometheus. It names no site and nobody, and is for whoever asks the collector itself: what comes by a proxy comes from the public.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder app) => app.MapGet("/metrics", Results<ContentHttpResult, NotFound> (HttpRequest request, Scrape scrape) =>
        IsForwarded(request) ? TypedResults.NotFound() : TypedResults.Text(scrape.Read(), PrometheusText.ContentType)).ExcludeFromDescription().AllowAnonymous();

    // Trusted proxies' headers are kept under the second name once they were read.
    private static bool IsForwarded(HttpRequest request) =>
        request.Headers.ContainsKey("X-Forwarded-For") || request.Headers.ContainsKey("X-Original-For") || request.Headers.ContainsKey("Forwarded");

    private static ResourceBuilder Resource() =>
        ResourceBuilder.CreateDefault().AddService("collector", serviceVersion: typeof(Telemetry).Assembly.GetName().Version!.ToString(3)).AddEnvironmentVariableDetector();

    // Requests are told by their route, such as /v1/sites/{site}/ces; the framework's own buckets are made for slower ones.
    private static MeterProviderBuilder Measure() => Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Resource()).AddMeter(Meters);

    /// <summary>Reads the metrics when somebody asks.</summary>
    internal sealed class Scrape : IDisposable
    {
        private readonly Lock reading = new();
        private readonly Lazy<(MeterProvider Provider, TextExporter Text)> metrics = new(() =>
        {
            var text = new TextExporter();
            var reader = new BaseExportingMetricReader(text) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative };
            return (Measure().AddReader(reader).Build(), text);
        });

        public string Read()
        {
            lock (reading)
            {
                metrics.Value.Text.Collect!(Timeout.Infinite);
                return metrics.Value.Text.Last;
            }
        }

        public void Dispose()
        {
            if (metrics.IsValueCreated)
            {
                metrics.Value.Provider.Dispose();
            }
        }
    }

    /// <summary>Keeps what was read last as text.</summary>
    [ExportModes(ExportModes.Pull)]
    internal sealed class TextExporter : BaseExporter<Metric>, IPullMetricExporter
    {
        public string Last { get; private set; } = "";

        public Func<int, bool>? Collect { get; set; }

        public override ExportResult Export(in Batch<Metric> batch)
        {
            var text = new PrometheusText();
            foreach (var metric in batch)
            {
                text.Add(metric);
            }

            Last = text.ToString();
            return ExportResult.Success;
        }
    }

    /// <summary>Sends metrics and traces to the receiver that the environment names, as its other variables say.</summary>
    private sealed class Sending : IHostedService, IDisposable
    {
        private readonly MeterProvider metrics = Measure().AddOtlpExporter().Build();

        private readonly TracerProvider traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Resource())
            .AddSource("Microsoft.AspNetCore", "Npgsql").AddProcessor(new WithoutVisitors()).AddOtlpExporter().Build();

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            metrics.ForceFlush(5_000);
            traces.ForceFlush(5_000);
            return Task.CompletedTask;
        }

        public void Dispose()
        {
            metrics.Dispose();
            traces.Dispose();
        }
    }
}
