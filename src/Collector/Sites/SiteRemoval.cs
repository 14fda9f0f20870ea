using System.Data.Common;
using Collector.Storage;
using Dapper;

namespace Collector.Sites;

/// <summary>
/// Removes sites with all that is stored of them. Nobody finds a removed site from the first moment on; its rows go in the background, some at a time, whichever tables there are and wherever a kill
/// interrupts it.
/// </summary>
internal sealed partial class SiteRemoval(Database database, TimeProvider time, ILogger<SiteRemoval> logger) : BackgroundService
{
    private const int LargestBatch = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    // A process remembers a site for five seconds, and a response waits no longer than that to be stored: after this, nothing more comes in.
    private static readonly TimeSpan UntilAllKnow = TimeSpan.FromMinutes(1);

    /// <summary>Takes the site away from everybody; its data goes later.</summary>
    public static async Task BeginAsync(DbTransaction transaction, string site, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var sql in (string[])
            ["insert into removed_sites (site, removed_at) values (@site, @at)", "delete from members where site = @site", "delete from links where site = @site", "delete from sites where id = @site"])
        {
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, new { site, at = now.ToUnixTimeMilliseconds() }, transaction, cancellationToken: cancellation));
        }
    }

    /// <summary>Deletes what is left of removed sites.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        IEnumerable<(string Site, long RemovedAt)> removed;
        await using (var connection = await database.ReadAsync(cancellation))
        {
            removed = await connection.QueryAsync<(string Site, long RemovedAt)>(new CommandDefinition("select site, removed_at from removed_sites", cancellationToken: cancellation));
        }

        foreach (var (site, removedAt) in removed)
        {
            var isLast = time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(removedAt) > UntilAllKnow;
            foreach (var table in await TablesAsync(cancellation))
            {
                await DeleteAsync(table, site, cancellation);
            }

            if (isLast)
            {
                await database.WriteAsync(
                    transaction => transaction.Connection!.ExecuteAsync(new CommandDefinition("delete from removed_sites where site = @site", new { site }, transaction, cancellationToken: cancellation)),
                    cancellation);
                LogRemoved(site);
            }
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

    // All that hold something of a site, as the database itself names them: a table that comes later is not forgotten.
    private async Task<IEnumerable<Table>> TablesAsync(CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        return (await Table.ReadAllAsync(database, transaction, cancellation)).Where(table => table.Name != "removed_sites" && table.Columns.Any(column => column.Name == "site"));
    }

    private async Task DeleteAsync(Table table, string site, CancellationToken cancellation)
    {
        var key = string.Join(", ", table.Key);
        int gone;
        do
        {
            var start = time.GetTimestamp();
            gone = await database.WriteAsync(
                transaction => transaction.Connection!.ExecuteAsync(new CommandDefinition(
                    $"delete from {table.Name} where site = @site and ({key}) in (select {key} from {table.Name} where site = @site limit {LargestBatch})",
                    new { site },
                    transaction,
                    cancellationToken: cancellation)),
                cancellation);

            // At most half of the writer's time.
            await Task.Delay(time.GetElapsedTime(start), time, cancellation);
        }
        while (gone == LargestBatch);
    }

    /// <summary>Tells the operator's log, since the site's own trail goes with it.</summary>
    [LoggerMessage(LogLevel.Information, "Site {Site} was removed by {Who}.")]
    public static partial void LogTakenAway(ILogger logger, string site, string who);

    [LoggerMessage(LogLevel.Information, "Nothing is left of the removed site {Site}.")]
    private partial void LogRemoved(string site);

    [LoggerMessage(LogLevel.Error, "What is left of removed sites could not be deleted; it is tried again in a minute.")]
    private partial void LogFailed(Exception exception);
}
