using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Collector.Dashboard.Surveys;

/// <summary>
/// Sends the page of a preview. Its policy is what makes it safe to answer there: the browser lets it send nothing to anybody, and gives it an origin of its own, so that the
/// widget finds no memory of this browser and leaves none.
/// </summary>
internal sealed class PreviewHtml(PreviewModel model) : IResult
{
    // Scripts and forms are the widget's. A form may be filled in, and its sending is told to the script alone.
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; connect-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-scripts allow-forms";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var renderer = new HtmlRenderer(httpContext.RequestServices, httpContext.RequestServices.GetRequiredService<ILoggerFactory>());
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(PreviewPage.Model)] = model });
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<PreviewPage>(parameters)).ToHtmlString());
        var headers = httpContext.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = ContentPolicy;
        await TypedResults.Text(html, "text/html; charset=utf-8", Encoding.UTF8).ExecuteAsync(httpContext);
    }
}
