using System.Net;
using Collector.Ingest;
using Collector.Tests.Support;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Collector.Tests.Ingest;

/// <summary>How many responses are taken from one address and for one site. The tests' clock stands still unless it is moved.</summary>
public sealed class LimitsTests
{
    private const string PerAddress = "Collector:Limits:PerAddressPerMinute", PerSite = "Collector:Limits:PerSitePerSecond", Proxies = "Collector:TrustedProxies";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnAddressMaySendAsManyAsTheLimitSaysAndAgainWhenItHasWaited()
    {
        await using var collector = RunningCollector.With((PerAddress, "7"));
        var site = await collector.NewSiteAsync();
        for (var i = 0; i < 7; i++)
        {
            await site.StoreAsync(site.Response(effort: 6));
        }

        var refused = await site.PostAsync(site.Response(effort: 1));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal(TimeSpan.FromSeconds(9), refused.Message.Headers.RetryAfter?.Delta); // A seventh of a minute, rounded up.
        Assert.Equal(7, (int)(await site.CesAsync())["answers"]!);

        collector.Time.Passed += TimeSpan.FromSeconds(9);
        await site.StoreAsync(site.Response(effort: 6));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await site.PostAsync(site.Response(effort: 1))).Status);
        Assert.Equal(8, (int)(await site.CesAsync())["answers"]!);
    }

    [Fact]
    public async Task ASiteTakesAsManyAsTheLimitSaysAndAgainASecondLater()
    {
        await using var collector = RunningCollector.With((PerSite, "3"));
        var (site, other) = (await collector.NewSiteAsync(), await collector.NewSiteAsync());
        await site.StoreAsync(site.Response(effort: 6), site.Response(effort: 6), site.Response(effort: 6));

        var refused = await site.PostAsync(site.Response(effort: 1));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Message.Headers.RetryAfter?.Delta);
        await other.StoreAsync(other.Response(effort: 6));

        collector.Time.Passed += TimeSpan.FromSeconds(1);
        await site.StoreAsync(site.Response(effort: 6), site.Response(effort: 6), site.Response(effort: 6));
        Assert.Equal(6, (int)(await site.CesAsync())["answers"]!);
    }

    [Fact]
    public async Task ARefusalIsAProblemThatThePageCanRead()
    {
        await using var collector = RunningCollector.With((PerAddress, "1"));
        using var first = await SendAsync(collector.Visitor);
        using var second = await SendAsync(collector.Visitor);

        Assert.Equal(HttpStatusCode.BadRequest, first.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.Equal("application/problem+json", second.Content.Headers.ContentType?.MediaType);
        Assert.Equal(429, (int)(await Reply.OfAsync(second)).Body!["status"]!);
        Assert.Equal("*", second.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("Retry-After", second.Headers.GetValues("Access-Control-Expose-Headers").Single());
    }

    [Fact]
    public async Task TwoAddressesDoNotShare()
    {
        await using var collector = RunningCollector.With((PerAddress, "1"));
        using var other = LoopbackClient.From("127.0.0.2", collector.Visitor.BaseAddress!);

        Assert.Equal([400, 429], await StatusesAsync(collector.Visitor, "", ""));
        Assert.Equal([400, 429], await StatusesAsync(other, "", ""));
    }

    [Fact]
    public async Task WhoForgesAForwardedAddressGainsNothing()
    {
        await using var collector = RunningCollector.With((PerAddress, "1"));

        Assert.Equal([400, 429, 429], await StatusesAsync(collector.Visitor, "192.0.2.1", "192.0.2.2", "2001:db8::1"));
    }

    [Fact]
    public async Task WhatATrustedProxyForwardsCountsForItsVisitor()
    {
        await using var collector = RunningCollector.With((PerAddress, "1"), (Proxies, "127.0.0.1, 10.0.0.0/8"));
        using var stranger = LoopbackClient.From("127.0.0.2", collector.Visitor.BaseAddress!);

        Assert.Equal([400, 400, 429], await StatusesAsync(collector.Visitor, "192.0.2.1", "192.0.2.2", "192.0.2.1"));
        Assert.Equal([400, 400, 429], await StatusesAsync(collector.Visitor, "2001:db8:0:1::1", "2001:db8:0:2::1", "2001:db8:0:1::2"));
        Assert.Equal([400, 429], await StatusesAsync(stranger, "192.0.2.3", "192.0.2.4"));

        // What a visitor put there itself stands before what the first proxy has seen.
        Assert.Equal([400, 429], await StatusesAsync(collector.Visitor, "198.51.100.1, 192.0.2.5, 10.1.2.3", "198.51.100.2, 192.0.2.5, 10.1.2.3"));
    }

    [Fact]
    public async Task OnlyResponsesAreLimited()
    {
        await using var collector = RunningCollector.With((PerAddress, "1"), (PerSite, "1"));
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 6));
        for (var i = 0; i < 3; i++)
        {
            await site.CesAsync();
            await collector.Visitor.GetStringAsync($"/{site.SiteKey}.js", Cancellation);
        }
    }

    [Fact]
    public async Task AWrongLimitRefusesTheStartAndSaysWhich()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync("--Collector:Limits:PerAddressPerMinute=-1", "--Collector:Limits:PerSitePerSecond=-1"));
        Assert.Contains("Collector:Limits:PerAddressPerMinute is", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Collector:Limits:PerSitePerSecond is", refused.Message, StringComparison.Ordinal);

        await StartAsync("--Collector:Limits:PerAddressPerMinute=0", "--Collector:Limits:PerSitePerSecond=0");

        static async Task StartAsync(params string[] args)
        {
            var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { Args = args });
            builder.AddLimits();
            using var host = builder.Build();
            await host.StartAsync(Cancellation);
        }
    }

    [Fact]
    public void UnlessSetItIs600AMinuteFromAnAddressAnd2000ASecondForASite()
    {
        var settings = new LimitSettings();

        Assert.Equal((600, 2_000), (settings.PerAddressPerMinute, settings.PerSitePerSecond));
    }

    private static async Task<List<int>> StatusesAsync(HttpClient client, params string[] forwardedFor)
    {
        var statuses = new List<int>();
        foreach (var addresses in forwardedFor)
        {
            using var response = await SendAsync(client, addresses);
            statuses.Add((int)response.StatusCode);
        }

        return statuses;
    }

    // What is sent is no response, which counts too: 400 while the address is welcome, 429 after.
    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string forwardedFor = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/responses") { Content = new StringContent("{}") };
        request.Headers.Add("Origin", "https://shop.example");
        if (forwardedFor.Length > 0)
        {
            request.Headers.Add("X-Forwarded-For", forwardedFor);
        }

        return client.SendAsync(request, Cancellation);
    }
}
