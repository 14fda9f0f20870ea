using Collector.Sites;
using Collector.Storage;
using Dapper;

namespace Collector.Webhooks;

/// <summary>Forgets messages when nobody can send them again any more, whatever became of them.</summary>
internal sealed partial class Forgetting(Database database, TimeProvider time, ILogger<Forgetting> logger) : BackgroundService
{
    private const int LargestBatch = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken cancellation)
    {
        IEnumerable<(string Site, string Id)> webhooks;
        await using (var connection = await database.ReadAsync(cancellation))
        {
            webhooks = await connection.QueryAsync<(string Site, string Id)>(new CommandDefinition("select site, id from webhooks", cancellationToken: cancellation));
        }

        var first = Report.IdAt(time.GetUtcNow().AddDays(-DeliveryRoutes.KeptDays).ToUnixTimeMilliseconds());
        foreach (var (site, id) in webhooks)
        {
            int gone;
            do
            {
                var start = time.GetTimestamp();
                gone = await database.WriteAsync(
                    transaction => transaction.Connection!.ExecuteAsync(
                        """
                        delete from deliveries
                        where site = @site and webhook = @id and id in (select id from deliveries where site = @site and webhook = @id and id < @first order by id limit @LargestBatch)
                        """,
                        new { site, id, first, LargestBatch },
                        transaction),
                    cancellation);

                // At most half of the writer's time.
                await Task.Delay(time.GetElapsedTime(start), time, cancellation);
            }
            while (gone == LargestBatch);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception);
            }

            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Error, "Old messages to webhooks could not be forgotten; it is tried again in an hour.")]
    private partial void LogFailed(Exception exception);
}
