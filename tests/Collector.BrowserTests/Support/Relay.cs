using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Collector.BrowserTests.Support;

/// <summary>
/// Stands before the collector and notes what really arrives. The browser's own account leaves out requests that
/// outlive their page, and those are the ones in question.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly List<Arrival> arrivals = [];
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
        using var request = new HttpRequestMessage(new(context.Request.Method), context.Request.Path.Value);
        if (body.Length > 0)
        {
            request.Content = new StringContent(body);
            request.Headers.Add("Origin", context.Request.Headers.Origin.ToString());
        }

        using var reply = await client.SendAsync(request);
        lock (arrivals)
        {
            arrivals.Add(new(context.Request.Method, body, context.Request.Headers.Cookie.ToString(), (int)reply.StatusCode));
        }

        context.Response.StatusCode = (int)reply.StatusCode;
        context.Response.ContentType = reply.Content.Headers.ContentType?.ToString();
        context.Response.Headers.AccessControlAllowOrigin = "*";
        await context.Response.WriteAsync(await reply.Content.ReadAsStringAsync());
    }

    /// <summary>A request, and the status that the collector gave it.</summary>
    internal sealed record Arrival(string Method, string Body, string Cookie, int Status);
}
