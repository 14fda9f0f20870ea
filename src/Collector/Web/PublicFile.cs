using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Collector.Web;

/// <summary>A public file that many pages load: as it is and compressed as small as can be, each with its entity tag.</summary>
internal sealed class PublicFile
{
    // A minute, so that an edited survey is on every page soon and one that has had its answers of the day is gone; the entity tag makes
    // asking again cheap.
    public const string ForAMinute = "public, max-age=60, stale-while-revalidate=600";

    // For what never changes under its name.
    public const string Forever = "public, max-age=31536000, immutable";

    // Brotli's best, over a window that holds any such file: it is done once per text, not per request.
    private const int BestQuality = 11, Window = 18;

    private readonly string contentType, cacheControl;
    private readonly byte[] plain;
    private readonly Lazy<byte[]> brotli;
    private readonly string hash;

    public PublicFile(byte[] plain, string contentType, string cacheControl)
    {
        (this.plain, this.contentType, this.cacheControl) = (plain, contentType, cacheControl);
        hash = Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 8));
        // When it is first asked for: a tenth of a second for all of the dashboard, which a start would take otherwise.
        brotli = new(() => Compress(plain));
    }

    /// <summary>Answers a request with it: compressed where the browser takes that, and 304 where the browser has it.</summary>
    public FileContentHttpResult For(HttpContext context)
    {
        // A typeface is compressed by itself.
        var compress = !contentType.StartsWith("font/", StringComparison.Ordinal)
            && context.Request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value == "br" && encoding.Quality is null or > 0);
        context.Response.Headers.CacheControl = cacheControl;
        context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (compress)
        {
            context.Response.Headers.ContentEncoding = "br";
        }

        return TypedResults.Bytes(compress ? brotli.Value : plain, contentType, entityTag: new EntityTagHeaderValue(compress ? $"\"{hash}-br\"" : $"\"{hash}\""));
    }

    private static byte[] Compress(byte[] plain)
    {
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(plain.Length)];
        return BrotliEncoder.TryCompress(plain, compressed, out var length, BestQuality, Window)
            ? compressed[..length]
            : throw new InvalidOperationException("Brotli needs more room than it says.");
    }
}
