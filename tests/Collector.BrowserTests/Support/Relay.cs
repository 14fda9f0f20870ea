using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Collector.BrowserTests.Support;

/// <summary>
/// Stands before the collector and notes what really arrives (the browser's own account leaves out requests that outlive their page). It can be a
/// line that is down, or a collector that refuses.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly List<Arrival> arrivals = [];
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly HttpClient client;
    private readonly WebApplication web;

    private Relay(string collector)
    {
        client = new() { BaseAddress = new Uri(collector) };
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        web = builder.Build();
        web.Run(PassOnAsync);
    }

    /// <summary>Where it listens.</summary>
    public string Address => web.Urls.Single();

    /// <summary>What becomes of responses from now on; null lets them through.</summary>
    public Refusal? Refuses { get; set; }

    /// <summary>What has arrived and was answered by now.</summary>
    public IReadOnlyList<Arrival> Arrivals
    {
        get
        {
            lock (arrivals)
            {
                return [.. arrivals];
            }
        }
    }

    /// <summary>The responses among them.</summary>
    public IReadOnlyList<Arrival> Responses => [.. Arrivals.Where(arrival => arrival.Method == "POST")];

    public static async Task<Relay> BeforeAsync(string collector)
    {
        var relay = new Relay(collector);
        await relay.web.StartAsync();
        return relay;
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        client.Dispose();
    }

    private async Task PassOnAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var arrival = new Arrival(context.Request.Method, body, context.Request.Headers.Cookie.ToString(), clock.Elapsed);
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers.AccessControlExposeHeaders = "Retry-After";
        if (body.Length > 0 && Refuses is { } refusal)
        {
            Note(arrival with { Status = refusal.Status });
            if (refusal == Refusal.NoConnection)
            {
                context.Abort();
                return;
            }

            context.Response.StatusCode = refusal.Status;
            context.Response.Headers.RetryAfter = refusal.RetryAfter?.ToString(CultureInfo.InvariantCulture);
            return;
        }

        using var request = new HttpRequestMessage(new(context.Request.Method), context.Request.Path.Value);
        if (body.Length > 0)
        {
            request.Content = new StringContent(body);
            request.Headers.Add("Origin", context.Request.Headers.Origin.ToString());
        }

        using var reply = await client.SendAsync(request);
        Note(arrival with { Status = (int)reply.StatusCode });
        context.Response.StatusCode = (int)reply.StatusCode;
        context.Response.ContentType = reply.Content.Headers.ContentType?.ToString();

        // As an operator's proxy may, to whom the widget must not give it back.
        context.Response.Headers.SetCookie = "session=secret; HttpOnly";
        await context.Response.WriteAsync(await reply.Content.ReadAsStringAsync());
    }

    private void Note(Arrival arrival)
    {
        lock (arrivals)
        {
            arrivals.Add(arrival);
        }
    }

    /// <summary>A request, and the status that it was given: the collector's, or that of the refusal.</summary>
    internal sealed record Arrival(string Method, string Body, string Cookie, TimeSpan At)
    {
        public int Status { get; init; }
    }

    /// <summary>What is answered in the collector's place.</summary>
    internal sealed record Refusal(int Status, int? RetryAfter = null)
    {
        /// <summary>Nothing: the line is down.</summary>
        public static Refusal NoConnection { get; } = new(0);
    }
}
