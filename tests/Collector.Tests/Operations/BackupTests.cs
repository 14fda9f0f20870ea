using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Collector.Tests.Support;
using Dapper;

namespace Collector.Tests.Operations;

/// <summary>Copies: made beside a collector under load, looked at, and put in the place of a database.</summary>
[Trait("Database", "Own")]
public sealed class BackupTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-tests-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(folder.FullName, "collector.db");

    private string Copy => Path.Combine(folder.FullName, "copy.db");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task ACopyThatIsMadeUnderLoadHoldsAllThatWasAcknowledgedBeforeAndItsFiguresAreRight()
    {
        var acknowledged = new List<string>();
        await using (var collector = await StartAsync(Database))
        {
            var site = await NewSiteAsync(collector);
            using var client = new HttpClient { BaseAddress = collector.Address };
            using var over = new CancellationTokenSource();
            for (var i = 0; i < 200; i++)
            {
                acknowledged.Add(await PostAsync(client, site));
            }

            var load = Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
            {
                while (!over.IsCancellationRequested)
                {
                    await PostAsync(client, site);
                }
            }));
            var (code, said) = await CollectorProcess.RunAsync(Database, Cancellation, "backup", Copy);
            await over.CancelAsync();
            await load;
            Assert.True(code == 0, said);
            Assert.Contains("whole", said, StringComparison.Ordinal);
            Assert.Equal((2, $"{Copy} is there already.\n"), await CollectorProcess.RunAsync(Database, Cancellation, "backup", Copy));
        }

        var restored = Path.Combine(folder.FullName, "restored.db");
        var (restoring, told) = await CollectorProcess.RunAsync(restored, Cancellation, "restore", Copy);
        Assert.True(restoring == 0, told);
        var (checking, found) = await CollectorProcess.RunAsync(restored, Cancellation, "check");
        Assert.True(checking == 0, found);
        Assert.Empty(acknowledged.Except(await IdsAsync(restored)));
        Assert.Equal(await HashAsync(Copy), await HashAsync(restored));
    }

    [Fact]
    public async Task WhatIsInThePlaceIsKeptAndOnlyReplacedWhereThatIsSaid()
    {
        string first;
        await using (var collector = await StartAsync(Database))
        {
            var site = await NewSiteAsync(collector);
            using var client = new HttpClient { BaseAddress = collector.Address };
            first = await PostAsync(client, site);
            Assert.Equal(0, (await CollectorProcess.RunAsync(Database, Cancellation, "backup", Copy)).ExitCode);
            await PostAsync(client, site);

            // As long as a collector runs, its file stays.
            var (inUse, why) = await CollectorProcess.RunAsync(Database, Cancellation, "restore", Copy, "--replace");
            Assert.Equal(2, inUse);
            Assert.Contains("in use", why, StringComparison.Ordinal);
        }

        var (refused, said) = await CollectorProcess.RunAsync(Database, Cancellation, "restore", Copy);
        Assert.Equal(2, refused);
        Assert.Contains("--replace", said, StringComparison.Ordinal);
        Assert.Equal(2, (await IdsAsync(Database)).Count);

        Assert.Equal(0, (await CollectorProcess.RunAsync(Database, Cancellation, "restore", Copy, "--replace")).ExitCode);
        Assert.Equal([first], await IdsAsync(Database));
        Assert.Equal(2, (await IdsAsync(Database + ".before-restore")).Count);
        await using (await StartAsync(Database))
        {
            // It starts on it.
        }
    }

    [Fact]
    public async Task ACopyThatIsNotWholeIsNotPutInPlace()
    {
        await using (var collector = await StartAsync(Database))
        {
            var site = await NewSiteAsync(collector);
            using var client = new HttpClient { BaseAddress = collector.Address };
            for (var i = 0; i < 50; i++)
            {
                await PostAsync(client, site);
            }

            await CollectorProcess.RunAsync(Database, Cancellation, "backup", Copy);
        }

        // Somewhere in the middle, where rows are.
        await using (var file = new FileStream(Copy, FileMode.Open))
        {
            file.Seek(file.Length / 2, SeekOrigin.Begin);
            await file.WriteAsync(new byte[8192], Cancellation);
        }

        var restored = Path.Combine(folder.FullName, "restored.db");
        Assert.Equal(2, (await CollectorProcess.RunAsync(restored, Cancellation, "restore", Copy)).ExitCode);
        Assert.False(File.Exists(restored));
        Assert.Equal(2, (await CollectorProcess.RunAsync(restored, Cancellation, "restore", Copy + ".none")).ExitCode);
    }

    private static Task<CollectorProcess> StartAsync(string file) => CollectorProcess.StartAsync($"Data Source={file}", Cancellation);

    private static async Task<string> NewSiteAsync(CollectorProcess collector)
    {
        using var client = collector.Operator();
        using var made = await client.PostAsJsonAsync("/v1/sites", new JsonObject { ["name"] = "Shop" }, Cancellation);
        return (string)(await made.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!["siteKey"]!;
    }

    private static async Task<string> PostAsync(HttpClient client, string site)
    {
        var response = new SomeResponse(site).Answering("effort", score: 5).Answering("reason", text: "Where is the price?");
        using var reply = await client.PostAsJsonAsync("/v1/responses", response.Json, CancellationToken.None);
        Assert.Equal(HttpStatusCode.Created, reply.StatusCode);
        return response.Id;
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(string file)
    {
        await using var connection = await TestDatabase.OpenAsync($"Data Source={file}");
        return [.. await connection.QueryAsync<string>("select id from responses order by id")];
    }

    // Every row of every table, as one text.
    private static async Task<string> HashAsync(string file)
    {
        await using var connection = await TestDatabase.OpenAsync($"Data Source={file}");
        var text = new System.Text.StringBuilder();
        foreach (var table in await connection.QueryAsync<string>("select name from sqlite_master where type = 'table' and name not glob 'sqlite_*' order by name"))
        {
            foreach (IDictionary<string, object> row in await connection.QueryAsync($"select * from {table} order by 1, 2"))
            {
                text.Append(table).AppendJoin('|', row.Values).Append('\n');
            }
        }

        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text.ToString())));
    }
}
