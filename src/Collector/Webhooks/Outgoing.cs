using System.Net;
using System.Net.Sockets;

namespace Collector.Webhooks;

/// <summary>Says where a host's name leads.</summary>
internal delegate Task<IPAddress[]> Resolve(string host, CancellationToken cancellation);

/// <summary>
/// The way out. No redirect is followed and no proxy used; a name is resolved once for each connection, and the connection goes to the very address that was looked at, so that a name
/// which leads elsewhere a moment later leads nowhere.
/// </summary>
internal sealed class Outgoing : IDisposable
{
    /// <summary>So long a receiver may take for all of it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly WebhookSettings settings;
    private readonly Resolve resolve;
    private readonly HttpClient client;

    public Outgoing(WebhookSettings settings, Resolve resolve)
    {
        (this.settings, this.resolve) = (settings, resolve);
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = ConnectAsync,
            ConnectTimeout = Longest,
            MaxConnectionsPerServer = 8,
            MaxResponseHeadersLength = 16,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),

            // So that a receiver that moves is found where it is.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        })
        {
            Timeout = Longest,
        };
    }

    /// <summary>Sends a message; what comes back besides the status is not looked at.</summary>
    public async Task<Answer> SendAsync(HttpRequestMessage message, CancellationToken cancellation)
    {
        try
        {
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
            var wait = response.Headers.RetryAfter;
            return new Answer((int)response.StatusCode, null, wait?.Delta, wait?.Date);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Answer.Failed("It did not answer within 10 seconds.");
        }
        catch (HttpRequestException exception)
        {
            return Answer.Failed(exception.InnerException is NotAllowedException notAllowed ? notAllowed.Message : Sentence(exception.HttpRequestError));
        }
    }

    public void Dispose() => client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var isEncrypted = context.InitialRequestMessage.RequestUri!.Scheme == Uri.UriSchemeHttps;
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellation);
        var allowed = addresses.Where(address => settings.Allows(address, isEncrypted)).ToArray();
        if (allowed.Length == 0)
        {
            throw new NotAllowedException(addresses.Length == 0 ? "The host's name leads nowhere." : "The host's address is not one on the public internet.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Sentence(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "The host's name leads nowhere.",
        HttpRequestError.ConnectionError => "It could not be connected to.",
        HttpRequestError.SecureConnectionError => "No secure connection could be made: its certificate is not trusted, or not for this host.",
        _ => "It broke off, or answered with something that is not HTTP.",
    };

    private sealed class NotAllowedException(string message) : IOException(message);
}

/// <summary>What came of sending a message.</summary>
/// <param name="Status">The receiver's HTTP status; null when there was none.</param>
/// <param name="Error">Why there was none, as a sentence.</param>
/// <param name="Wait">How long the receiver wants to be left alone.</param>
/// <param name="WaitUntil">The same, as a moment.</param>
internal sealed record Answer(int? Status, string? Error, TimeSpan? Wait = null, DateTimeOffset? WaitUntil = null)
{
    public static Answer Failed(string error) => new(null, error);

    /// <summary>How long it wants to be left alone from now on; null when it did not say.</summary>
    public TimeSpan? WaitAt(DateTimeOffset now) => Wait ?? WaitUntil - now;

    /// <summary>Whether it was taken.</summary>
    public bool IsTaken => Status is >= 200 and < 300;

    /// <summary>Whether the receiver wants nothing more, ever.</summary>
    public bool IsGone => Status == StatusCodes.Status410Gone;
}
