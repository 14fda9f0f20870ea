using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.FileProviders;

namespace Collector.Operations;

/// <summary><c>collector demo</c>: the collector as always, with a sample shop beside it whose pages carry the script tag.</summary>
public static class DemoSetup
{
    /// <summary>Adds the shop, its site and a key to read its figures with.</summary>
    public static void AddDemo(this WebApplicationBuilder builder)
    {
        // Below what the operator sets, so that a database of one's own can be named here too.
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData =
            [
                new("Collector:Database", "Data Source=collector-demo.db"), new("Collector:DemoKey", Demo.ReadKey), new("Collector:StopDelay", "0"),
                new("shop", "http://localhost:5081"),
            ],
        });
        builder.Services.AddHostedService<Demo>();
    }
}

internal sealed class Demo(
    Database database, SiteDirectory sites, TimeProvider time, IConfiguration configuration, IServer server) : IHostedLifecycleService
{
    public const string ReadKey = "ck_shop_demo";

    private const string SiteId = "shop";

    // The pages of samples/shop carry this address and this key, as anybody's pages would.
    private const string PastedAddress = "http://localhost:5080", PastedKey = "st_shopsample0000000000";

    private WebApplication? shop;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await sites.FindAsync(SiteId, cancellationToken) is not null)
        {
            return; // Started before; its answers are still there.
        }

        var errors = new FieldErrors();
        var site = SiteCheck.Create(new SiteChange { Name = "Sample shop", TimeZone = "Europe/Amsterdam" }, SiteId, SiteKey.Parse(PastedKey), time.GetUtcNow(), errors);
        await SiteRoutes.InsertAsync(database, site, audit: null, cancellationToken);
    }

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var collector = AddressOf(server);
        shop = BuildShop(collector, configuration["shop"]!);
        await shop.StartAsync(cancellationToken);
        var address = AddressOf(shop.Services.GetRequiredService<IServer>());
        await Console.Out.WriteLineAsync(
            $"""

            The demo is running. Ctrl+C stops it.

              Shop     {address}/contact/
                       Answer the question that appears; then ask what it made of the page's score:

              Figure   curl -H "Authorization: Bearer {ReadKey}" "{collector}/v1/sites/{SiteId}/ces?page={address}/contact"

              API      {collector}/docs

            """);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => shop?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (shop is not null)
        {
            await shop.DisposeAsync();
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Where it can be reached from this machine: listening on all addresses is no address to go to.
    private static string AddressOf(IServer server) => server.Features.Get<IServerAddressesFeature>()!.Addresses.First()
        .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal).Replace("//[::]", "//localhost", StringComparison.Ordinal);

    // A web site of its own on an address of its own: to the collector it is as foreign as anybody's.
    private static WebApplication BuildShop(string collector, string urls)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(urls);
        builder.Logging.ClearProviders();
        var site = builder.Build();
        site.Environment.WebRootFileProvider = new ManifestEmbeddedFileProvider(typeof(Demo).Assembly, "demo/shop");
        site.UseDefaultFiles();
        site.Use(async (context, next) =>
        {
            var file = site.Environment.WebRootFileProvider.GetFileInfo(context.Request.Path);
            if (!file.Exists || !file.Name.EndsWith(".html", StringComparison.Ordinal))
            {
                await next(context);
                return;
            }

            using var reader = new StreamReader(file.CreateReadStream());
            var html = await reader.ReadToEndAsync(context.RequestAborted);
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(html.Replace(PastedAddress, collector, StringComparison.Ordinal), context.RequestAborted);
        });
        site.UseStaticFiles();
        return site;
    }
}
