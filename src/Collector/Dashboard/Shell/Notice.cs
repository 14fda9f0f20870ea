namespace Collector.Dashboard.Shell;

/// <summary>What is said on the next page, once: that something was done. It lives in a cookie, so that the page can be loaded anew without being told again.</summary>
internal static class Notice
{
    private const string Name = "collector-notice";

    /// <summary>Says it, in the reader's language, and goes to a page.</summary>
    public static IResult ThenGo(PageContext page, string text, string path)
    {
        var context = page.Request.HttpContext;
        context.Response.Cookies.Append(
            Name, Uri.EscapeDataString(text), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/", MaxAge = TimeSpan.FromMinutes(1), IsEssential = true });
        return TypedResults.LocalRedirect(path);
    }

    /// <summary>What is to be said, if anything.</summary>
    public static string? Take(HttpContext context)
    {
        if (context.Request.Cookies[Name] is not { Length: > 0 } text)
        {
            return null;
        }

        context.Response.Cookies.Delete(Name);
        return Uri.UnescapeDataString(text);
    }
}
