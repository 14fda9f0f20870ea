namespace Collector.Operations;

/// <summary>Probes for whoever restarts the collector or routes traffic to it.</summary>
public static class HealthRoutes
{
    private const string Ready = "ready";

    /// <summary>Adds the check that the database takes writes.</summary>
    public static void AddHealth(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DatabaseCheck>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseCheck>("database", tags: [Ready]);
    }

    /// <summary>Maps <c>/health/live</c>: the process answers; and <c>/health/ready</c>: it can take responses.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains(Ready) }).AllowAnonymous();
    }
}
