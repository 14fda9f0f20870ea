using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;

namespace Collector.Tests.Faults;

/// <summary>New responses at a steady rate, whether they are answered or not: each that is due takes a connection that waits for nothing, or a new one.</summary>
internal sealed class Flood(Uri address, string siteKey, int mostConnections)
{
    private readonly ConcurrentStack<Wire> idle = new();
    private int connections;

    public ConcurrentQueue<(Guid Id, int Status, double Milliseconds)> Answers { get; } = new();

    /// <summary>Connections that broke.</summary>
    public ConcurrentQueue<SocketException> Broken { get; } = new();

    /// <summary>How many were due when all connections were waiting for an answer.</summary>
    public int NotSent { get; private set; }

    /// <summary>Sends, and waits for the last answers.</summary>
    public async Task RunAsync(double perSecond, TimeSpan duration, CancellationToken cancellation)
    {
        var (start, sent, all) = (Stopwatch.GetTimestamp(), 0, new List<Task>());
        while (Stopwatch.GetElapsedTime(start) is var passed && passed < duration)
        {
            for (var due = (int)(passed.TotalSeconds * perSecond); sent < due; sent++)
            {
                if (!idle.TryPop(out var wire) && connections >= mostConnections)
                {
                    NotSent++;
                    continue;
                }

                connections += wire is null ? 1 : 0;
                all.Add(PostAsync(wire, cancellation));
            }

            await Task.Delay(1, cancellation);
        }

        await Task.WhenAll(all);
        while (idle.TryPop(out var wire))
        {
            wire.Dispose();
        }

        connections = 0;
    }

    /// <summary>How many a second are stored when so many connections each wait for their answer.</summary>
    public static async Task<double> SustainableAsync(Uri address, string siteKey, int connections, TimeSpan duration, CancellationToken cancellation)
    {
        var (start, stored) = (Stopwatch.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(
            async () =>
            {
                using var wire = await Wire.ConnectAsync(address, siteKey, cancellation);
                while (Stopwatch.GetElapsedTime(start) < duration)
                {
                    Assert.Equal(201, (await wire.PostAsync(cancellation)).Status);
                    Interlocked.Increment(ref stored);
                }
            },
            cancellation)));
        return stored / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private async Task PostAsync(Wire? wire, CancellationToken cancellation)
    {
        try
        {
            wire ??= await Wire.ConnectAsync(address, siteKey, cancellation);
            Answers.Enqueue(await wire.PostAsync(cancellation));
            idle.Push(wire);
        }
        catch (SocketException exception)
        {
            Broken.Enqueue(exception);
            wire?.Dispose();
        }
    }
}
