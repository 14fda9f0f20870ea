using System.IO.Compression;
using System.Text;
using Collector.Tests.Support;

namespace Collector.Tests.Ingest.Hostile;

/// <summary>Compressed bodies are refused by their header; what they would become is never made.</summary>
[Collection(nameof(Alone))]
public sealed class HostileEncodingTests(RunningCollector collector)
{
    private const int Unpacked = 256 * 1024 * 1024;

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("compress")]
    [InlineData("gzip, gzip")]
    [InlineData("GZIP")]
    [InlineData("x")]
    public async Task AnEncodedBodyIsAnUnsupportedType(string encoding)
    {
        using var visitor = new HostileVisitor(await collector.NewSiteAsync());
        var body = Encoding.UTF8.GetBytes(HostileBody.Valid(visitor.Site.SiteKey).ToJsonString());

        Assert.Equal(415, (await visitor.SendAsync("as it is", body, encoding: encoding)).Status);
        Assert.Equal(415, (await visitor.SendAsync("packed", Packed(encoding, stream => stream.Write(body)), encoding: encoding)).Status);
        await visitor.LeavesAllInOrderAsync();
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task ABombIsRefusedUnopened(string encoding)
    {
        using var visitor = new HostileVisitor(await collector.NewSiteAsync());
        var zeros = new byte[1024 * 1024];
        var bomb = Packed(encoding, stream =>
        {
            for (var written = 0; written < Unpacked; written += zeros.Length)
            {
                stream.Write(zeros);
            }
        });
        await visitor.SendAsync("the first", bomb, encoding: encoding);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(415, (await visitor.SendAsync("a bomb", bomb, encoding: encoding)).Status);
        }

        // Client and server together, for twenty.
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, Unpacked / 16);
        await visitor.LeavesAllInOrderAsync();
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task PackedBytesThatDoNotSaySoAreNoJson(string encoding)
    {
        using var visitor = new HostileVisitor(await collector.NewSiteAsync());
        var body = Encoding.UTF8.GetBytes(HostileBody.Valid(visitor.Site.SiteKey).ToJsonString());

        Assert.Equal([""], (await visitor.SendAsync("packed", Packed(encoding, stream => stream.Write(body)))).Fields);
        await visitor.LeavesAllInOrderAsync();
    }

    private static byte[] Packed(string encoding, Action<Stream> writing)
    {
        using var packed = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "br" => new BrotliStream(packed, CompressionLevel.Optimal),
            "deflate" => new ZLibStream(packed, CompressionLevel.Optimal),
            _ => new GZipStream(packed, CompressionLevel.Optimal),
        })
        {
            writing(stream);
        }

        return packed.ToArray();
    }
}
