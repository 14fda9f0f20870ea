using System.Diagnostics;
using System.Globalization;
using System.Net;
using Collector.Tests.Operations;
using Collector.Tests.Support;
using Dapper;

namespace Collector.Tests.Faults.Postgres;

/// <summary>A primary with a standby that must have each commit before it is acknowledged.</summary>
[Collection(nameof(Alone))]
public sealed class StandbyTests : IDisposable
{
    private readonly PostgresServer primary = PostgresServer.Start("15");
    private readonly PostgresServer standby;
    private readonly string database;

    public StandbyTests()
    {
        database = primary.NewDatabase();
        standby = primary.StartStandby("standby");
        primary.Execute("alter system set synchronous_standby_names = 'standby'");
        primary.Execute("select pg_reload_conf()");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Name => database[(database.LastIndexOf('=') + 1)..];

    private string OnStandby => database.Replace(Port(primary), Port(standby), StringComparison.Ordinal);

    public void Dispose()
    {
        standby.Dispose();
        primary.Dispose();
    }

    [Fact]
    public async Task WhatWasAcknowledgedIsOnThePromotedStandbyWhenThePrimaryIsKilled()
    {
        var table = new FaultTable("primary killed -9, standby promoted");
        var both = $"Host=127.0.0.1:{Port(primary)},127.0.0.1:{Port(standby)};Username=collector;Database={Name};Target Session Attributes=primary";
        await using var collector = await CollectorProcess.StartAsync(both, Cancellation);
        var visitors = new Visitors((await collector.NewSiteAsync(Cancellation)).SiteKey);
        using var over = new CancellationTokenSource();
        var load = visitors.RunAsync(collector.Address, 16, over.Token);
        await Task.Delay(Sizes.Of(brief: 1_500, full: 5_000), Cancellation);

        var start = Stopwatch.GetTimestamp();
        primary.Kill();
        await visitors.AnsweredAsync(HttpStatusCode.ServiceUnavailable, Cancellation);
        standby.Promote();
        await visitors.AnsweredAsync(HttpStatusCode.Created, Cancellation);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await over.CancelAsync();
        await load;

        Assert.InRange(seconds, 0, 15);
        table.Add(visitors, await Aftermath.OfAsync(OnStandby, Cancellation), string.Create(CultureInfo.InvariantCulture, $"stored again {seconds:0.0} s after the kill"));
    }

    /// <summary>The collectors know of one address alone, and haproxy of who is primary.</summary>
    [Fact]
    public async Task WhatWasAcknowledgedBehindHaproxyIsOnThePromotedStandbyEvenWhenTheOldPrimaryReturns()
    {
        var table = new FaultTable("primary killed -9 behind haproxy, standby promoted, old primary back");
        primary.Execute("create role collector_check login connection limit 10");
        await using var haproxy = await Balancer.BeforePostgresAsync(primary.Port, standby.Port, Cancellation);
        var address = PostgresServer.ConnectionString(Name, haproxy.Port) + ";Connection Lifetime=1"; // All the time, somebody asks haproxy for another connection.
        var starting = CollectorProcess.StartAsync(address, Cancellation);
        await using var one = await CollectorProcess.StartAsync(address, Cancellation);
        await using var other = await starting;
        var visitors = new Visitors((await one.NewSiteAsync(Cancellation)).SiteKey);
        using var over = new CancellationTokenSource();
        var load = visitors.RunAsync([one.Address, other.Address], 16, over.Token);
        await Task.Delay(Sizes.Of(brief: 1_500, full: 5_000), Cancellation);

        var start = Stopwatch.GetTimestamp();
        primary.Kill();
        await visitors.AnsweredAsync(HttpStatusCode.ServiceUnavailable, Cancellation);
        standby.Promote();
        await visitors.AnsweredAsync(HttpStatusCode.Created, Cancellation);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        // It takes itself for the primary, and would acknowledge what it gets without asking anybody.
        primary.StartAgain();
        primary.Execute("alter system reset synchronous_standby_names");
        primary.Execute("select pg_reload_conf()");
        var (left, acknowledged) = (await StoredAsync(database), visitors.Acknowledged.Count);
        await Task.Delay(Sizes.Of(brief: 4_000, full: 10_000), Cancellation);
        await over.CancelAsync();
        await load;

        Assert.InRange(seconds, 0, 15);
        Assert.True(visitors.Acknowledged.Count > acknowledged);
        Assert.Equal(left, await StoredAsync(database));
        Assert.All(visitors.Answers.Where(answer => answer.Status == HttpStatusCode.ServiceUnavailable), answer => Assert.Equal(TimeSpan.FromSeconds(1), answer.RetryAfter));
        Assert.DoesNotContain(visitors.Answers, answer => answer.Status is not (HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.ServiceUnavailable));
        table.Add(visitors, await Aftermath.OfAsync(OnStandby, Cancellation), string.Create(CultureInfo.InvariantCulture, $"stored again {seconds:0.0} s after the kill"));
    }

    /// <summary>A commit that waits for its standby and is cut off is on the primary alone: it must not be acknowledged, and would be lost with the primary.</summary>
    [Fact]
    public async Task WhileTheStandbyDoesNotAnswerNothingIsAcknowledgedAndNobodyWaitsForLong()
    {
        var table = new FaultTable("the standby stands still, then goes on");
        await using var collector = await CollectorProcess.StartAsync(database, Cancellation);
        var visitors = new Visitors((await collector.NewSiteAsync(Cancellation)).SiteKey);
        using var over = new CancellationTokenSource();
        var load = visitors.RunAsync(collector.Address, 16, over.Token);
        await visitors.AnsweredAsync(HttpStatusCode.Created, Cancellation);

        var receiver = standby.IdOf("walreceiver");
        await SignalAsync("STOP", receiver);
        var since = Stopwatch.GetTimestamp();
        await visitors.AnsweredAsync(HttpStatusCode.ServiceUnavailable, Cancellation);
        var (acknowledged, refused) = (visitors.Acknowledged.Count, Stopwatch.GetElapsedTime(since).TotalSeconds); // What was under way is over.
        await Task.Delay(3_000, Cancellation);
        Assert.Equal(acknowledged, visitors.Acknowledged.Count);
        await SignalAsync("CONT", receiver);
        await visitors.AnsweredAsync(HttpStatusCode.Created, Cancellation);
        await over.CancelAsync();
        await load;

        Assert.InRange(refused, 0, 15);
        Assert.InRange(visitors.Answers.Max(answer => answer.Milliseconds), 0, 15_000);
        table.Add(visitors, await Aftermath.OfAsync(database, Cancellation), string.Create(CultureInfo.InvariantCulture, $"503 within {refused:0.0} s; none acknowledged meanwhile"));
    }

    private static string Port(PostgresServer server) => server.Port.ToString(CultureInfo.InvariantCulture);

    private static async Task<long> StoredAsync(string database)
    {
        await using var connection = await TestDatabase.OpenAsync(database);
        return await connection.ExecuteScalarAsync<long>("select count(*) from responses");
    }

    private static async Task SignalAsync(string signal, int process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancellation);
    }
}
