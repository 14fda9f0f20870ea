using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Collector.Tests.Support;

/// <summary>A browser without scripts and without a memory: opens a hosted survey, fills in what it shows, and sends its form as it stands.</summary>
public sealed class HostedBrowser(TestSite site, string address = "effort-and-intention?touchpoint=shop.example/contact")
{
    private static readonly HtmlParser Parser = new();

    private readonly List<KeyValuePair<string, string>> filledIn = [];

    /// <summary>What the browser says of itself.</summary>
    public Dictionary<string, string> Headers { get; } = new() { ["Accept-Language"] = "en" };

    public HttpResponseMessage Reply { get; private set; } = new();

    public IHtmlDocument Page { get; private set; } = Parser.ParseDocument("");

    /// <summary>The question, or the message in its place.</summary>
    public string? Heading => Page.QuerySelector("h1")?.TextContent;

    /// <summary>The name of the question.</summary>
    public string? Question => Field("question");

    /// <summary>The response's id.</summary>
    public string Id => Field("id")!;

    /// <summary>Where it is.</summary>
    public Uri Address => new($"/s/{site.SiteKey}/{address}", UriKind.Relative);

    public async Task<HostedBrowser> OpenAsync()
    {
        await SendAsync(new HttpRequestMessage(HttpMethod.Get, Address));
        return this;
    }

    /// <summary>Chooses an option by its value, or several.</summary>
    public HostedBrowser Choose(params string[] values)
    {
        foreach (var value in values)
        {
            Assert.NotNull(Page.QuerySelector($"[name=answer][value='{value}']"));
            filledIn.Add(new("answer", value));
        }

        return this;
    }

    /// <summary>Writes into a field.</summary>
    public HostedBrowser Write(string text, string name = "text")
    {
        Assert.NotNull(Page.QuerySelector($"[name={name}]"));
        filledIn.Add(new(name, text));
        return this;
    }

    /// <summary>Sends the form: by its first button, or the one of this name.</summary>
    public async Task<HostedBrowser> PressAsync(string? button = null)
    {
        if (button is not null)
        {
            Assert.NotNull(Page.QuerySelector($"button[name={button}]"));
        }

        await PostAsync([.. Form(), .. button is null ? Array.Empty<KeyValuePair<string, string>>() : [new(button, "1")]]);
        return this;
    }

    /// <summary>The form as it stands: what the page put into it, and over that what the visitor did.</summary>
    public List<KeyValuePair<string, string>> Form()
    {
        var changed = filledIn.Select(field => field.Key).ToHashSet();
        var asItCame = Page.QuerySelectorAll("input,textarea")
            .Where(field => field is not IHtmlInputElement { Type: "radio" or "checkbox", IsChecked: false })
            .Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field is IHtmlTextAreaElement area ? area.Value : field.GetAttribute("value") ?? ""))
            .Where(field => !changed.Contains(field.Key));
        return [.. asItCame, .. filledIn];
    }

    /// <summary>Sends these fields.</summary>
    public async Task PostAsync(IEnumerable<KeyValuePair<string, string>> fields)
    {
        await SendAsync(new HttpRequestMessage(HttpMethod.Post, Address) { Content = new FormUrlEncodedContent(fields) });
    }

    public async Task SendAsync(HttpRequestMessage request)
    {
        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        filledIn.Clear();
        Reply = await site.Collector.Visitor.SendAsync(request, TestContext.Current.CancellationToken);
        Page = Parser.ParseDocument(await Reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Holds that the last page is one of this status, and says this.</summary>
    public void Shows(HttpStatusCode status, string heading)
    {
        Assert.Equal((status, heading), (Reply.StatusCode, Heading));
        Assert.Equal("text/html; charset=utf-8", Reply.Content.Headers.ContentType?.ToString());
    }

    private string? Field(string name) => Page.QuerySelector($"[name={name}]")?.GetAttribute("value");
}
