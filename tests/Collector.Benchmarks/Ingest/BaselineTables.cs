using System.Data.Common;
using System.Text.Json;
using Dapper;

namespace Collector.Benchmarks.Ingest;

/// <summary>
/// What comes to mind first: each response is a transaction, a row and an upsert of its cell. Tables of their own, so that the rows of the naive stores stay the same
/// when Collector's change.
/// </summary>
internal static class BaselineTables
{
    /// <summary>Makes them.</summary>
    /// <param name="connection">An open one.</param>
    /// <param name="kind">What follows the columns.</param>
    public static Task CreateAsync(DbConnection connection, string kind = "") => connection.ExecuteAsync(
        $"""
        create table responses (
            id text not null primary key, page text not null, day integer not null, effort integer, intent text not null, success text not null,
            device text not null, language text not null, body text not null
        ) {kind};
        create table cells (
            page text not null, day integer not null, intent text not null, success text not null, device text not null, language text not null,
            shown integer not null, answered integer not null, effort integer not null,
            primary key (page, day, intent, success, device, language)
        ) {kind};
        """);

    public static async Task KeepAsync(DbConnection connection, JsonElement response)
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
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(
            "insert into responses values (@Id, @Page, @Day, @Effort, @Intent, @Success, @Device, @Language, @Body)", row, transaction);
        await connection.ExecuteAsync(
            """
            insert into cells values (@Page, @Day, @Intent, @Success, @Device, @Language, 1, case when @Effort is null then 0 else 1 end, coalesce(@Effort, 0))
            on conflict (page, day, intent, success, device, language)
            do update set shown = cells.shown + 1, answered = cells.answered + excluded.answered, effort = cells.effort + excluded.effort
            """,
            row,
            transaction);
        await transaction.CommitAsync();
    }
}
