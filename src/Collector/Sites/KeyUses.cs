using System.Collections.Concurrent;
using System.Data.Common;
using Collector.Storage;
using Dapper;

namespace Collector.Sites;

/// <summary>
/// Writes down when keys were last used: behind the requests and once an hour for each key at most, so that no reader waits for a write, and figures can be read while nothing can be written.
/// </summary>
public sealed class KeyUses(Database database, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2), Fresh = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string Site, string Id), long> uses = new();

    /// <summary>Notes that a key is used now.</summary>
    /// <param name="before">When it was used last, as far as is written.</param>
    public void Add(string site, string id, long? before)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (before is null || now - before >= Fresh.TotalMilliseconds)
        {
            uses[(site, id)] = now;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Pause, time, stoppingToken);
            try
            {
                await WriteAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is DbException or TimeoutException)
            {
                // Whoever has something to lose says that the database cannot be written. This comes with the next use.
            }
        }
    }

    private async Task WriteAsync(CancellationToken cancellation)
    {
        foreach (var (key, now) in uses)
        {
            await database.WriteAsync(
                transaction => transaction.Connection!.ExecuteAsync("update keys set used_at = @now where site = @Site and id = @Id", new { key.Site, key.Id, now }, transaction), cancellation);
            uses.TryRemove(key, out _);
        }
    }
}
