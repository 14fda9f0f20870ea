using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Transfer;

/// <summary>Who has a receipt sees what is kept of that response, and has it erased; nobody else does.</summary>
public sealed class OwnResponseTests(RunningCollector collector)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AVisitorSeesWhatIsKeptOfTheirResponseAndHasItErased()
    {
        var site = await collector.NewSiteAsync();
        var response = site.Response(effort: 2).Answering("reason", text: "Too many steps");
        var receipt = (string)(await site.PostAsync(response)).Body!["receipt"]!;

        var (found, kept) = await SendAsync(HttpMethod.Get, site, response.Id, receipt);
        Assert.Equal(HttpStatusCode.OK, found);
        Assert.Contains("Too many steps", kept!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(response.Id, (string?)kept["id"]);

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, site, response.Id, receipt)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Get, site, response.Id, receipt)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Delete, site, response.Id, receipt)).Status);
        Assert.Equal(0, (int)(await site.CesAsync())["answers"]!);
        var entry = Assert.Single(await StoredRows.QueryAsync(collector, "select actor_kind, action from audit where site = @Id and kind = 'response'", new { site.Id }));
        Assert.Equal(("visitor", "erased"), ((string)entry["actor_kind"]!, (string)entry["action"]!));
    }

    [Fact]
    public async Task WithoutTheRightReceiptThereIsNoSuchResponse()
    {
        var (site, other) = (await collector.NewSiteAsync(), await collector.NewSiteAsync());
        var (mine, somebodyElses) = (site.Response(effort: 2), site.Response(effort: 3));
        var receipt = (string)(await site.PostAsync(mine)).Body!["receipt"]!;
        await site.PostAsync(somebodyElses);

        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Delete])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(method, site, somebodyElses.Id, receipt)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(method, other, mine.Id, receipt)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(method, site, mine.Id, receipt[..^1])).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(method, site, mine.Id, "")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(method, site, mine.Id, null)).Status);
        }

        Assert.Equal(2, (int)(await site.CesAsync())["answers"]!);
    }

    [Fact]
    public async Task NotesOfTheSitesPeopleAreNotTold()
    {
        var site = await collector.NewSiteAsync();
        var response = site.Response(effort: 2).Answering("reason", text: "Too many steps");
        var receipt = (string)(await site.PostAsync(response)).Body!["receipt"]!;
        var (marked, _, _) = await new Saved(site, "responses").SendAsync(HttpMethod.Patch, $"/{response.Id}", """{ "handled": true, "labels": ["angry"] }""");
        Assert.Equal(HttpStatusCode.NoContent, marked);

        var kept = (await SendAsync(HttpMethod.Get, site, response.Id, receipt)).Body!;
        Assert.True(kept["handled"] is null && kept["labels"]!.AsArray().Count == 0, kept.ToJsonString());
    }

    [Fact]
    public async Task TheAnswerToAResponseTellsWhereItIs()
    {
        var site = await collector.NewSiteAsync();
        var response = site.Response(effort: 2);
        using var body = new StringContent(response.Json.ToJsonString(), Encoding.UTF8, "application/json");
        using var reply = await collector.Visitor.PostAsync(new Uri("/v1/responses", UriKind.Relative), body, Cancellation);
        Assert.Equal($"/v1/responses/{response.Id}?site={site.SiteKey}", reply.Headers.Location?.ToString());
    }

    [Fact]
    public async Task APageOfAnySiteMaySendAReceiptFromItsBrowser()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri($"/v1/responses/{Guid.NewGuid()}", UriKind.Relative));
        request.Headers.Add("Origin", "https://shop.example");
        request.Headers.Add("Access-Control-Request-Method", "DELETE");
        request.Headers.Add("Access-Control-Request-Headers", "receipt");
        using var reply = await collector.Visitor.SendAsync(request, Cancellation);
        Assert.Contains("DELETE", string.Join(',', reply.Headers.GetValues("Access-Control-Allow-Methods")), StringComparison.Ordinal);
        Assert.Contains("Receipt", string.Join(',', reply.Headers.GetValues("Access-Control-Allow-Headers")), StringComparison.Ordinal);
        Assert.Equal("*", Assert.Single(reply.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    private async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(HttpMethod method, TestSite site, string id, string? receipt)
    {
        using var request = new HttpRequestMessage(method, new Uri($"/v1/responses/{id}?site={site.SiteKey}", UriKind.Relative));
        if (receipt is not null)
        {
            request.Headers.TryAddWithoutValidation("Receipt", receipt);
        }

        using var reply = await collector.Visitor.SendAsync(request, Cancellation);
        var text = await reply.Content.ReadAsStringAsync(Cancellation);
        return (reply.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }
}
