using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Collector.Tests.Support;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Collector.Tests.Operations;

/// <summary>What holds of the process as a whole, whatever ends it.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-tests-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string DatabaseFile => Path.Combine(folder.FullName, "collector.db");

    [Fact]
    public async Task WhatWasAcknowledgedIsThereAfterKill9()
    {
        var acknowledged = new ConcurrentBag<string>();
        await using (var collector = await CollectorProcess.StartAsync(DatabaseFile, Cancellation))
        {
            var site = await NewSiteKeyAsync(collector);
            var load = LoadAsync(collector, site, acknowledged);
            while (acknowledged.Count < 200)
            {
                await Task.Delay(10, Cancellation);
            }

            await collector.KillAsync();
            await load;
        }

        await using (await CollectorProcess.StartAsync(DatabaseFile, Cancellation))
        {
            Assert.Empty(acknowledged.Except(await StoredIdsAsync()));
        }
    }

    [Fact]
    public async Task WhatWasAcceptedIsStoredBeforeItEndsOnSigterm()
    {
        var acknowledged = new ConcurrentBag<string>();
        await using var collector = await CollectorProcess.StartAsync(DatabaseFile, Cancellation);
        var site = await NewSiteKeyAsync(collector);
        var load = LoadAsync(collector, site, acknowledged);
        while (acknowledged.Count < 200)
        {
            await Task.Delay(10, Cancellation);
        }

        Assert.Equal(0, await collector.TerminateAsync(Cancellation));
        await load;
        Assert.Empty(acknowledged.Except(await StoredIdsAsync()));
    }

    [Fact]
    public async Task ItIsReadyOnceItListens()
    {
        await using var collector = await CollectorProcess.StartAsync(DatabaseFile, Cancellation);
        using var client = new HttpClient { BaseAddress = collector.Address };

        Assert.Equal("Healthy", await client.GetStringAsync("/health/live", Cancellation));
        Assert.Equal("Healthy", await client.GetStringAsync("/health/ready", Cancellation));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static async Task<string> NewSiteKeyAsync(CollectorProcess collector)
    {
        using var client = new HttpClient { BaseAddress = collector.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", RunningCollector.AdminKey);
        using var created = await client.PostAsJsonAsync("/v1/sites", new JsonObject { ["name"] = "Shop" }, Cancellation);
        return (string)(await created.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!["siteKey"]!;
    }

    // Sixteen visitors who answer until nobody listens any more.
    private static Task LoadAsync(CollectorProcess collector, string site, ConcurrentBag<string> acknowledged) =>
        Parallel.ForAsync(0, 16, Cancellation, async (_, _) =>
        {
            using var client = new HttpClient { BaseAddress = collector.Address };
            try
            {
                while (true)
                {
                    var response = new SomeResponse(site).Answering("effort", score: 6);
                    using var content = new StringContent(response.Json.ToJsonString());
                    using var reply = await client.PostAsync("/v1/responses", content, Cancellation);
                    if (reply.StatusCode == HttpStatusCode.Created)
                    {
                        acknowledged.Add(response.Id);
                    }
                }
            }
            catch (HttpRequestException)
            {
                // It is gone.
            }
        });

    private async Task<IEnumerable<string>> StoredIdsAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=false");
        Assert.Equal("ok", await connection.ExecuteScalarAsync<string>("pragma integrity_check"));
        Assert.Equal(
            await connection.ExecuteScalarAsync<long>("select count(*) from responses"),
            await connection.ExecuteScalarAsync<long>("select sum(effort_6) from cells"));
        return await connection.QueryAsync<string>("select id from responses");
    }
}
