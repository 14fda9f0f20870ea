namespace Collector.Dashboard.People;

/// <summary>The cookie that holds a session's secret. No script can read it, and no other site's form brings it along.</summary>
internal static class SessionCookie
{
    /// <summary>Its name, and its name over TLS: browsers then take it from this very host alone, and from no page beside it under the same name.</summary>
    public const string Name = "collector-session", EncryptedName = $"__Host-{Name}";

    public static Secret? Read(HttpRequest request) => request.Cookies[NameFor(request)] is { Length: > 0 } text ? new Secret(text) : null;

    public static void Write(HttpContext context, Secret secret, bool isComplete) =>
        context.Response.Cookies.Append(NameFor(context.Request), secret.Text, OptionsFor(context, isComplete ? Sessions.Longest : null));

    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(NameFor(context.Request), OptionsFor(context, null));

    private static string NameFor(HttpRequest request) => request.IsHttps ? EncryptedName : Name;

    // Lax, so that who follows a link in a mail is still signed in; every change asks for a form's token besides.
    private static CookieOptions OptionsFor(HttpContext context, TimeSpan? age) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = "/",
        MaxAge = age,
        IsEssential = true,
    };
}
