using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace Collector.Benchmarks.Ingest;

/// <summary>What Collector is compared with: small servers that check nothing.</summary>
internal static class Baselines
{
    private const string Route = "/v1/responses";

    public static async Task ServeAsync(string name, string database, string[] settings, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        await using var app = builder.Build();
        await using var sqlite = new BaselineStore(database);
        var postgres = new PostgresBaselineStore(database);
        switch (name)
        {
            case "bare": app.MapPost(Route, ParseAsync); break;
            case "naive": await sqlite.CreateAsync(); app.MapPost(Route, context => KeepAsync(context, sqlite.KeepOnOwnConnectionAsync)); break;
            case "lock": await sqlite.CreateAsync(); app.MapPost(Route, context => KeepAsync(context, sqlite.KeepUnderLockAsync)); break;
            case "postgres-naive": await postgres.CreateAsync(); app.MapPost(Route, context => KeepAsync(context, postgres.KeepAsync)); break;
            default: throw new BenchmarkFailedException($"There is no server '{name}'.");
        }

        await app.RunAsync(cancellation);
    }

    private static async Task ParseAsync(HttpContext context)
    {
        var body = await ReadAsync(context.Request.BodyReader, context.RequestAborted);
        Walk(body);
        context.Request.BodyReader.AdvanceTo(body.End);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private static async Task KeepAsync(HttpContext context, Func<JsonElement, Task> keep)
    {
        var body = await ReadAsync(context.Request.BodyReader, context.RequestAborted);
        using var response = JsonDocument.Parse(body);
        await keep(response.RootElement);
        context.Request.BodyReader.AdvanceTo(body.End);
        context.Response.StatusCode = StatusCodes.Status201Created;
    }

    private static async ValueTask<ReadOnlySequence<byte>> ReadAsync(PipeReader body, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellation);
            if (read.IsCompleted)
            {
                return read.Buffer;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static void Walk(ReadOnlySequence<byte> body)
    {
        var json = new Utf8JsonReader(body);
        while (json.Read())
        {
            // To the end: what is no JSON throws.
        }
    }
}
