namespace Collector.Web;

/// <summary>What every answer tells browsers, whatever it is: also files, problems, and what failed.</summary>
public static class SafeHeaders
{
    // A year. This host alone: what stands beside it under the same name is not the collector's to decide.
    private const string OnlyEncrypted = "max-age=31536000", ReferrerPolicy = "Referrer-Policy";

    // What is no page loads nothing, and stands in nobody's frame. Pages say what they need.
    private const string NoPage = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>Adds them when an answer begins, since one that fails has all its headers taken away before. After the proxies, who say whether the connection is encrypted.</summary>
    public static void UseSafeHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(Add, context);
        return next(context);
    });

    private static Task Add(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        if (!headers.ContainsKey(ReferrerPolicy))
        {
            headers[ReferrerPolicy] = "no-referrer"; // What stands in the address is nobody else's business.
        }

        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy = NoPage;
        }

        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = OnlyEncrypted;
        }

        return Task.CompletedTask;
    }
}
