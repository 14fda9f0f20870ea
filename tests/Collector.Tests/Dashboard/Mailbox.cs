using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MimeKit;

namespace Collector.Tests.Dashboard;

/// <summary>A mail server on this machine (RFC 5321, as much of it as is needed) that keeps what it gets.</summary>
internal sealed class Mailbox : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<MimeMessage> messages = new();

    public Mailbox()
    {
        listener.Start();
        _ = ListenAsync();
    }

    /// <summary>What it says to a message: 250 takes it.</summary>
    public string Reply { get; set; } = "250 ok";

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public IReadOnlyList<MimeMessage> Messages => [.. messages];

    public void Dispose() => listener.Dispose();

    private async Task ListenAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = TalkAsync(client);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 here");
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("DATA", StringComparison.Ordinal))
            {
                await writer.WriteLineAsync("354 go on");
                using var body = new MemoryStream();
                while (await reader.ReadLineAsync() is { } part and not ".")
                {
                    body.Write(System.Text.Encoding.UTF8.GetBytes((part.StartsWith('.') ? part[1..] : part) + "\r\n"));
                }

                if (Reply.StartsWith("250", StringComparison.Ordinal))
                {
                    body.Position = 0;
                    messages.Enqueue(await MimeMessage.LoadAsync(body));
                }

                await writer.WriteLineAsync(Reply);
            }
            else
            {
                await writer.WriteLineAsync(line.StartsWith("QUIT", StringComparison.Ordinal) ? "221 bye" : "250 ok");
            }
        }
    }
}
