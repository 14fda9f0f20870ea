using Collector.Webhooks;

namespace Collector.Tests.Webhooks;

/// <summary>Signatures, against the example that the libraries of Standard Webhooks are tested with; and how long is waited.</summary>
public sealed class SecretTests
{
    [Fact]
    public void AMessageIsSignedAsStandardWebhooksSays() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        Secret.Sign(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""));

    [Fact]
    public void TheWaitsGrowAndAddUpToAboutADay()
    {
        var waits = Enumerable.Range(1, Backoff.MostAttempts).Select(attempt => Backoff.After(attempt, 0.5)!.Value).ToList();
        Assert.Equal(waits.Order(), waits);
        Assert.InRange(waits.Aggregate((sum, wait) => sum + wait), TimeSpan.FromHours(22), TimeSpan.FromHours(26));
        Assert.Null(Backoff.After(Backoff.MostAttempts + 1, 0.5));
    }

    [Fact]
    public void AWaitIsUpToAFifthShorterOrLonger()
    {
        Assert.Equal(TimeSpan.FromSeconds(4), Backoff.After(1, 0));
        Assert.Equal(TimeSpan.FromSeconds(6), Backoff.After(1, 1));
    }

    [Fact]
    public void WhatTheReceiverAsksForIsGrantedWithinReason()
    {
        Assert.Equal(TimeSpan.FromMinutes(10), Backoff.After(1, 0.5, TimeSpan.FromMinutes(10)));
        Assert.Equal(TimeSpan.FromSeconds(5), Backoff.After(1, 0.5, TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.FromHours(8), Backoff.After(1, 0.5, TimeSpan.FromDays(30)));
    }
}
