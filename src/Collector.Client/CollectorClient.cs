using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Collector.Client;

/// <summary>
/// The API of a collector. Each operation of its document is a method; lists can be read whole, page by page, by the methods that begin with <c>All</c>. Errors are a <see cref="CollectorException"/>.
/// </summary>
public partial class CollectorClient
{
    private string tags = "";

    /// <summary>A client of its own, for programs without dependency injection. It lives as long as the program.</summary>
    /// <param name="address">The collector's address, such as <c>https://collector.example</c>.</param>
    /// <param name="key">The key, <c>ck_…</c>; none to post responses.</param>
    /// <param name="retries">How often something is tried again that may be.</param>
    public static CollectorClient Create(Uri address, string? key = null, int retries = 3)
    {
        var options = new CollectorClientOptions { Address = address, Key = key, Retries = retries };
        var transport = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        var client = new HttpClient(new ProblemHandler { InnerHandler = new RetryHandler(options.Retries) { InnerHandler = transport } });
        Configure(client, options);
        return new CollectorClient(client);
    }

    /// <summary>The same client, whose figures are of visits with these marks alone (<c>tag.segment=business</c>).</summary>
    /// <param name="marks">The names of marks, and their values.</param>
    public CollectorClient Tagged(params (string Name, string Value)[] marks) =>
        new(_httpClient) { tags = string.Concat(marks.Select(mark => $"&tag.{Uri.EscapeDataString(mark.Name)}={Uri.EscapeDataString(mark.Value)}")) };

    /// <summary>All responses of a selection, as a stream that grows no memory. Needs the scope <c>responses</c>.</summary>
    /// <param name="site">The site's id.</param>
    /// <param name="format"><c>csv</c> or <c>ndjson</c>.</param>
    /// <param name="filters">The filters of figures, and those of <c>…/export</c>, as in its query: <c>from=2026-10-01&amp;intent=compare</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public virtual Task<Stream> ExportResponsesAsync(string site, string format = "ndjson", string filters = "", CancellationToken cancellationToken = default) =>
        ReadAsync($"v1/sites/{Uri.EscapeDataString(site)}/export?format={Uri.EscapeDataString(format)}&{filters}", cancellationToken);

    /// <summary>A figure as a table: CSV, with its n and its interval in each row.</summary>
    /// <param name="site">The site's id.</param>
    /// <param name="figure"><c>ces</c>, <c>nps</c>, <c>csat</c>, <c>touchpoints</c>, <c>intents</c>, <c>patterns</c> or <c>priorities</c>.</param>
    /// <param name="filters">The filters of figures, and <c>by</c>, as in a query.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public virtual Task<Stream> GetFigureTableAsync(string site, string figure, string filters = "", CancellationToken cancellationToken = default) =>
        ReadAsync($"v1/sites/{Uri.EscapeDataString(site)}/figures.csv?figure={Uri.EscapeDataString(figure)}&{filters}", cancellationToken);

    /// <summary>Brings in responses from elsewhere. They are on disk when this returns; <see cref="GetImportAsync"/> says how far they are.</summary>
    /// <param name="site">The site's id.</param>
    /// <param name="content">The file.</param>
    /// <param name="mediaType"><c>application/x-ndjson</c>, or <c>text/csv</c> with a column map.</param>
    /// <param name="options">What <c>…/import</c> takes in its query: <c>map=delighted&amp;survey=effort-and-intention</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The import's id.</returns>
    public virtual async Task<string> ImportResponsesAsync(string site, Stream content, string mediaType = "application/x-ndjson", string options = "", CancellationToken cancellationToken = default)
    {
        using var body = new StreamContent(content) { Headers = { ContentType = new(mediaType) } };
        using var response = await _httpClient.PostAsync(new Uri($"v1/sites/{Uri.EscapeDataString(site)}/import?{options}", UriKind.Relative), body, cancellationToken).ConfigureAwait(false);
        return (await response.Content.ReadFromJsonAsync<ImportStarted>(cancellationToken).ConfigureAwait(false))!.Id;
    }

    private async Task<Stream> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var response = await _httpClient.GetAsync(new Uri(path + tags, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
    }

    internal static void Configure(HttpClient client, CollectorClientOptions options)
    {
        // Relative addresses are put behind the last slash.
        client.BaseAddress = new Uri(options.Address!.AbsoluteUri.TrimEnd('/') + "/");
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"Collector.Client/{typeof(CollectorClient).Assembly.GetName().Version!.ToString(3)}");
        if (options.Key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", options.Key);
        }
    }

    // What is left out of a change stays as it is.
    static partial void UpdateJsonSerializerSettings(JsonSerializerOptions settings) => settings.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;

    partial void PrepareRequest(HttpClient client, HttpRequestMessage request, StringBuilder urlBuilder)
    {
        if (tags.Length > 0)
        {
            var hasQuery = urlBuilder.ToString().Contains('?', StringComparison.Ordinal);
            urlBuilder.Append(hasQuery ? '&' : '?').Append(tags, 1, tags.Length - 1);
        }
    }
}
