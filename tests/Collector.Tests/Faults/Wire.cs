using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Collector.Tests.Support;

namespace Collector.Tests.Faults;

/// <summary>A connection that posts responses one after the other, and costs little: the load must not take the machine from the collector.</summary>
internal sealed class Wire : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] request, answer = new byte[4_096];
    private readonly int idAt;

    private Wire(string siteKey)
    {
        var response = new SomeResponse(siteKey).Answering("effort", score: 6);
        var body = response.Json.ToJsonString();
        var text = $"POST /v1/responses HTTP/1.1\r\nHost: collector\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\n\r\n{body}";
        request = Encoding.ASCII.GetBytes(text);
        idAt = text.IndexOf(response.Id, StringComparison.Ordinal);
    }

    public static async Task<Wire> ConnectAsync(Uri address, string siteKey, CancellationToken cancellation)
    {
        var wire = new Wire(siteKey);
        await wire.socket.ConnectAsync(IPAddress.Loopback, address.Port, cancellation);
        return wire;
    }

    /// <summary>Posts a new response; gives its id, the status, and after how many milliseconds it came.</summary>
    public async Task<(Guid Id, int Status, double Milliseconds)> PostAsync(CancellationToken cancellation)
    {
        var id = Guid.CreateVersion7();
        id.TryFormat(request.AsSpan(idAt), out _);
        var start = Stopwatch.GetTimestamp();
        await socket.SendAsync(request, cancellation);
        var length = 0;
        do
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(length), cancellation);
            length += read > 0 ? read : throw new SocketException((int)SocketError.ConnectionReset);
        }
        while (!IsWhole(answer.AsSpan(0, length)));

        return (id, int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture), Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    public void Dispose() => socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var header = answer.IndexOf("\r\n\r\n"u8);
        if (header < 0)
        {
            return false;
        }

        var length = answer[..header].IndexOf("Content-Length: "u8);
        return length < 0
            ? answer.EndsWith("\r\n0\r\n\r\n"u8)
            : answer.Length - header - 4 >= ReadLength(answer[(length + 16)..header]);
    }

    private static int ReadLength(ReadOnlySpan<byte> text) =>
        int.Parse(text.IndexOf((byte)'\r') is >= 0 and var end ? text[..end] : text, CultureInfo.InvariantCulture);
}
