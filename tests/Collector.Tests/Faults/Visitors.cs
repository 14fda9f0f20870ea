using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Faults;

/// <summary>
/// Visitors who answer without a pause, and remember what they were told: mostly something new, now and then a revision of what they
/// sent before, or the same again.
/// </summary>
internal sealed class Visitors(string siteKey)
{
    private long sent;

    /// <summary>The responses that were sent; each counts once, however often it was sent.</summary>
    public long Sent => Volatile.Read(ref sent);

    /// <summary>The highest revision of each response that was acknowledged.</summary>
    public ConcurrentDictionary<string, int> Acknowledged { get; } = new();

    /// <summary>What was sent and never answered.</summary>
    public ConcurrentQueue<SomeResponse> Unanswered { get; } = new();

    /// <summary>Every answer, after how many milliseconds it came, and when to try again if it says so.</summary>
    public ConcurrentQueue<(HttpStatusCode Status, double Milliseconds, TimeSpan? RetryAfter)> Answers { get; } = new();

    /// <summary>So many visitors, until they are told to stop or nobody listens any more.</summary>
    /// <param name="addresses">Each answer goes to one of them: of one response too, first to one and then to another.</param>
    public Task RunAsync(IReadOnlyList<Uri> addresses, int visitors, CancellationToken until) => Task.WhenAll(
        Enumerable.Range(0, visitors).Select(_ => Task.Run(() => RunAsync(addresses, until), CancellationToken.None)));

    public Task RunAsync(Uri address, int visitors, CancellationToken until) => RunAsync([address], visitors, until);

    /// <summary>Waits until somebody is answered so, from now on.</summary>
    public async Task AnsweredAsync(HttpStatusCode status, CancellationToken cancellation)
    {
        var seen = Answers.Count;
        while (!Answers.Skip(seen).Any(answer => answer.Status == status))
        {
            await Task.Delay(10, cancellation);
        }
    }

    /// <summary>Sends everything again that was never answered, and some of what was acknowledged.</summary>
    public async Task ResendAsync(Uri address, CancellationToken cancellation)
    {
        using var client = new HttpClient();
        while (Unanswered.TryDequeue(out var response))
        {
            Assert.True(await PostAsync(client, address, response, cancellation) is HttpStatusCode.Created or HttpStatusCode.OK);
        }

        foreach (var response in last)
        {
            Assert.Equal(HttpStatusCode.OK, await PostAsync(client, address, response, cancellation));
        }

        last.Clear();
    }

    private readonly ConcurrentBag<SomeResponse> last = [];

    private async Task RunAsync(IReadOnlyList<Uri> addresses, CancellationToken until)
    {
        using var client = new HttpClient();
        var response = New();
        try
        {
            while (!until.IsCancellationRequested)
            {
                if (await PostAsync(client, addresses[Random.Shared.Next(addresses.Count)], response, CancellationToken.None) is HttpStatusCode.Created or HttpStatusCode.OK)
                {
                    response = Random.Shared.Next(10) switch
                    {
                        0 => response,
                        1 or 2 => response.Next().Answering("effort", score: Random.Shared.Next(1, 8)),
                        _ => New(),
                    };
                }
                else
                {
                    await Task.Delay(20, CancellationToken.None); // Less polite than Retry-After asks for.
                }
            }

            if (Acknowledged.GetValueOrDefault(response.Id) == (int)response.Json["revision"]!)
            {
                last.Add(response);
            }
        }
        catch (HttpRequestException)
        {
            // It is gone.
        }
    }

    private SomeResponse New()
    {
        Interlocked.Increment(ref sent);
        return new SomeResponse(siteKey).On($"https://shop.example/products/article-{Random.Shared.Next(200)}")
            .With("visit", JsonValue.Create(Guid.NewGuid().ToString())).Answering("effort", score: Random.Shared.Next(1, 8)).Answering("intent", choice: "compare");
    }

    private async Task<HttpStatusCode> PostAsync(HttpClient client, Uri address, SomeResponse response, CancellationToken cancellation)
    {
        using var content = new StringContent(response.Json.ToJsonString());
        var start = Stopwatch.GetTimestamp();
        try
        {
            using var reply = await client.PostAsync(new Uri(address, "/v1/responses"), content, cancellation);
            Answers.Enqueue((reply.StatusCode, Stopwatch.GetElapsedTime(start).TotalMilliseconds, reply.Headers.RetryAfter?.Delta));
            if (reply.IsSuccessStatusCode)
            {
                Acknowledged.AddOrUpdate(response.Id, (int)response.Json["revision"]!, (_, earlier) => Math.Max(earlier, (int)response.Json["revision"]!));
            }

            return reply.StatusCode;
        }
        catch (HttpRequestException)
        {
            Unanswered.Enqueue(response);
            throw;
        }
    }
}
