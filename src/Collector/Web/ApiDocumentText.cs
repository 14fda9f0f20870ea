using System.Security.Cryptography;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace Collector.Web;

/// <summary>The API's document as it is served. Making it costs more than hundreds of responses, and anybody may ask for it: so it is made once.</summary>
internal sealed class ApiDocumentText
{
    // It is long, and who reads it slowly must not have all of it wait here.
    private const int AtOnce = 8 * 1024;

    private readonly Lazy<Task<(byte[] Text, EntityTagHeaderValue Tag)>> document;

    public ApiDocumentText([FromKeyedServices(ApiDocument.Version)] IOpenApiDocumentProvider documents) => document = new(() => MakeAsync(documents));

    /// <summary>Answers a request with it; 304 where the client has it.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        var (text, tag) = await document.Value;
        var (request, response) = (context.Request, context.Response);
        response.GetTypedHeaders().ETag = tag;
        response.Headers.CacheControl = "no-cache";
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = text.Length;
        for (var at = 0; at < text.Length; at += AtOnce)
        {
            // Without a token: a reader that is shown the door ends it without an exception, of which hundreds at once would hold up others.
            if (await response.BodyWriter.WriteAsync(text.AsMemory(at, Math.Min(AtOnce, text.Length - at)), CancellationToken.None) is { IsCompleted: true } or { IsCanceled: true })
            {
                return;
            }
        }
    }

    private static async Task<(byte[] Text, EntityTagHeaderValue Tag)> MakeAsync(IOpenApiDocumentProvider documents)
    {
        using var text = new MemoryStream();
        await (await documents.GetOpenApiDocumentAsync()).SerializeAsJsonAsync(text, OpenApiSpecVersion.OpenApi3_1);
        var bytes = text.ToArray();
        return (bytes, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\""));
    }
}
