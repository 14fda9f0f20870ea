using Collector.Storage;
using Dapper;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Collector.Operations;

/// <summary>Probes for whoever restarts the collector or routes traffic to it.</summary>
public static class HealthRoutes
{
    private const string Ready = "ready";

    /// <summary>Adds the check that the database answers.</summary>
    public static void AddHealth(this IHostApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck<DatabaseCheck>("database", tags: [Ready]);

    /// <summary>Maps <c>/health/live</c>: the process answers; and <c>/health/ready</c>: it can take requests.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains(Ready) });
    }

    private sealed class DatabaseCheck(Database database, IHostApplicationLifetime lifetime) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            if (lifetime.ApplicationStopping.IsCancellationRequested)
            {
                return HealthCheckResult.Unhealthy("Stopping.");
            }

            await using var connection = await database.ReadAsync(cancellationToken);
            await connection.ExecuteScalarAsync<int>(new CommandDefinition("select max(number) from migrations", cancellationToken: cancellationToken));
            return HealthCheckResult.Healthy();
        }
    }
}
