using System.Data.Common;
using System.Text.Json;
using Collector.Storage;
using Dapper;

namespace Collector.Insights.Responses;

/// <summary>Reads and writes what people of a site made of responses.</summary>
internal static class ResponseMarkRows
{
    /// <summary>The labels of some responses, in their order.</summary>
    public static async Task<ILookup<string, string>> LabelsOfAsync(Database database, DbConnection connection, string site, IEnumerable<string> responses, CancellationToken cancellation) =>
        (await connection.QueryAsync<(string Response, string Label)>(new CommandDefinition(
            $"select response, label from response_labels where site = @site and response {database.InTexts("@Responses")} order by label", new { site, Responses = JsonSerializer.Serialize(responses) }, cancellationToken: cancellation)))
        .ToLookup(entry => entry.Response, entry => entry.Label);

    public static Task<bool> IsThereAsync(DbTransaction transaction, string site, string id, CancellationToken cancellation) =>
        transaction.Connection!.QuerySingleAsync<bool>(new CommandDefinition(
            "select exists (select 1 from responses where site = @site and id = @id and state <> 'erased')", new { site, id }, transaction, cancellationToken: cancellation));

    public static Task HandleAsync(DbTransaction transaction, string site, string id, string? by, DateTimeOffset now, CancellationToken cancellation) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "insert into handled_responses (site, response, handled_by, handled_at) values (@site, @id, @by, @Now) on conflict (site, response) do nothing",
            new { site, id, by, Now = now.ToUnixTimeMilliseconds() },
            transaction,
            cancellationToken: cancellation));

    public static Task ReopenAsync(DbTransaction transaction, string site, string id, CancellationToken cancellation) => transaction.Connection!.ExecuteAsync(
        new CommandDefinition("delete from handled_responses where site = @site and response = @id", new { site, id }, transaction, cancellationToken: cancellation));

    public static async Task LabelAsync(DbTransaction transaction, string site, string id, IEnumerable<string> labels, CancellationToken cancellation)
    {
        var connection = transaction.Connection!;
        await connection.ExecuteAsync(new CommandDefinition("delete from response_labels where site = @site and response = @id", new { site, id }, transaction, cancellationToken: cancellation));
        foreach (var label in labels)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "insert into response_labels (site, response, label) values (@site, @id, @label)", new { site, id, label }, transaction, cancellationToken: cancellation));
        }
    }
}
