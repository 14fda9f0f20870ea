using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Collector.Operations;

/// <summary>How the collector ends.</summary>
public sealed class StopSettings
{
    /// <summary>Seconds between saying "not ready" and refusing connections, 0 to 10: for as long, whoever routes traffic here may still send some.</summary>
    [Range(0, 10, ErrorMessage = "Collector:StopDelay is a number of seconds, 0 to 10.")]
    public int StopDelay { get; set; } = 3;
}

/// <summary>
/// The end, in its order: <c>/health/ready</c> fails as soon as SIGTERM comes; the collector goes on for a moment, so that a load balancer notices
/// before a visitor does; it takes no more connections, and answers what it was sent; what was accepted is stored.
/// </summary>
public static class Stopping
{
    // With the longest delay, and the few seconds that the writer may need after it, less than the 30 seconds after which supervisors kill.
    private static readonly TimeSpan LongestForClients = TimeSpan.FromSeconds(10);

    /// <summary>Adds it, as the setting <c>Collector:StopDelay</c> says.</summary>
    public static void AddStopping(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<StopSettings>().BindConfiguration("Collector").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddHostedService<Delay>();
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<StopSettings>>((host, stop) =>
            host.ShutdownTimeout = TimeSpan.FromSeconds(stop.Value.StopDelay) + LongestForClients);
    }

    private sealed class Delay(IOptions<StopSettings> settings, TimeProvider time) : IHostedLifecycleService
    {
        public Task StoppingAsync(CancellationToken cancellationToken) =>
            Task.Delay(TimeSpan.FromSeconds(settings.Value.StopDelay), time, cancellationToken);

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
