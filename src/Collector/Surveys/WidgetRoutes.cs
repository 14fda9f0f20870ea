using Collector.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Collector.Surveys;

/// <summary>What a site's pages load: the widget with the settings inside, or the settings alone.</summary>
public static class WidgetRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void MapWidget(this RouteGroupBuilder visitors)
    {
        var widget = visitors.MapGroup("").WithTags("Widget");

        widget.MapGet("/{siteKey}.js", GetScriptAsync)
            .WithName("GetWidget").WithSummary("The widget with the site's surveys inside")
            .Produces<string>(200, "text/javascript").Produces(304).WithProblems(404);

        widget.MapGet("/collector-{version}.js", GetAlone).WithOrder(-1) // Before the site keys, which such a name could be one of.
            .WithName("GetWidgetAlone").WithSummary("The widget without settings, the same for every site")
            .Produces<string>(200, "text/javascript").Produces(304).WithProblems(404);

        widget.MapGet("/v1/widget/{siteKey}", GetSettingsAsync)
            .WithName("GetWidgetSettings").WithSummary("The site's surveys, as the widget is told")
            .Produces<WidgetSettings>().Produces(304).WithProblems(404)
            .WithResponseExample(200,
                """
                { "site": "st_5wGm2kQ8rT1xV7zB4nYc9D", "quietDays": 30, "surveys": [ {
                    "id": "effort-and-intention", "version": 2, "priority": 5, "where": { "include": ["/checkout/**"] },
                    "show": { "afterSeconds": 3 }, "often": { "share": 0.25, "quietDaysAfterAnswer": 90 },
                    "questions": [ { "id": "effort", "type": "effort", "text": { "en": "How easy was it to do what you came for?" },
                                     "scale": { "min": 1, "max": 7, "easy": "high" },
                                     "low": { "en": "Very difficult" }, "high": { "en": "Very easy" } } ],
                    "labels": { "close": { "en": "Close" } } } ] }
                """);
    }

    /// <summary>One script that shows the site's survey. A page loads it with an <c>async</c> script tag whose <c>src</c> is this address; nothing else is pasted.</summary>
    /// <param name="siteKey">The site's public key, <c>st_…</c>.</param>
    internal static async Task<Results<FileContentHttpResult, ProblemHttpResult>> GetScriptAsync(
        string siteKey, HttpContext context, WidgetFiles files, CancellationToken cancellation) =>
        await files.ScriptAsync(siteKey, cancellation) is { } file ? file.For(context) : Problems.NotFound("There is no site with this key.");

    /// <summary>
    /// The widget alone, for Subresource Integrity: what is under this name never changes. It finds its site in `data-site` and fetches the settings. A site's JSON tells the version and
    /// the hash of today; another version of the collector has another, and answers 404 for this one.
    /// </summary>
    /// <param name="version">The version, as in the site's `widget.pinned`.</param>
    internal static Results<FileContentHttpResult, ProblemHttpResult> GetAlone(string version, HttpContext context)
    {
        if (version != WidgetAlone.Version)
        {
            return Problems.NotFound("This collector has another version of the widget; the site's JSON tells which.");
        }

        // Whoever asks: a cache that has it without this would spoil it for pages that name its hash.
        context.Response.Headers.AccessControlAllowOrigin = "*";
        return WidgetAlone.File.For(context);
    }

    /// <summary>The settings that the script holds, as JSON.</summary>
    /// <param name="siteKey">The site's public key, <c>st_…</c>.</param>
    internal static async Task<Results<FileContentHttpResult, ProblemHttpResult>> GetSettingsAsync(
        string siteKey, HttpContext context, WidgetFiles files, CancellationToken cancellation) =>
        await files.SettingsAsync(siteKey, cancellation) is { } file ? file.For(context) : Problems.NotFound("There is no site with this key.");
}
