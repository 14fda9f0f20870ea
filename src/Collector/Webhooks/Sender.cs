using System.Data.Common;
using Collector.Sites;
using Collector.Storage;
using Dapper;

namespace Collector.Webhooks;

/// <summary>
/// Sends what webhooks are to be told. Each is on its own: a slow or dead receiver holds up nobody else. Which process sends to one is settled by a lease in its row, so that a message is
/// sent by one of them; it may come twice where a process dies between sending it and writing that down.
/// </summary>
internal sealed partial class Sender(Database database, Deliveries deliveries, SiteDirectory directory, TimeProvider time, ILogger<Sender> logger) : BackgroundService
{
    private const int MostReceiversAtOnce = 64, LargestBatch = 20, MessagesAtOnce = 4;

    // As late as this, a message is on its way. To look costs one probe into an index for each webhook.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Longer than a batch can take: five rounds of ten seconds.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(90);

    private readonly Dictionary<(string Site, string Id), Task> sending = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var (webhook, _) in sending.Where(each => each.Value.IsCompleted).ToList())
                {
                    sending.Remove(webhook);
                }

                foreach (var webhook in await FindDueAsync(stoppingToken))
                {
                    if (sending.Count < MostReceiversAtOnce && !sending.ContainsKey(webhook))
                    {
                        sending[webhook] = SendToAsync(webhook, stoppingToken);
                    }
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception);
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // What was sent is written down before the database is closed.
        await Task.WhenAll(sending.Values);
    }

    private async Task<IEnumerable<(string Site, string Id)>> FindDueAsync(CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        return await connection.QueryAsync<(string Site, string Id)>(new CommandDefinition(
            """
            select site, id from webhooks
            where state = 'enabled' and held_until <= @now and leased_until <= @now
                and exists (select 1 from deliveries where deliveries.site = webhooks.site and deliveries.webhook = webhooks.id and deliveries.next_at <= @now)
            """,
            new { now = Now() },
            cancellationToken: cancellation));
    }

    private async Task SendToAsync((string Site, string Id) key, CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested && await TakeAsync(key, stopping) is { } webhook && await SendBatchAsync(webhook, stopping))
            {
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What was not sent is sent by whoever comes next.
        }
        catch (Exception exception)
        {
            // Its lease runs out, and then it is tried again.
            LogFailed(exception);
        }
    }

    // Null where another process has it, or somebody stopped it meanwhile.
    private Task<WebhookRow?> TakeAsync((string Site, string Id) key, CancellationToken cancellation) => database.WriteAsync(
        transaction => transaction.Connection!.QuerySingleOrDefaultAsync<WebhookRow>(
            """
            update webhooks set leased_until = @until
            where site = @Site and id = @Id and state = 'enabled' and held_until <= @now and leased_until <= @now
            returning *
            """,
            new { key.Site, key.Id, now = Now(), until = Now() + (long)Lease.TotalMilliseconds },
            transaction),
        cancellation);

    /// <summary>Sends what is due; true when more may be.</summary>
    private async Task<bool> SendBatchAsync(WebhookRow webhook, CancellationToken stopping)
    {
        // While it takes nothing, one message tries the door for all: the others keep their attempts.
        var most = webhook.Failures > 0 ? 1 : LargestBatch;
        List<DeliveryRow> due;
        await using (var connection = await database.ReadAsync(stopping))
        {
            due = (await connection.QueryAsync<DeliveryRow>(new CommandDefinition(
                "select * from deliveries where site = @Site and webhook = @Id and next_at <= @now order by next_at, id limit @most",
                new { webhook.Site, webhook.Id, now = Now(), most },
                cancellationToken: stopping))).AsList();
        }

        var sent = new List<(DeliveryRow Delivery, Answer Answer)>();
        foreach (var some in due.Chunk(MessagesAtOnce))
        {
            sent.AddRange(await Task.WhenAll(some.Select(async delivery => (delivery, await deliveries.SendAsync(webhook, delivery, stopping)))));
            if (stopping.IsCancellationRequested || !sent.Exists(one => one.Answer.IsTaken))
            {
                break;
            }
        }

        // Also when the collector is stopping: what was taken is not sent again.
        await WriteAsync(webhook, sent, CancellationToken.None);
        return due.Count == most && sent.Exists(one => one.Answer.IsTaken);
    }

    private async Task WriteAsync(WebhookRow webhook, List<(DeliveryRow Delivery, Answer Answer)> sent, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var after = sent.Count == 0 ? webhook : webhook.After(sent.ConvertAll(one => one.Answer), now);
        if (after.State == webhook.State)
        {
            await database.WriteAsync(transaction => WriteAsync(transaction, after, sent, now), cancellation);
            return;
        }

        LogDisabled(webhook.Id, webhook.Site, after.Reason!);
        await database.WriteAsync(
            webhook.Site,
            async transaction =>
            {
                await WriteAsync(transaction, after, sent, now);
                await WebhookRows.TellSiteAsync(transaction, webhook.Site, cancellation);
                return await transaction.Connection!.ExecuteAsync(
                    "update deliveries set state = 'failed', next_at = null where site = @Site and webhook = @Id and state = 'pending'", after, transaction);
            },
            cancellation);
        if (await directory.FindAsync(webhook.Site, cancellation) is { } site)
        {
            directory.Forget(site);
        }
    }

    private static async Task<int> WriteAsync(DbTransaction transaction, WebhookRow webhook, IEnumerable<(DeliveryRow Delivery, Answer Answer)> sent, DateTimeOffset now)
    {
        foreach (var (delivery, answer) in sent)
        {
            await transaction.Connection!.ExecuteAsync(
                """
                update deliveries set state = @State, attempts = @Attempts, next_at = @NextAt, last_at = @LastAt, status = @Status, error = @Error
                where site = @Site and webhook = @Webhook and id = @Id
                """,
                delivery.After(answer, now),
                transaction);
        }

        // Where it is enabled still: somebody may have paused it meanwhile.
        return await transaction.Connection!.ExecuteAsync(
            """
            update webhooks set leased_until = 0, failing_since = @FailingSince, failures = @Failures, held_until = @HeldUntil,
                state = case when state = 'enabled' then @State else state end, reason = case when state = 'enabled' then @Reason else reason end
            where site = @Site and id = @Id
            """,
            webhook,
            transaction);
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    [LoggerMessage(LogLevel.Warning, "Webhook {Webhook} of site {Site} is disabled: {Reason}.")]
    private partial void LogDisabled(string webhook, string site, string reason);

    [LoggerMessage(LogLevel.Error, "Messages to webhooks could not be sent; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
