using System.Net;
using System.Net.Sockets;

namespace Collector.Tests.Support;

/// <summary>Calls from another address of this machine, 127.0.0.2 for instance, so that a collector sees two visitors.</summary>
public static class LoopbackClient
{
    public static HttpClient From(string address, Uri to) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = to,
    };
}
