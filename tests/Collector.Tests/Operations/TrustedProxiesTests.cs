using Collector.Operations;
using Collector.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Collector.Tests.Operations;

/// <summary>Whose word counts on where a request comes from. The tests call from 127.0.0.3, with one proxy more at 192.0.2.9.</summary>
public sealed class TrustedProxiesTests
{
    private const string Setting = "--Collector:TrustedProxies";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData]
    [InlineData(Setting + "=")]
    [InlineData(Setting + "=127.0.0.2, 10.0.0.0/8, ::1")]
    [InlineData("--ForwardedHeaders_Enabled=true")]
    [InlineData("--ForwardedHeaders_Enabled=true", Setting + "=127.0.0.2")]
    public async Task WhatAStrangerSaysIsNotBelieved(params string[] args) => Assert.Equal("http 127.0.0.3", await SeenAsync(args));

    [Theory]
    [InlineData(Setting + "=127.0.0.3")]
    [InlineData(Setting + "=::ffff:127.0.0.3")]
    [InlineData(Setting + "=127.0.0.0/8")]
    [InlineData(Setting + "=127.0.0.9/8")]
    [InlineData(Setting + "=10.0.0.0/8,::1, 127.0.0.3 ,")]
    [InlineData(Setting + ":0=10.0.0.0/8", Setting + ":1=127.0.0.3")]
    [InlineData("--ForwardedHeaders_Enabled=true", Setting + "=127.0.0.3")]
    public async Task WhatATrustedProxySaysIsBelievedAndNoMore(params string[] args) => Assert.Equal("https 192.0.2.9", await SeenAsync(args));

    [Theory]
    [InlineData(Setting + "=127.0.0.3,192.0.2.9")]
    [InlineData(Setting + ":0=127.0.0.3", Setting + ":1=192.0.2.0/24")]
    [InlineData("--ForwardedHeaders_Enabled=true", Setting + "=127.0.0.3,192.0.2.9")]
    public async Task AChainOfTrustedProxiesIsFollowedToItsStart(params string[] args) => Assert.Equal("https 2001:db8::1", await SeenAsync(args));

    [Theory]
    [InlineData("proxy.example")]
    [InlineData("10.0.0.0/33")]
    [InlineData("::1/129")]
    [InlineData("10.0.0.1/")]
    [InlineData("10/8")]
    [InlineData("10.0.0")]
    [InlineData("010.0.0.1")]
    [InlineData("*")]
    public async Task WhatIsNeitherAnAddressNorANetworkRefusesTheStartAndIsNamed(string entry)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => SeenAsync($"{Setting}=127.0.0.3,{entry}"));

        Assert.Equal($"Collector:TrustedProxies: '{entry}' is neither an address nor a network.", refused.Message);
    }

    [Fact]
    public async Task WhomItDoesNotBelieveIsNotWrittenDown()
    {
        using var log = new LogLines();
        await SeenAsync(log, $"{Setting}=10.0.0.0/8", "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore.HttpOverrides=Trace");

        Assert.DoesNotContain("127.0.0.3", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("192.0.2.9", log.Text, StringComparison.Ordinal);
        Assert.Contains("Request finished", log.Text, StringComparison.Ordinal);
    }

    private static async Task<string> SeenAsync(params string[] args)
    {
        using var log = new LogLines();
        return await SeenAsync(log, args);
    }

    // The scheme and the address that an application sees of a request that went over two proxies.
    private static async Task<string> SeenAsync(LogLines log, params string[] args)
    {
        var builder = WebApplication.CreateBuilder([.. args, "--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders().AddProvider(log);
        builder.AddTrustedProxies();
        await using var app = builder.Build();
        app.UseTrustedProxies();
        app.Run(context => context.Response.WriteAsync($"{context.Request.Scheme} {context.Connection.RemoteIpAddress}"));
        await app.StartAsync(Cancellation);

        using var client = LoopbackClient.From("127.0.0.3", new Uri(app.Urls.Single()));
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.66, 2001:db8::1, 192.0.2.9");
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "http, https, https");
        return await client.GetStringAsync("/", Cancellation);
    }
}
