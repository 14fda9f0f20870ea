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
