using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Insights;

public sealed class FigureTagTests(RunningCollector collector)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ces")]
    [InlineData("touchpoints")]
    [InlineData("intents")]
    [InlineData("patterns")]
    [InlineData("priorities")]
    [InlineData("nps")]
    [InlineData("csat")]
    [InlineData("goals")]
    [InlineData("changes")]
    public async Task AFigureThatIsAskedAgainUnchangedCostsA304(string figure)
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 3));
        var (status, tag, body) = await AskAsync(site, figure);
        Assert.Equal((HttpStatusCode.OK, true), (status, body.Length > 0));

        Assert.Equal((HttpStatusCode.NotModified, tag, ""), await AskAsync(site, figure, tag));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(site, figure, "W/\"another\"")).Status);

        await site.StoreAsync(site.Response(effort: 3));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(site, figure, tag)).Status);
    }

    [Fact]
    public async Task WhateverAFigureDependsOnChangesItsTag()
    {
        var site = await collector.NewSiteAsync();
        var response = site.Response(effort: 2, intent: "buy");
        await site.StoreAsync(response);
        var known = new HashSet<string>();
        await HasANewTagAsync("at first");
        await site.StoreAsync(response.Next().Answering("reason", text: "Too slow"));
        await HasANewTagAsync("an answer in words, which no cell counts");
        await new TestGroups(site).AddAsync("shop", ["/shop/**"], "use");
        await HasANewTagAsync("a group");
        await new TestSurveys(site).AddAsync("other");
        await HasANewTagAsync("a survey");
        await SendAsync(HttpMethod.Patch, "", new JsonObject { ["minimumAnswers"] = 7 });
        await HasANewTagAsync("a setting of the site");
        await SendAsync(HttpMethod.Post, "/goals", JsonNode.Parse("""{ "name": "Easy", "metric": "easy", "target": 0.7, "date": "2027-03-31" }""")!);
        await HasANewTagAsync("a goal");
        await SendAsync(HttpMethod.Delete, $"/responses/{response.Id}", null);
        await HasANewTagAsync("a response that was erased");

        async Task HasANewTagAsync(string what) => Assert.True(known.Add((await AskAsync(site, "patterns")).Tag!), what);

        async Task SendAsync(HttpMethod method, string path, JsonNode? body)
        {
            using var request = new HttpRequestMessage(method, $"/v1/sites/{site.Id}{path}") { Content = body is null ? null : JsonContent.Create(body) };
            using var reply = await collector.Operator.SendAsync(request, Cancellation);
            Assert.True(reply.IsSuccessStatusCode, $"{path}: {await reply.Content.ReadAsStringAsync(Cancellation)}");
        }
    }

    [Fact]
    public async Task ATagOpensNothingToAnotherSitesKeyOrToNone()
    {
        var (site, other) = (await collector.NewSiteAsync(), await collector.NewSiteAsync());
        var tag = (await AskAsync(site, "ces")).Tag;
        foreach (var (client, refused) in new[] { (other.Analyst, HttpStatusCode.NotFound), (collector.Visitor, HttpStatusCode.Unauthorized) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/sites/{site.Id}/ces");
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(tag!));
            using var reply = await client.SendAsync(request, Cancellation);
            Assert.Equal(refused, reply.StatusCode);
        }
    }

    private static async Task<(HttpStatusCode Status, string? Tag, string Body)> AskAsync(TestSite site, string figure, string? tag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/sites/{site.Id}/{figure}");
        if (tag is not null)
        {
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(tag));
        }

        using var reply = await site.Analyst.SendAsync(request, Cancellation);
        Assert.Equal("no-cache, private", string.Join(", ", reply.Headers.CacheControl!.ToString().Split(", ").Order(StringComparer.Ordinal)));
        return (reply.StatusCode, reply.Headers.ETag?.ToString(), await reply.Content.ReadAsStringAsync(Cancellation));
    }
}
