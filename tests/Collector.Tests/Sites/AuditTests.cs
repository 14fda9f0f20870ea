using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Collector.Ingest;
using Collector.Sites;
using Collector.Storage;
using Collector.Tests.Support;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Collector.Tests.Sites;

/// <summary>Who did what on a site is written down with it.</summary>
public sealed class AuditTests(RunningCollector collector)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatAKeyChangesIsWrittenDownUnderItsName()
    {
        var site = await collector.NewSiteAsync();
        using var made = await collector.Operator.PostAsJsonAsync($"/v1/sites/{site.Id}/keys", new JsonObject { ["name"] = "Robot", ["scopes"] = new JsonArray("read", "responses", "manage", "admin") }, Cancellation);
        using var robot = collector.CreateClient();
        var key = (await made.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!;
        robot.DefaultRequestHeaders.Authorization = new("Bearer", (string)key["key"]!);
        var response = site.Response(effort: 2);
        await site.StoreAsync(response);

        await SendAsync(robot, HttpMethod.Post, "groups", """{ "id": "pay", "name": "Paying", "patterns": ["/pay"] }""");
        await SendAsync(robot, HttpMethod.Patch, "groups/pay", """{ "name": "Payment" }""");
        await SendAsync(robot, HttpMethod.Delete, "groups/pay");
        await SendAsync(robot, HttpMethod.Post, "touchpoint-rules", """{ "pattern": "/p/*" }""");
        await SendAsync(robot, HttpMethod.Post, "goals", """{ "name": "Easy", "metric": "easy", "target": 0.7, "date": "2027-03-31" }""");
        await SendAsync(robot, HttpMethod.Post, "changes", """{ "title": "Prices", "date": "2026-11-23" }""");
        await SendAsync(robot, HttpMethod.Patch, "surveys/effort-and-intention", """{ "state": "paused" }""");
        await SendAsync(robot, HttpMethod.Delete, $"responses/{response.Id}");
        await SendAsync(robot, HttpMethod.Get, "responses");
        await SendAsync(robot, HttpMethod.Patch, "", """{ "quietDays": 7 }""");
        await SendAsync(robot, HttpMethod.Delete, $"keys/{(string)key["id"]!}");

        Assert.Equal(
            [
                "operator: site made Shop", "operator: key made Test read", "operator: key made Robot read responses manage admin", "key Robot: group made Paying", "key Robot: group changed Payment",
                "key Robot: group removed Payment", "key Robot: rule made /p/*", "key Robot: goal made Easy", "key Robot: change made Prices", "key Robot: survey paused effort-and-intention",
                $"key Robot: response erased {response.Id}", "key Robot: site changed Shop quietDays", "key Robot: key revoked Robot",
            ],
            (await EntriesAsync(collector, site)).Where(entry => !entry.Contains("comments", StringComparison.Ordinal)));
        Assert.Contains("key Robot: comments read", await EntriesAsync(collector, site));

        async Task SendAsync(HttpClient client, HttpMethod method, string path, string? body = null)
        {
            using var request = new HttpRequestMessage(method, $"/v1/sites/{site.Id}/{path}".TrimEnd('/')) { Content = body is null ? null : JsonContent.Create(JsonNode.Parse(body)) };
            using var reply = await client.SendAsync(request, Cancellation);
            Assert.True(reply.IsSuccessStatusCode, $"{method} {path}: {await reply.Content.ReadAsStringAsync(Cancellation)}");
        }
    }

    [Fact]
    public async Task WhatIsRefusedOrChangesNothingLeavesNoEntry()
    {
        var site = await collector.NewSiteAsync();
        var before = await EntriesAsync(collector, site);
        foreach (var (path, body) in ((string, string)[])[("", """{ "quietDays": -1 }"""), ("", """{ "quietDays": 0 }"""), ("groups/none", """{ "name": "x" }""")])
        {
            using var reply = await collector.Operator.PatchAsJsonAsync($"/v1/sites/{site.Id}/{path}".TrimEnd('/'), JsonNode.Parse(body), Cancellation);
        }

        Assert.Equal(before, await EntriesAsync(collector, site));
    }

    [Fact]
    public async Task ReadingIsWrittenDownOnceAnHourAndAllIsForgottenAfterTwoYears()
    {
        await using var other = RunningCollector.With();
        var site = await other.NewSiteAsync();
        var (database, audit) = (other.Services.GetRequiredService<Database>(), Audit.OfPerson("p1", "Ann", other.Time));
        for (var minutes = 0; minutes < 90; minutes += 20)
        {
            await audit.WriteOnceAnHourAsync(database, site.Id, Act.CommentsRead, Cancellation);
            other.Time.Now += TimeSpan.FromMinutes(20);
        }

        Assert.Equal(["person Ann: comments read", "person Ann: comments read"], (await EntriesAsync(other, site)).Where(entry => entry.Contains("comments", StringComparison.Ordinal)));

        other.Time.Now += TimeSpan.FromDays(Audit.KeptDays);
        await other.Services.GetRequiredService<Retention>().RunAsync(Cancellation);
        Assert.Empty(await EntriesAsync(other, site));
    }

    private static async Task<IEnumerable<string>> EntriesAsync(RunningCollector collector, TestSite site)
    {
        await using var connection = await collector.Database.OpenAsync();
        var rows = await connection.QueryAsync<(string Actor, string Text)>(
            "select actor_kind || ' ' || actor_name, kind || ' ' || action || ' ' || about || ' ' || details from audit where site = @Id order by id", new { site.Id });
        return [.. rows.Select(row => $"{row.Actor.Trim()}: {row.Text.Replace("  ", " ", StringComparison.Ordinal).Trim()}")];
    }
}
