using System.Data.Common;
using Collector.Storage;
using Dapper;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Collector.Operations;

/// <summary>Whether responses can be stored: it stores something, as only that shows a disk that is full or read-only.</summary>
internal sealed class DatabaseCheck(Database database, TimeProvider time, IHostApplicationLifetime lifetime) : IHealthCheck, IDisposable
{
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(1), LongestWait = TimeSpan.FromSeconds(3);

    // About as much as some responses need: on a disk that is nearly full, a few bytes may go in where they do not.
    private static readonly string Something = new('-', 65_536);

    private readonly SemaphoreSlim asking = new(1);
    private HealthCheckResult last;
    private long? askedAt;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("Stopping.");
        }

        // One at a time and one a second: anybody may ask, and each answer costs a commit.
        await asking.WaitAsync(cancellationToken);
        try
        {
            if (askedAt is not { } earlier || time.GetElapsedTime(earlier) >= Believed)
            {
                last = await WriteAsync(cancellationToken);
                askedAt = time.GetTimestamp();
            }

            return last;
        }
        finally
        {
            asking.Release();
        }
    }

    public void Dispose() => asking.Dispose();

    private async Task<HealthCheckResult> WriteAsync(CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(LongestWait);
        try
        {
            await database.WriteAsync(
                transaction => transaction.Connection!.ExecuteAsync(
                    """
                    insert into secrets (name, value) values ('ready?', @Something);
                    delete from secrets where name = 'ready?'
                    """,
                    new { Something },
                    transaction),
                late.Token);
            return HealthCheckResult.Healthy();
        }
        catch (DbException exception)
        {
            return HealthCheckResult.Unhealthy(exception.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("Others have been writing for long.");
        }
    }
}
