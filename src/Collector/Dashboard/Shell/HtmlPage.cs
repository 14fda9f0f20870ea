using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Net.Http.Headers;

namespace Collector.Dashboard.Shell;

/// <summary>Sends a page: the component in its frame, rendered here, compressed where the browser takes that.</summary>
/// <remarks>Compression and secrets may share a page, since the form's token is another one each time.</remarks>
internal sealed class HtmlPage : IResult
{
    // Scripts, styles and pictures are ours alone. The preview of a survey is a page of ours in a frame of ours.
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private readonly PageContext page;
    private readonly Dictionary<string, object?> frame;
    private readonly int status;

    private HtmlPage(PageContext page, Dictionary<string, object?> frame, int status) => (this.page, this.frame, this.status) = (page, frame, status);

    /// <summary>A page.</summary>
    /// <param name="page">Who reads it.</param>
    /// <param name="title">What it is called, in the reader's language.</param>
    /// <param name="model">What it shows.</param>
    /// <param name="status">200, or that of an error.</param>
    public static HtmlPage Of<TView, TModel>(PageContext page, string title, TModel model, int status = StatusCodes.Status200OK)
        where TView : View<TModel> => new(
            page,
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(Frame.Context)] = page,
                [nameof(Frame.Title)] = title,
                [nameof(Frame.View)] = typeof(TView),
                [nameof(Frame.Model)] = model,
            },
            status);

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        frame[nameof(Frame.Notice)] = Notice.Take(httpContext);
        frame[nameof(Frame.Sites)] = page.Person is null ? [] : await services.GetRequiredService<People.Members>().SitesOfAsync(page.Person, httpContext.RequestAborted);
        _ = page.FormToken; // Sets its cookie, which it can only do before the page begins.
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<Frame>(ParameterView.FromDictionary(frame))).ToHtmlString());

        var headers = httpContext.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = ContentPolicy;
        headers["Referrer-Policy"] = "same-origin"; // What stands in the address is nobody else's business.
        headers["X-Robots-Tag"] = "noindex, nofollow";
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.ContentLanguage = page.Words.Language;
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        var bytes = Encoding.UTF8.GetBytes(html);
        if (httpContext.Request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value == "br" && encoding.Quality is null or > 0))
        {
            headers.ContentEncoding = "br";
            await using var brotli = new BrotliStream(httpContext.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
            await brotli.WriteAsync(bytes, httpContext.RequestAborted);
            return;
        }

        await httpContext.Response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
