using System.Data.Common;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Collector.Tests.Support;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Collector.Tests.Operations.Moving;

/// <summary>A SQLite file that a collector has filled and left, and a PostgreSQL server with nothing in it.</summary>
public sealed class StoredAnswers : IAsyncLifetime
{
    /// <summary>A text of which every character wants care from somebody.</summary>
    public const string Odd = "\"Quotes\" 'of' \\ all, kinds\t😀\r\n\uFFFD\u00A0é e\u0301 {} $1 @Name";

    /// <summary>Figures that read the cells, their totals, the responses and the goals.</summary>
    private static readonly string[] Figures = ["ces?by=touchpoint", "touchpoints", "intents", "ces?tag.segment=business", "goals"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-move-");
    private int files;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public PostgresServer Postgres { get; private set; } = null!;

    /// <summary>One of the responses, as it was sent.</summary>
    public SomeResponse Sent { get; private set; } = null!;

    /// <summary>What the collector said to it, and to who asked for figures.</summary>
    public string Said { get; private set; } = null!;

    private string Filled => Path.Combine(folder.FullName, "filled.db");

    private string Site { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Postgres = PostgresServer.Start("15", "-c", "fsync=off");
        await using (var collector = await CollectorProcess.StartAsync(Filled, Cancellation))
        {
            (Site, var siteKey) = await collector.NewSiteAsync(Cancellation);
            using var client = collector.Operator();
            foreach (var i in Enumerable.Range(0, 30))
            {
                var response = new SomeResponse(siteKey).On($"https://shop.example/{i % 4}").Answering("effort", score: (i % 7) + 1).Answering("intent", choice: i % 3 == 0 ? "buy" : null)
                    .Answering("reason", text: $"{Odd} {i}").With("tags", new JsonObject { ["segment"] = i % 2 == 0 ? "business" : "private" });
                (await client.PostAsync("/v1/responses", new StringContent(response.Json.ToJsonString()), Cancellation)).EnsureSuccessStatusCode();
                Sent = response;
            }

            var goal = new JsonObject { ["name"] = "Easier", ["metric"] = "ces", ["target"] = 0.1 + 0.2 + 5, ["date"] = "2030-01-01", ["selection"] = new JsonObject() };
            var made = await client.PostAsJsonAsync($"/v1/sites/{Site}/goals", goal, Cancellation);
            Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync(Cancellation));
            Said = await AskAsync(collector);
            await collector.TerminateAsync(Cancellation);
        }

        await using var connection = await OpenAsync($"Data Source={Filled}");
        await connection.ExecuteAsync(
            """
            update goals set weight = 1.0 / 3;
            update responses set context = '' where effort = 3;
            update responses set context = null where effort = 4;
            update responses set context = @Odd where effort = 5
            """,
            new { Odd });
    }

    /// <summary>A copy of the file, to be moved and changed.</summary>
    public string Copy()
    {
        var copy = NewFile();
        File.Copy(Filled, copy["Data Source=".Length..]);
        return copy;
    }

    /// <summary>A file that is not there yet.</summary>
    public string NewFile() => $"Data Source={Path.Combine(folder.FullName, $"{Interlocked.Increment(ref files)}.db")}";

    /// <summary>The receipt of the response that was sent, and the figures, without the times they were made at.</summary>
    public async Task<string> AskAsync(CollectorProcess collector)
    {
        using var client = collector.Operator();
        using var again = await client.PostAsync("/v1/responses", new StringContent(Sent.Json.ToJsonString()), Cancellation);
        var said = new List<string> { await again.Content.ReadAsStringAsync(Cancellation) };
        foreach (var figure in Figures)
        {
            using var reply = await client.GetAsync($"/v1/sites/{Site}/{figure}", Cancellation);
            said.Add($"{reply.StatusCode} {await reply.Content.ReadAsStringAsync(Cancellation)}");
            Assert.True(reply.IsSuccessStatusCode, said[^1]);
        }

        return string.Join('\n', said);
    }

    public static async Task<DbConnection> OpenAsync(string database)
    {
        DbConnection connection = database.StartsWith("Host=", StringComparison.Ordinal)
            ? new NpgsqlConnection($"{database};Pooling=false")
            : new SqliteConnection($"{database};Pooling=false");
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    /// <summary>All rows of all tables but those of what a collector makes anew when it starts, as text, by table and row.</summary>
    public static async Task<List<string>> AllRowsAsync(string database)
    {
        await using var connection = await OpenAsync(database);
        var tables = await connection.QueryAsync<string>(
            connection is NpgsqlConnection ? "select table_name from information_schema.tables where table_schema = 'public'" : "select name from sqlite_master where type = 'table'");
        var rows = new List<string>();
        foreach (var table in tables.Where(table => table is not ("migrations" or "key_ring" or "links" or "sessions")))
        {
            foreach (var row in await StoredRows.QueryAsync(connection, transaction: null, $"select * from \"{table}\"", parameters: null))
            {
                rows.Add($"{table}: {string.Join(", ", row.Select(column => $"{column.Key}={column.Value switch { null => "null", string text => $"<{text}>", var value => $"{value:R}" }}"))}");
            }
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    public ValueTask DisposeAsync()
    {
        Postgres.Dispose();
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
