using System.Buffers;

namespace Collector.Ingest;

/// <summary>Reads a request's body up to a limit, into memory that is used again.</summary>
internal sealed class RequestBody : IDisposable
{
    /// <summary>The most bytes that a body may have.</summary>
    public const int Largest = 64 * 1024;

    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(Largest + 1);
    private int length;

    /// <summary>The bytes, without a byte order mark.</summary>
    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length) is [0xEF, 0xBB, 0xBF, .. var rest] ? rest : buffer.AsSpan(0, length);

    /// <summary>Reads it; false when it is larger than <see cref="Largest"/>, which is found without reading all of it.</summary>
    public async ValueTask<bool> TryReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > Largest)
        {
            return false;
        }

        while (length <= Largest)
        {
            var read = await request.Body.ReadAsync(buffer.AsMemory(length, Largest + 1 - length), cancellation);
            if (read == 0)
            {
                return true;
            }

            length += read;
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer, clearArray: true); // It held what a visitor confided.
}
