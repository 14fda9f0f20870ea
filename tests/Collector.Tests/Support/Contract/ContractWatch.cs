using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Collector.Tests.Support.Contract;

/// <summary>
/// Holds every answer of the API to its document, whoever asked: it stands before the whole application. Instead of an answer that the document does not promise, the caller gets
/// 599 and the reason, on which the test fails that called; and the run fails at its end, for tests that do not look at what they get.
/// </summary>
public sealed class ContractWatch : IStartupFilter
{
    /// <summary>No status of HTTP's: none that a test waits for.</summary>
    public const int Violated = 599;

    private static long held;

    private readonly ConcurrentQueue<string> seen = new();

    /// <summary>How many answers of all collectors were held to the document.</summary>
    public static long Held => Interlocked.Read(ref held);

    /// <summary>What was not as the document says.</summary>
    public IReadOnlyCollection<string> Violations => seen;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(WatchAsync);
        next(app);
    };

    private async Task WatchAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value ?? "";
        if (!path.StartsWith("/v1/", StringComparison.OrdinalIgnoreCase) || ApiContract.Kept.Find(context.Request.Method, path) is not { } operation)
        {
            await next(context);
            return;
        }

        var response = context.Response;
        if (!operation.IsJson)
        {
            // Such an answer may be long, and is not held up.
            await next(context);
            Note(context, operation, Check(response, operation, body: null));
            return;
        }

        var sent = response.Body;
        using var body = new MemoryStream();
        response.Body = body;
        try
        {
            await next(context);
        }
        finally
        {
            response.Body = sent;
        }

        if (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var violations = Check(response, operation, body.ToArray());
        Note(context, operation, violations);
        if (violations.Count > 0)
        {
            response.Clear();
            response.StatusCode = Violated;
            await response.WriteAsync(string.Join("\n", violations.Prepend($"{operation}")));
            return;
        }

        body.Position = 0;
        await body.CopyToAsync(sent, CancellationToken.None);
    }

    private static List<string> Check(HttpResponse response, ApiOperation operation, byte[]? body)
    {
        Interlocked.Increment(ref held);
        return [.. ApiContract.Kept.Violations(operation, response.StatusCode, response.ContentType, response.Headers.ContainsKey, body is null ? default(ReadOnlyMemory<byte>?) : body)];
    }

    private void Note(HttpContext context, ApiOperation operation, List<string> violations)
    {
        foreach (var violation in violations)
        {
            seen.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{operation} {violation} ({context.Request.Path}{context.Request.QueryString})"));
        }
    }
}
