using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Collector.Tests.Ingest.Hostile;

/// <summary>A connection that sends what no HTTP client would, byte for byte.</summary>
internal static partial class HostileWire
{
    /// <summary>
    /// What came back on a connection until it was closed, and how long that took. When nothing comes for half a second, the rest of the
    /// request is not sent either: the time counts anew from there.
    /// </summary>
    public static async Task<(string Replies, TimeSpan Took)> SendAsync(Uri address, byte[] bytes)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var start = Stopwatch.GetTimestamp();
        var replies = new StringBuilder();
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, patience.Token);
            await socket.SendAsync(bytes, patience.Token);
            if (!await ReadAsync(socket, replies, TimeSpan.FromSeconds(0.5)))
            {
                start = Stopwatch.GetTimestamp();
                socket.Shutdown(SocketShutdown.Send);
                await ReadAsync(socket, replies, TimeSpan.FromSeconds(20));
            }
        }
        catch (SocketException)
        {
            // It was closed before all was sent or read. What had come counts.
        }

        return (replies.ToString(), Stopwatch.GetElapsedTime(start));
    }

    /// <summary>The replies, one by one: their status, their media type, and what follows their head. (What begins as HTTP/2 is answered in HTTP/2, and left out.)</summary>
    public static IEnumerable<(int Status, string? MediaType, string Body)> Read(string replies)
    {
        foreach (var reply in Start().Split(replies).Where(reply => reply.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)))
        {
            var end = reply.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var (head, body) = end < 0 ? (reply, "") : (reply[..end], reply[(end + 4)..]);
            var type = MediaType().Match(head);
            var isChunked = head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase);
            yield return (int.Parse(head.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), type.Success ? type.Groups["type"].Value : null, isChunked ? Joined(body) : body);
        }
    }

    // Whether the connection was closed before nothing came for so long.
    private static async Task<bool> ReadAsync(Socket socket, StringBuilder replies, TimeSpan silence)
    {
        var buffer = new byte[16_384];
        try
        {
            while (true)
            {
                using var patience = new CancellationTokenSource(silence);
                var read = await socket.ReceiveAsync(buffer, patience.Token);
                if (read == 0)
                {
                    return true;
                }

                replies.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static string Joined(string chunked)
    {
        var body = new StringBuilder();
        while (chunked.IndexOf("\r\n", StringComparison.Ordinal) is var end and > 0 && Convert.ToInt32(chunked[..end], 16) is var length and > 0)
        {
            body.Append(chunked, end + 2, length);
            chunked = chunked[(end + 4 + length)..];
        }

        return body.ToString();
    }

    [GeneratedRegex(@"(?=HTTP/1\.1 \d{3} )", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Start();

    [GeneratedRegex(@"^Content-Type: (?<type>[^;\r]+)", RegexOptions.Multiline | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex MediaType();
}
