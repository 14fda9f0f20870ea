using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Ingest.Hostile;

/// <summary>Sends anything, and holds every reply, and in the end the database and the figures, against what the collector promises.</summary>
internal sealed class HostileVisitor(TestSite site) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private readonly HttpClient client = new() { BaseAddress = site.Collector.Visitor.BaseAddress, Timeout = TimeSpan.FromSeconds(30) };
    private readonly ConcurrentDictionary<Guid, int> created = new(), acknowledged = new();
    private readonly ConcurrentQueue<string> broken = new();
    private int requests, accepted;

    public TestSite Site => site;

    /// <summary>How many were sent, and how many of them were stored.</summary>
    public (int Requests, int Accepted) Sent => (requests, accepted);

    /// <summary>Sends a body. A promise that the reply breaks is kept for the end, with what was sent.</summary>
    public async Task<Verdict> SendAsync(string what, byte[] body, string contentType = "application/json", string? encoding = null)
    {
        var verdict = await TryAsync(body, contentType, encoding);
        if (verdict.Broken is not null)
        {
            Complain($"{what}: {verdict.Broken}\n  {Readable(body)}");
        }

        return verdict;
    }

    /// <summary>As <see cref="SendAsync"/>, but only tells what was broken.</summary>
    public async Task<Verdict> TryAsync(byte[] body, string contentType = "application/json", string? encoding = null)
    {
        var (verdict, took) = await PostAsync(body, contentType, encoding);
        if (took > Longest)
        {
            (verdict, took) = await PostAsync(body, contentType, encoding); // Once may be the machine; twice is the body.
        }

        return took > Longest ? verdict with { Broken = $"took {took.TotalSeconds:0.0} s" } : verdict;
    }

    /// <summary>Notes a promise that was broken.</summary>
    public void Complain(string complaint) => broken.Enqueue(complaint);

    /// <summary>Counts a reply that came by another way than <see cref="SendAsync"/>; tells what is wrong with it.</summary>
    public string? Judge(int status, string? mediaType, string body)
    {
        Interlocked.Increment(ref requests);
        if (status is 200 or 201)
        {
            if (!Guid.TryParse((string?)Json(body)?["id"], out var id) || string.IsNullOrEmpty((string?)Json(body)?["receipt"]))
            {
                return $"{status} without an id or a receipt: {body}";
            }

            Interlocked.Increment(ref accepted);
            acknowledged.AddOrUpdate(id, 1, (_, times) => times + 1);
            return status == 201 && created.AddOrUpdate(id, 1, (_, times) => times + 1) > 1 ? $"201 for {id}, twice" : null;
        }

        return status is < 400 or >= 500 ? $"{status} {body}"
            : mediaType != "application/problem+json" ? $"{status} as {mediaType}: {body}"
            : status is 400 or 422 && Fields(body).Length == 0 ? $"{status} that names no field: {body}"
            : null;
    }

    /// <summary>All replies were as promised; what is stored is what was acknowledged; cells and figures are right; the next visitor is served.</summary>
    public async Task LeavesAllInOrderAsync()
    {
        Assert.True(broken.IsEmpty, $"{broken.Count} of {requests} broke a promise:\n{string.Join('\n', broken.Take(20))}");
        await site.StoreAsync(site.Response(effort: 6));

        var stored = await StoredRows.QueryAsync(site.Collector, "select id, effort, suspect from responses where site = @Id", new { site.Id });
        Assert.Equal(created.Count + 1, stored.Count);
        var counted = stored.Where(row => (string)row["suspect"]! == "").ToList(); // The clock stands still: some answered in no time.
        Assert.Empty(acknowledged.Keys.Except(stored.Select(row => Guid.Parse((string)row["id"]!))));
        Assert.Empty(acknowledged.Keys.Except(created.Keys));
        await Cells.EqualARecountAsync(site.Collector, site.Id);

        foreach (var query in (string[])["", "by=touchpoint", "by=intent", "by=success", "by=device", "by=language"])
        {
            Assert.Equal(counted.Count(row => row["effort"] is not null), (int)(await site.CesAsync(query))["answers"]!);
        }

        Assert.Equal(counted.Count, await ShownAsync());
    }

    public void Dispose() => client.Dispose();

    /// <summary>A body as a message can show it.</summary>
    public static string Readable(byte[] body)
    {
        var text = new StringBuilder();
        foreach (var b in body.AsSpan(0, Math.Min(body.Length, 1_500)))
        {
            _ = b is >= 0x20 and < 0x7F ? text.Append((char)b) : text.Append(System.Globalization.CultureInfo.InvariantCulture, $"<{b:X2}>");
        }

        return body.Length > 1_500 ? $"{text}… ({body.Length} bytes)" : text.ToString();
    }

    private async Task<(Verdict Verdict, TimeSpan Took)> PostAsync(byte[] body, string contentType, string? encoding)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (encoding is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        }

        var start = Stopwatch.GetTimestamp();
        using var reply = await client.PostAsync("/v1/responses", content, TestContext.Current.CancellationToken);
        var text = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var took = Stopwatch.GetElapsedTime(start);
        var status = (int)reply.StatusCode;
        return (new Verdict(status, status < 400 ? [] : Fields(text), Judge(status, reply.Content.Headers.ContentType?.MediaType, text)), took);
    }

    private async Task<int> ShownAsync()
    {
        var (shown, cursor) = (0, "");
        do
        {
            var page = (await site.GetAsync($"touchpoints?limit=500{cursor}")).Body!;
            shown += page["items"]!.AsArray().Sum(item => (int)item!["shown"]!);
            cursor = page["next"] is { } next ? $"&cursor={Uri.EscapeDataString((string)next!)}" : null;
        }
        while (cursor is not null);
        return shown;
    }

    private static string[] Fields(string body) =>
        [.. (Json(body)?["errors"] as JsonObject ?? []).Where(error => error.Value is JsonArray { Count: > 0 }).Select(error => error.Key)];

    private static JsonNode? Json(string body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}

/// <summary>What came back.</summary>
internal sealed record Verdict(int Status, string[] Fields, string? Broken)
{
    /// <summary>Whether it was stored, or else refused for this place and for no other.</summary>
    public bool IsAbout(string place) => Status is 200 or 201 || (Status == 409 && place == "/id") || (Fields.Length > 0 && Array.TrueForAll(Fields, field => field.StartsWith(place, StringComparison.Ordinal)));
}
