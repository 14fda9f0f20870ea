using System.Globalization;
using System.IO.Compression;

namespace Collector.Benchmarks.Widget;

/// <summary>A text's length in bytes: as it is, and compressed as small as can be.</summary>
internal sealed record Sizes(int Raw, int Gzip, int Compressed)
{
    private const int BestQuality = 11, Window = 22;

    public static Sizes Of(byte[] text)
    {
        using var gzip = new MemoryStream();
        using (var stream = new GZipStream(gzip, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            stream.Write(text);
        }

        return new Sizes(text.Length, (int)gzip.Length, Brotli(text).Length);
    }

    public static byte[] Brotli(byte[] text)
    {
        var buffer = new byte[BrotliEncoder.GetMaxCompressedLength(text.Length)];
        return BrotliEncoder.TryCompress(text, buffer, out var length, BestQuality, Window)
            ? buffer[..length]
            : throw new BenchmarkFailedException("Brotli needs more room than it says.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Raw:N0} · {Gzip:N0} · {Compressed:N0}");
}
