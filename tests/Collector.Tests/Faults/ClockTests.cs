using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Collector.Tests.Support;
using Dapper;

namespace Collector.Tests.Faults;

/// <summary>Somebody sets the clock an hour back or a year ahead. The time that has passed is another one, which nobody sets.</summary>
public sealed class ClockTests : IDisposable
{
    private readonly RunningCollector collector = RunningCollector.With(("Collector:Limits:PerSitePerSecond", "20"));

    public static TheoryData<int> Jumps => [-1, 365 * 24];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Jumps))]
    public async Task RevisionsKeepTheirOrder(int hours)
    {
        var site = await collector.NewSiteAsync();
        var first = site.Response(effort: 1);
        var second = first.Next().Answering("effort", score: 4);
        var third = second.Next().Answering("effort", score: 7);
        await site.StoreAsync(first, second);

        collector.Time.Now += TimeSpan.FromHours(hours);
        await site.StoreAsync(third, second, first, third);

        var stored = Assert.Single(await StoredRows.QueryAsync(collector, "select revision, effort from responses where site = @Id", new { site.Id }));
        Assert.Equal((3L, 7L), ((long)stored["revision"]!, (long)stored["effort"]!));
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Theory]
    [MemberData(nameof(Jumps))]
    public async Task TheDayIsTheClocksAndRightAgainWhenTheClockIs(int hours)
    {
        var site = await collector.NewSiteAsync();
        var right = collector.Time.Now;
        var (during, unbelieved, after) = (site.Response(effort: 1), site.Response(effort: 2).With("answeredAt", right.ToString("O")), site.Response(effort: 3));

        collector.Time.Now = right + TimeSpan.FromHours(hours);
        await site.StoreAsync(during, unbelieved);
        var jumped = DayOf(collector.Time.Now);
        Assert.Equal([jumped, jumped], [await DayAsync(during), await DayAsync(unbelieved)]);

        collector.Time.Now = right;
        await site.StoreAsync(after, during.Next());
        Assert.Equal([DayOf(right), DayOf(right)], [await DayAsync(after), await DayAsync(during)]);
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Theory]
    [MemberData(nameof(Jumps))]
    public async Task RateLimitsNeitherOpenNorFreeze(int hours)
    {
        var site = await collector.NewSiteAsync();
        for (var i = 0; i < 20; i++)
        {
            await site.StoreAsync(site.Response(effort: 5));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await site.PostAsync(site.Response(effort: 5))).Status);
        collector.Time.Now += TimeSpan.FromHours(hours);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await site.PostAsync(site.Response(effort: 5))).Status);
        collector.Time.Passed += TimeSpan.FromSeconds(0.1);
        await site.StoreAsync(site.Response(effort: 5), site.Response(effort: 5));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await site.PostAsync(site.Response(effort: 5))).Status);
    }

    [Theory]
    [MemberData(nameof(Jumps))]
    public async Task WhatAnotherProcessChangesIsKnownAfterFiveSecondsAllTheSame(int hours)
    {
        var (moved, quiet) = (await collector.NewSiteAsync(), await collector.NewSiteAsync());
        await moved.StoreAsync(moved.Response(effort: 5));
        await quiet.StoreAsync(quiet.Response(effort: 5));
        collector.Time.Now += TimeSpan.FromHours(hours);
        await using (var other = await collector.Database.OpenAsync())
        {
            await other.ExecuteAsync("update sites set allowed_origins = '[\"https://elsewhere.example\"]' where id = @Id", new { moved.Id });
            await other.ExecuteAsync("update surveys set state = 'draft' where site = @Id", new { quiet.Id });
        }

        collector.Time.Passed += TimeSpan.FromSeconds(4);
        await moved.StoreAsync(moved.Response(effort: 5));
        await quiet.StoreAsync(quiet.Response(effort: 5));
        collector.Time.Passed += TimeSpan.FromSeconds(1);
        Assert.Equal(HttpStatusCode.Forbidden, (await moved.PostAsync(moved.Response(effort: 5))).Status);
        Assert.Equal(["/survey"], (await quiet.PostAsync(quiet.Response(effort: 5))).WrongFields);
    }

    [Fact]
    public async Task AKeyExpiresByTheClock()
    {
        var site = await collector.NewSiteAsync();
        using var created = await collector.Operator.PostAsJsonAsync(
            $"/v1/sites/{site.Id}/keys",
            new JsonObject { ["name"] = "Test", ["scopes"] = new JsonArray("read"), ["expires"] = collector.Time.Now.AddMinutes(30).ToString("O") },
            Cancellation);
        using var analyst = collector.CreateClient();
        analyst.DefaultRequestHeaders.Authorization = new("Bearer", (string)(await created.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!["key"]!);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync());
        collector.Time.Now -= TimeSpan.FromHours(1);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync());
        collector.Time.Now += TimeSpan.FromDays(365);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync());

        async Task<HttpStatusCode> StatusAsync()
        {
            using var reply = await analyst.GetAsync($"/v1/sites/{site.Id}/ces", Cancellation);
            return reply.StatusCode;
        }
    }

    public void Dispose() => collector.Dispose();

    private static long DayOf(DateTimeOffset moment) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam")).DateTime).DayNumber - new DateOnly(1970, 1, 1).DayNumber;

    private async Task<long> DayAsync(SomeResponse response) =>
        (long)(await StoredRows.QueryAsync(collector, "select day from responses where id = @Id", new { response.Id })).Single()["day"]!;
}
