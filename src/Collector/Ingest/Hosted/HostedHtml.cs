using System.Security.Cryptography;
using System.Text;
using Collector.Feedback;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Collector.Ingest.Hosted;

/// <summary>
/// Sends a screen as a page that can do nothing but show itself and send its form back: no script, nothing from elsewhere but the site's logo, in
/// nobody's frame, kept by no cache and no search engine.
/// </summary>
internal sealed class HostedHtml(HostedScreen screen, int status = StatusCodes.Status200OK) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var logger = httpContext.RequestServices.GetRequiredService<ILoggerFactory>();
        await using var renderer = new HtmlRenderer(httpContext.RequestServices, logger);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(HostedPage.Screen)] = screen });
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<HostedPage>(parameters)).ToHtmlString());

        var headers = httpContext.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = Policy();
        headers.ContentLanguage = screen.Language;
        headers["X-Robots-Tag"] = "noindex, nofollow";
        httpContext.Response.StatusCode = status;
        await TypedResults.Text(html, "text/html; charset=utf-8", Encoding.UTF8).ExecuteAsync(httpContext);
    }

    private string Policy()
    {
        var style = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(screen.Style)));
        var logo = Page.TryParse(screen.Site?.Appearance.Logo ?? "", out var page) ? $" img-src https://{page.Host};" : "";
        return $"default-src 'none'; style-src 'sha256-{style}';{logo} form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }
}
