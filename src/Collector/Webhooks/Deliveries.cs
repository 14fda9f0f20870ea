using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Collector.Sites;
using Collector.Storage;
using Dapper;

namespace Collector.Webhooks;

/// <summary>What is to be sent to a webhook, and what came of it.</summary>
internal sealed class Deliveries(Database database, Outgoing outgoing, IConfiguration configuration, IMeterFactory meters, TimeProvider time)
{
    private readonly Counter<long> messages = meters.Create("Collector").CreateCounter<long>("collector.webhook.messages", "{message}", "Messages that were sent to webhooks by what became of them: taken or refused.");

    /// <summary>Sends a message now.</summary>
    public async Task<Answer> SendAsync(WebhookRow webhook, DeliveryRow delivery, CancellationToken cancellation)
    {
        var data = JsonNode.Parse(delivery.Data)!.AsObject();
        if (webhook.Comments && (bool?)data["hasComment"] == true)
        {
            data["comments"] = await CommentsAsync(delivery, cancellation);
        }

        if (LinkOf(delivery, data) is { } link)
        {
            data["link"] = link;
        }

        using var message = Message.Of(webhook, delivery.MessageId, delivery.Type, DateTimeOffset.FromUnixTimeMilliseconds(delivery.CreatedAt), data, time.GetUtcNow());
        var answer = await outgoing.SendAsync(message, cancellation);
        messages.Add(1, new KeyValuePair<string, object?>("outcome", answer.IsTaken ? "taken" : "refused"));
        return answer;
    }

    // As they are at this moment: what was erased since it was to be told is not told.
    private async Task<JsonArray> CommentsAsync(DeliveryRow delivery, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        var answers = await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
            "select answers from responses where site = @Site and id = @About", delivery, cancellationToken: cancellation));
        return
        [
            .. JsonNode.Parse(answers ?? "[]")!.AsArray()
                .Where(answer => answer?["text"] is not null)
                .Select(answer => new JsonObject { ["question"] = (string?)answer!["question"], ["text"] = (string?)answer["text"] }),
        ];
    }

    // Only where the operator says by which address people reach this collector: nobody else knows it here.
    private string? LinkOf(DeliveryRow delivery, JsonObject data)
    {
        if (configuration["Collector:PublicAddress"]?.TrimEnd('/') is not { Length: > 0 } address)
        {
            return null;
        }

        var site = $"{address}/sites/{delivery.Site}";
        return delivery.Type switch
        {
            EventTypes.GoalStatusChanged => $"{site}/goals/{delivery.About}",
            EventTypes.PatternFound => $"{site}/patterns",
            _ when (string?)data["touchpoint"] is { } touchpoint => $"{site}/touchpoint?name={Uri.EscapeDataString(touchpoint)}",
            _ => site,
        };
    }
}
