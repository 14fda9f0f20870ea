using System.Net;

namespace Collector.Operations;

/// <summary><c>collector health</c>: whether the collector that runs by the same settings is ready. Containers without a shell are probed by it.</summary>
public static class Health
{
    // Less than what supervisors wait for a probe.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Asks it, and says what it answered; gives 0 when it is ready, 1 when it is not or nobody answers.</summary>
    public static async Task<int> AskAsync(string[] settings, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        // It reads what the collector reads, and builds nothing of it: probes come every few seconds.
        var configuration = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory }).Configuration;
        var ready = new Uri(AddressIn(configuration), "/health/ready");
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Patience };
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, ready);
            request.Headers.Host = NameIn(configuration);
            using var reply = await client.SendAsync(request, cancellation);
            var isReady = reply.StatusCode == HttpStatusCode.OK;
            await (isReady ? output : error).WriteLineAsync($"{ready}: {await reply.Content.ReadAsStringAsync(cancellation)}");
            return isReady ? 0 : 1;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            await error.WriteLineAsync($"{ready}: {failure.Message}");
            return 1;
        }
    }

    /// <summary>Where a collector that listens as these settings say is reached from its own machine: without TLS if it can be, since no certificate names that.</summary>
    public static Uri AddressIn(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var ports = configuration["http_ports"]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        var urls = configuration[WebHostDefaults.ServerUrlsKey] ?? (ports is [var port, ..] ? $"http://*:{port}" : Settings.DefaultAddress);
        var addresses = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(BindingAddress.Parse);
        var address = addresses.OrderBy(address => address.Scheme != Uri.UriSchemeHttp).First();
        var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
        return new UriBuilder(address.Scheme, host, address.Port).Uri;
    }

    // A collector that answers to some names alone knows no other.
    private static string? NameIn(ConfigurationManager configuration) =>
        configuration["AllowedHosts"]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault(name => !name.Contains('*', StringComparison.Ordinal));
}
