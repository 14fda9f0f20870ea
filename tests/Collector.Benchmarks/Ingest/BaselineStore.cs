using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Collector.Benchmarks.Ingest;

/// <summary>
/// The two ways that come to mind first. Each response is a transaction of its own, a row and an upsert of its cell, durable
/// (synchronous=full) before the reply. Tables of their own, so that these rows stay the same when Collector's change.
/// </summary>
internal sealed class BaselineStore(string database) : IAsyncDisposable
{
    private readonly SqliteConnection shared = new($"Data Source={database};Pooling=False");
    private readonly SemaphoreSlim turn = new(1);

    public void Create()
    {
        Open(shared);
        shared.Execute(
            """
            pragma journal_mode = wal;
            create table responses (
                id text not null primary key, page text not null, day integer not null, effort integer, intent text not null, success text not null,
                device text not null, language text not null, body text not null
            ) without rowid;
            create table cells (
                page text not null, day integer not null, intent text not null, success text not null, device text not null, language text not null,
                shown integer not null, answered integer not null, effort integer not null,
                primary key (page, day, intent, success, device, language)
            ) without rowid;
            """);
    }

    /// <summary>Everybody at once; the database lets one in at a time, the others try again.</summary>
    public async Task KeepOnOwnConnectionAsync(JsonElement response)
    {
        await using var connection = new SqliteConnection($"Data Source={database}");
        Open(connection);
        Keep(connection, response);
    }

    /// <summary>One after another, in the order in which they came.</summary>
    public async Task KeepUnderLockAsync(JsonElement response)
    {
        await turn.WaitAsync();
        try
        {
            Keep(shared, response);
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await shared.DisposeAsync();
        turn.Dispose();
    }

    private static void Open(SqliteConnection connection)
    {
        connection.Open();
        connection.Execute("pragma synchronous = full");
    }

    private static void Keep(SqliteConnection connection, JsonElement response)
    {
        var answers = response.GetProperty("answers").EnumerateArray().ToDictionary(answer => answer.GetProperty("question").GetString()!);
        var row = new
        {
            Id = response.GetProperty("id").GetString(),
            Page = response.GetProperty("page").GetString(),
            Day = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 86_400,
            Effort = answers.TryGetValue("effort", out var effort) ? effort.GetProperty("score").GetInt32() : (int?)null,
            Intent = answers.TryGetValue("intent", out var intent) ? intent.GetProperty("choice").GetString() : "",
            Success = answers.TryGetValue("success", out var success) ? success.GetProperty("choice").GetString() : "",
            Device = response.GetProperty("device").GetString(),
            Language = response.GetProperty("language").GetString(),
            Body = response.GetRawText(),
        };
        using var transaction = connection.BeginTransaction();
        connection.Execute(
            "insert into responses values (@Id, @Page, @Day, @Effort, @Intent, @Success, @Device, @Language, @Body)", row, transaction);
        connection.Execute(
            """
            insert into cells values (@Page, @Day, @Intent, @Success, @Device, @Language, 1, @Effort is not null, coalesce(@Effort, 0))
            on conflict (page, day, intent, success, device, language)
            do update set shown = shown + 1, answered = answered + excluded.answered, effort = effort + excluded.effort
            """,
            row,
            transaction);
        transaction.Commit();
    }
}
