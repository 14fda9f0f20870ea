using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Collector.Feedback;
using Collector.Storage;
using Collector.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Collector.Surveys;

/// <summary>What a site's pages load: the widget with the settings inside, or the settings alone.</summary>
public static class WidgetRoutes
{
    // Short, so that an edited survey is on every page soon; the ETag makes asking again cheap.
    private const string CacheControl = "public, max-age=300, stale-while-revalidate=86400";

    private static readonly string Widget = ReadWidget();

    /// <summary>Maps the routes.</summary>
    public static void MapWidget(this RouteGroupBuilder visitors)
    {
        var widget = visitors.MapGroup("").WithTags("Widget");

        widget.MapGet("/{siteKey}.js", GetScriptAsync)
            .WithName("GetWidget").WithSummary("The widget with the site's surveys inside")
            .Produces<string>(200, "text/javascript").WithProblems(404);

        widget.MapGet("/v1/widget/{siteKey}", GetSettingsAsync)
            .WithName("GetWidgetSettings").WithSummary("The site's surveys, as the widget is told")
            .Produces<WidgetSettings>().WithProblems(404)
            .WithResponseExample(200,
                """
                { "site": "st_5wGm2kQ8rT1xV7zB4nYc9D", "languages": ["en"], "surveys": [ {
                    "id": "effort-and-intention", "version": 1, "show": { "afterSeconds": 3 },
                    "questions": [ { "id": "effort", "type": "effort", "text": { "en": "How easy was it to do what you came for?" },
                                     "scale": { "min": 1, "max": 7, "easy": "high" },
                                     "low": { "en": "Very difficult" }, "high": { "en": "Very easy" } } ],
                    "labels": { "close": { "en": "Close" } } } ] }
                """);
    }

    /// <summary>One script that shows the site's survey. A page loads it with an <c>async</c> script tag whose <c>src</c> is this address; nothing else is pasted.</summary>
    /// <param name="siteKey">The site's public key, <c>st_…</c>.</param>
    internal static async Task<Results<FileContentHttpResult, ProblemHttpResult>> GetScriptAsync(
        string siteKey, HttpContext context, Database database, CancellationToken cancellation) =>
        await FindAsync(siteKey, database, cancellation) is { } settings
            ? Cacheable(context, $"(function(settings){{{Widget}\n}})({settings});\n", "text/javascript; charset=utf-8")
            : Problems.NotFound("There is no site with this key.");

    /// <summary>The settings that the script holds, as JSON.</summary>
    /// <param name="siteKey">The site's public key, <c>st_…</c>.</param>
    internal static async Task<Results<FileContentHttpResult, ProblemHttpResult>> GetSettingsAsync(
        string siteKey, HttpContext context, Database database, CancellationToken cancellation) =>
        await FindAsync(siteKey, database, cancellation) is { } settings
            ? Cacheable(context, settings, "application/json; charset=utf-8")
            : Problems.NotFound("There is no site with this key.");

    // System.Text.Json escapes <, > and the line separators, so the settings are safe as a script's text too.
    private static async Task<string?> FindAsync(string siteKey, Database database, CancellationToken cancellation) =>
        SiteKey.TryParse(siteKey, out var key) && await WidgetSettings.FindAsync(database, key, cancellation) is { } settings
            ? JsonSerializer.Serialize(settings, SurveysJson.Default.WidgetSettings)
            : null;

    private static FileContentHttpResult Cacheable(HttpContext context, string text, string contentType)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        context.Response.Headers.CacheControl = CacheControl;
        var etag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\"");
        return TypedResults.Bytes(bytes, contentType, entityTag: etag);
    }

    private static string ReadWidget()
    {
        using var reader = new StreamReader(typeof(WidgetRoutes).Assembly.GetManifestResourceStream("collector.js")!);
        return reader.ReadToEnd().Trim();
    }
}
