using System.Net;
using Collector.Tests.Dashboard;
using Collector.Tests.Support;

namespace Collector.Tests.Web;

/// <summary>What every answer tells browsers.</summary>
public sealed class SafeHeadersTests(RunningCollector collector)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/openapi/v1.json", HttpStatusCode.OK)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/v1/sites", HttpStatusCode.Unauthorized)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/s/nobodys/nothing", HttpStatusCode.NotFound)]
    public async Task EveryAnswerSaysThatItIsWhatItSaysAndSendsNobodyOnWithItsAddress(string path, HttpStatusCode status)
    {
        using var response = await collector.Visitor.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.EndsWith("frame-ancestors 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Strict-Transport-Security")); // It was not asked for by TLS, and may not be there by TLS at all.
    }

    [Fact]
    public async Task WhoComesByTlsIsToldToComeByTlsAlone()
    {
        await using var behindProxy = RunningCollector.With(("Collector:TrustedProxies:0", "127.0.0.1"));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/sign-in", UriKind.Relative));
        request.Headers.Add("X-Forwarded-For", "192.0.2.7");
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var response = await behindProxy.Visitor.SendAsync(request, Cancellation);

        Assert.Equal("max-age=31536000", Assert.Single(response.Headers.GetValues("Strict-Transport-Security")));
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public async Task OverTlsASessionIsOfThisVeryHostAlone()
    {
        await using var behindProxy = RunningCollector.With(("Collector:TrustedProxies:0", "127.0.0.1"));
        var person = await behindProxy.AddPersonAsync();
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = behindProxy.Visitor.BaseAddress };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.7");
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var page = await client.GetAsync(new Uri("/sign-in", UriKind.Relative), Cancellation);
        client.DefaultRequestHeaders.Add("Cookie", page.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));

        using var signedIn = await client.PostAsync(
            new Uri("/sign-in", UriKind.Relative),
            new FormUrlEncodedContent([new("email", person.Email), new("password", SomePeople.Password), new("form-token", (await BrowserLike.TokenInAsync(page))!)]),
            Cancellation);
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"), cookie => cookie.Contains("collector-session", StringComparison.Ordinal));

        Assert.StartsWith("__Host-collector-session=", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/; secure;", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, await OpenAsync(cookie.Split(';')[0]));
        Assert.Equal(HttpStatusCode.Found, await OpenAsync(cookie.Split(';')[0]["__Host-".Length..])); // As a page beside it could plant it.

        async Task<HttpStatusCode> OpenAsync(string session)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/account", UriKind.Relative));
            request.Headers.Add("Cookie", session);
            using var opened = await client.SendAsync(request, Cancellation);
            return opened.StatusCode;
        }
    }
}
