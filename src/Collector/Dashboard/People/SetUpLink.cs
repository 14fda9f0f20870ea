using System.Data.Common;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Collector.Dashboard.People;

/// <summary>As long as nobody has an account, each start prints a link to make the first one. It works once, and for an hour.</summary>
internal sealed partial class SetUpLink(Accounts accounts, Links links, IServer server, ILogger<SetUpLink> logger) : IHostedLifecycleService
{
    /// <summary>For so long it works.</summary>
    public static readonly TimeSpan Valid = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await accounts.AnyAsync(cancellationToken))
            {
                var secret = await links.AddAsync(LinkPurpose.SetUp, Valid, email: null, site: null, role: null, cancellationToken);

                // To the terminal and not to the log, which may be kept and sent elsewhere.
                await Console.Out.WriteLineAsync(
                    $"""

                    Nobody has an account yet. Make the first one here, within an hour:

                      {AddressOf(server)}/set-up?link={secret.Text}

                    """);
            }
        }
        catch (DbException exception) when (!cancellationToken.IsCancellationRequested)
        {
            // On a disk that can only be read, figures are served all the same.
            LogUnavailable(logger, exception.Message);
        }
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Where it can be reached from this machine: listening on all addresses is no address to go to.
    private static string AddressOf(IServer server) => (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost")
        .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal).Replace("//[::]", "//localhost", StringComparison.Ordinal);

    [LoggerMessage(LogLevel.Warning, "No link to set up the first account can be made now: {Reason}")]
    private static partial void LogUnavailable(ILogger logger, string reason);
}
