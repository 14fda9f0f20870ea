using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Webhooks;

/// <summary>What a webhook was sent, and sending it again.</summary>
internal static class DeliveryRoutes
{
    /// <summary>So long messages are kept, in days, to be looked at and sent again.</summary>
    public const int KeptDays = 7;

    public static void MapDeliveries(this RouteGroupBuilder webhooks)
    {
        webhooks.MapGet("/{id}/deliveries", ListAsync)
            .WithName("ListDeliveries").WithSummary("List what a webhook was sent").WithProblems(400, 404)
            .WithResponseExample(200,
                """
                { "items": [ { "id": "msg_0199f1c27b3a00000001a1b2c3d4e5f6", "type": "response.completed", "about": "01936f5e-7a3c-7d4e-8f90-123456789abc",
                               "createdAt": "2026-11-22T09:30:00+00:00", "state": "pending", "attempts": 2, "nextAt": "2026-11-22T09:30:41+00:00",
                               "lastAt": "2026-11-22T09:30:06+00:00", "status": 500, "error": null } ], "next": null }
                """);

        webhooks.MapPost("/{id}/replay", ReplayAsync)
            .WithName("ReplayDeliveries").WithSummary("Send messages again").WithProblems(400, 404, 413, 415, 422)
            .WithRequestExample("""{ "since": "2026-11-22T00:00:00Z" }""")
            .WithResponseExample(202, """{ "deliveries": 12 }""");

        webhooks.MapPost("/{id}/test", TryAsync)
            .WithName("TestWebhook").WithSummary("Send a trial message").WithProblems(400, 404, 422)
            .WithResponseExample(200, """{ "delivered": true, "status": 204, "error": null, "milliseconds": 82.4 }""");
    }

    /// <summary>Lists the messages of the last seven days, newest first, with what came of each.</summary>
    /// <param name="id">The webhook's id.</param>
    /// <param name="state">Only those that are <c>pending</c>, <c>delivered</c> or <c>failed</c>.</param>
    internal static async Task<Results<Ok<DeliveryList>, ProblemHttpResult>> ListAsync(
        Site site, string id, [FromQuery(Name = "state"), AllowedValues("pending", "delivered", "failed")] string? state, [AsParameters] PagingQuery page, Database database, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var paging = Paging.Read(page, errors);
        if (state is not (null or "pending" or "delivered" or "failed"))
        {
            errors.AddMalformed("state", "One of: pending, delivered, failed.");
        }

        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        await using var connection = await database.ReadAsync(cancellation);
        if (await WebhookRows.FindAsync(connection, site.Id, id, cancellation) is null)
        {
            return WebhookRoutes.NotFound();
        }

        var rows = await connection.QueryAsync<DeliveryRow>(new CommandDefinition(
            $"""
            select * from deliveries
            where site = @Site and webhook = @id and id < @Before {(state is null ? "" : "and state = @state")}
            order by id desc limit @Limit
            """,
            new { Site = site.Id, id, Before = paging.After ?? "z", state, Limit = paging.Limit + 1 },
            cancellationToken: cancellation));
        var (shown, next) = paging.Page(rows.AsList(), row => row.Id);
        return TypedResults.Ok(new DeliveryList([.. shown.Select(row => row.ToAnswer())], next));
    }

    /// <summary>Sends messages again, with the ids that they had: one of them, or those that failed since a moment.</summary>
    /// <param name="id">The webhook's id.</param>
    internal static async Task<Results<Accepted<ReplayAnswer>, ProblemHttpResult>> ReplayAsync(
        Site site, string id, ReplayRequest request, Database database, TimeProvider time, Audit audit, CancellationToken cancellation)
    {
        if (request.Delivery is null == request.Since is null)
        {
            var errors = new FieldErrors();
            errors.AddMalformed("", "Name either a delivery, or a moment since which.");
            return Problems.Invalid(errors);
        }

        await using (var connection = await database.ReadAsync(cancellation))
        {
            if (await WebhookRows.FindAsync(connection, site.Id, id, cancellation) is null)
            {
                return WebhookRoutes.NotFound();
            }
        }

        var which = request.Delivery is not null ? "id = @One" : request.Delivered == true ? "id >= @First" : "id >= @First and state = 'failed'";
        var again = await database.WriteAsync(
            async transaction =>
            {
                var count = await transaction.Connection!.ExecuteAsync(
                    $"update deliveries set state = 'pending', attempts = 0, next_at = @Now where site = @Site and webhook = @id and {which}",
                    new
                    {
                        Site = site.Id,
                        id,
                        One = request.Delivery?.Replace("msg_", "", StringComparison.Ordinal),
                        First = request.Since is { } since ? Report.IdAt(Math.Max(since.ToUnixTimeMilliseconds(), 0)) : null,
                        Now = time.GetUtcNow().ToUnixTimeMilliseconds(),
                    },
                    transaction);
                await audit.WriteAsync(transaction, site.Id, Act.WebhookReplayed, id);
                return count;
            },
            cancellation);
        return again == 0 && request.Delivery is not null
            ? Problems.NotFound("There is no such delivery.")
            : TypedResults.Accepted((string?)null, new ReplayAnswer(again));
    }

    /// <summary>Sends a message of the type <c>webhook.test</c> and says what the receiver answered. It works while the webhook is paused or disabled, and is not sent again.</summary>
    /// <param name="id">The webhook's id.</param>
    internal static async Task<Results<Ok<TrialAnswer>, ProblemHttpResult>> TryAsync(
        Site site, string id, Database database, Deliveries deliveries, TimeProvider time, CancellationToken cancellation)
    {
        WebhookRow? webhook;
        await using (var connection = await database.ReadAsync(cancellation))
        {
            webhook = await WebhookRows.FindAsync(connection, site.Id, id, cancellation);
        }

        if (webhook is null)
        {
            return WebhookRoutes.NotFound();
        }

        var sentence = SentenceLanguage.Of(site.Languages).Say($"This is a trial message of Collector for {site.Name}", $"Dit is een proefbericht van Collector voor {site.Name}");
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var trial = new DeliveryRow
        {
            Site = site.Id,
            Webhook = id,
            Id = new Report(site.Id, id, EventTypes.Test, "", "", now).Id,
            Type = EventTypes.Test,
            About = site.Id,
            Data = new JsonObject { ["site"] = site.Id, ["sentence"] = sentence }.ToJsonString(),
            CreatedAt = now,
            State = "pending",
            Attempts = 0,
            NextAt = null,
            LastAt = null,
            Status = null,
            Error = null,
        };
        var start = Stopwatch.GetTimestamp();
        var answer = await deliveries.SendAsync(webhook, trial, cancellation);
        return TypedResults.Ok(new TrialAnswer { Delivered = answer.IsTaken, Status = answer.Status, Error = answer.Error, Milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds });
    }
}
