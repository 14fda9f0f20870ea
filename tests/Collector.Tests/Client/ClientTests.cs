using System.Net;
using Collector.Client;
using Collector.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Collector.Tests.Client;

/// <summary>What the client does besides: errors, tries again, reads on.</summary>
public sealed class ClientTests(RunningCollector collector)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private CollectorClient Operator => CollectorClient.Create(collector.Operator.BaseAddress!, RunningCollector.AdminKey);

    [Fact]
    public async Task AnErrorNamesItsFields()
    {
        var site = await collector.NewSiteAsync();
        var error = await Assert.ThrowsAsync<CollectorException>(() => Operator.CreateGroupAsync(site.Id, new NewGroup { Id = "Not an id!", Name = "", Patterns = [] }, Cancellation));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, error.StatusCode);
        Assert.Equal(["/id", "/name", "/patterns"], error.Errors.Keys.Order());
        Assert.StartsWith("422: The request is not valid; see errors. /", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAKeyResponsesCanBePostedAndFiguresCannotBeRead()
    {
        var site = await collector.NewSiteAsync();
        var error = await Assert.ThrowsAsync<CollectorException>(() => CollectorClient.Create(collector.Operator.BaseAddress!).GetCesAsync(site.Id, cancellationToken: Cancellation));
        Assert.Equal(HttpStatusCode.Unauthorized, error.StatusCode);
    }

    [Fact]
    public async Task MarksNarrowFiguresDown()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(
            site.Response(effort: 2).With("tags", new System.Text.Json.Nodes.JsonObject { ["segment"] = "big & small" }), site.Response(effort: 6));
        Assert.Equal(1, (await Operator.Tagged(("segment", "big & small")).GetCesAsync(site.Id, cancellationToken: Cancellation)).Ces.Answers);
        Assert.Equal(1, (await Operator.Tagged(("segment", "big & small")).GetCesAsync(site.Id, page: "https://shop.example/contact", cancellationToken: Cancellation)).Ces.Answers);
        Assert.Equal(2, (await Operator.GetCesAsync(site.Id, cancellationToken: Cancellation)).Ces.Answers);
    }

    [Fact]
    public async Task AListIsReadToItsEnd()
    {
        var site = await collector.NewSiteAsync();
        var client = Operator;
        for (var i = 0; i < 7; i++)
        {
            await client.CreateKeyAsync(site.Id, new KeyRequest { Name = $"Key {i}", Scopes = ["read"] }, Cancellation);
        }

        var first = await client.ListKeysAsync(site.Id, limit: 3, cancellationToken: Cancellation);
        Assert.Equal(3, first.Items.Count);
        Assert.NotNull(first.Next);
        Assert.Equal(8, await client.AllKeysAsync(site.Id, Cancellation).CountAsync(Cancellation));
    }

    [Theory]
    [InlineData("GET", 503, 3)]
    [InlineData("PATCH", 503, 3)]
    [InlineData("DELETE", 502, 3)]
    [InlineData("POST", 503, 1)]
    [InlineData("POST", 429, 3)]
    [InlineData("POST /v1/responses", 503, 3)]
    [InlineData("GET", 500, 1)]
    [InlineData("GET", 404, 1)]
    public async Task WhatDoesTheSameAgainIsTriedAgain(string call, int status, int attempts)
    {
        using var server = new Refusing(status, times: 2, retryAfter: TimeSpan.Zero);
        using var client = Client(server);
        var (method, path) = call.Split(' ') is [var verb, var there] ? (verb, there) : (call, "/v1/sites");
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "GET" ? null : new StringContent("{ }") };
        try
        {
            using var reply = await client.SendAsync(request, Cancellation);
            Assert.Equal(attempts, server.Calls);
        }
        catch (CollectorException exception)
        {
            Assert.Equal(status, (int)exception.StatusCode);
            Assert.Equal(attempts, server.Calls);
        }
    }

    [Fact]
    public async Task ItWaitsAsLongAsItIsAskedToAndNotForHours()
    {
        using var server = new Refusing(503, times: 1, retryAfter: TimeSpan.FromSeconds(1));
        using var client = Client(server);
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        using var reply = await client.GetAsync("/v1/sites", Cancellation);
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds, 0.9, 5);

        using var long503 = new Refusing(503, times: 1, retryAfter: TimeSpan.FromHours(1));
        using var other = Client(long503);
        var error = await Assert.ThrowsAsync<CollectorException>(() => other.GetAsync("/v1/sites", Cancellation));
        Assert.Equal((TimeSpan.FromHours(1), 1), (error.RetryAfter, long503.Calls));
    }

    [Fact]
    public async Task AnApplicationAsksForItAnywhere()
    {
        var site = await collector.NewSiteAsync();
        var all = new ServiceCollection();
        all.AddCollectorClient(options => (options.Address, options.Key) = (collector.Operator.BaseAddress, RunningCollector.AdminKey));
        await using var services = all.BuildServiceProvider();
        Assert.Equal("Shop", (await services.GetRequiredService<CollectorClient>().GetSiteAsync(site.Id, Cancellation)).Name);
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddCollectorClient(_ => { }));
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddCollectorClient(options => (options.Address, options.Retries) = (new Uri("https://collector.example"), 11)));
    }

    private static HttpClient Client(HttpMessageHandler server) =>
        new(new ProblemHandler { InnerHandler = new RetryHandler(3) { InnerHandler = server } }) { BaseAddress = new Uri("https://collector.example") };

    /// <summary>A collector that refuses a few times.</summary>
    private sealed class Refusing(int status, int times, TimeSpan retryAfter) : HttpMessageHandler
    {
        public int Calls { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var reply = new HttpResponseMessage(++Calls <= times ? (HttpStatusCode)status : HttpStatusCode.OK);
            reply.Headers.RetryAfter = new(retryAfter);
            return Task.FromResult(reply);
        }
    }
}
