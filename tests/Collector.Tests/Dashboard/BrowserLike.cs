using System.Net;
using AngleSharp.Html.Parser;
using Collector.Tests.Support;

namespace Collector.Tests.Dashboard;

/// <summary>A browser without scripts: it keeps cookies, follows no redirect by itself, and sends forms with the token that they came with.</summary>
internal sealed class BrowserLike : IDisposable
{
    private readonly HttpClient client;

    public BrowserLike(RunningCollector collector, string language = "en")
    {
        Cookies = new CookieContainer();
        Address = collector.Visitor.BaseAddress!;
        client = new HttpClient(new HttpClientHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
    }

    public Uri Address { get; }

    public CookieContainer Cookies { get; }

    public string? Session
    {
        get => Cookies.GetCookies(Address)["collector-session"]?.Value;
        set => Cookies.Add(Address, new Cookie("collector-session", value));
    }

    public Task<HttpResponseMessage> GetAsync(string path) => client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    /// <summary>Opens a page, fills in its form and sends it.</summary>
    public async Task<HttpResponseMessage> SendAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        using var opened = await GetAsync(page);
        return await PostAsync(action, await TokenInAsync(opened), fields);
    }

    /// <summary>Sends a form as anybody could write it.</summary>
    public Task<HttpResponseMessage> PostAsync(string action, string? token, params (string Name, string Value)[] fields) => client.PostAsync(
        new Uri(action, UriKind.Relative),
        new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)).Concat(token is null ? [] : [KeyValuePair.Create("form-token", token)])),
        TestContext.Current.CancellationToken);

    public static async Task<string?> TokenInAsync(HttpResponseMessage page) =>
        new HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync()).QuerySelector("input[name=form-token]")?.GetAttribute("value");

    public void Dispose() => client.Dispose();
}
