using System.Collections.Concurrent;
using Microsoft.AspNetCore.StaticFiles;

namespace Collector.Benchmarks.Widget;

/// <summary>Serves one page for each contestant, the same but for its script tag, and the peers' files, compressed as small as can be.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly ConcurrentDictionary<string, byte[]> compressed = new();

    private PageServer(WebApplication web) => this.web = web;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(web.Urls.Single());

    /// <summary>Starts it. <paramref name="scripts"/> says where Collector's scripts are; all others lie in the folder of the peers.</summary>
    public static async Task<PageServer> StartAsync(string peers, IReadOnlyDictionary<Contestant, Uri> scripts, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new PageServer(builder.Build());
        for (var i = 0; i < Contestant.All.Count; i++)
        {
            var contestant = Contestant.All[i];
            var source = scripts.TryGetValue(contestant, out var address) ? address.ToString() : $"/{contestant.File}";
            var page = Page($"""<script async src="{source}" {contestant.Attributes}></script>""");
            server.web.MapGet($"/{i}", () => TypedResults.Text(page, "text/html"));
        }

        server.web.MapGet("/empty.js", () => TypedResults.Text("", "text/javascript"));
        server.web.MapGet("/{**file}", (string file, HttpContext context) => server.FileAsync(Path.Combine(peers, file), context));
        await server.web.StartAsync(cancellation);
        return server;
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    // As a page of a shop is: some text, and nothing that the browser would be busy with.
    private static string Page(string script) =>
        $"""
        <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A page</title>{script}</head>
        <body><h1>A page</h1>{string.Concat(Enumerable.Repeat("<p>We are two potters in an old dyehouse. Each month we throw sixty pots of a single shape, and start again.</p>", 20))}</body></html>
        """;

    private async Task FileAsync(string path, HttpContext context)
    {
        if (!compressed.TryGetValue(path, out var bytes))
        {
            if (!File.Exists(path))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            bytes = compressed[path] = Sizes.Brotli(await File.ReadAllBytesAsync(path, context.RequestAborted));
        }

        context.Response.ContentType = new FileExtensionContentTypeProvider().TryGetContentType(path, out var type) ? type : "application/octet-stream";
        context.Response.Headers.ContentEncoding = "br";
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
