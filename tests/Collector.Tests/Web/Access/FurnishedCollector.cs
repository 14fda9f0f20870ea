using Collector.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Collector.Tests.Web.Access;

/// <summary>A collector with two sites that have one of everything, and every kind of caller of the first.</summary>
public sealed class FurnishedCollector : IAsyncLifetime
{
    private const string Cors = "OPTIONS";

    private HttpClient client = null!;

    internal RunningCollector Collector { get; } = RunningCollector.With(
        ("Collector:Mail:Host", "127.0.0.1"), ("Collector:Mail:Port", "9"), ("Collector:Mail:From", "collector@shop.example"), ("Collector:PublicAddress", "https://collector.example"));

    internal FurnishedSite Own { get; private set; } = null!;

    internal FurnishedSite Others { get; private set; } = null!;

    internal Callers Callers { get; private set; } = null!;

    /// <summary>Every route, with each method that it takes.</summary>
    internal IReadOnlyList<(RouteEndpoint Route, string Method)> Routes => [.. Collector.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>()
        .SelectMany(route => (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Where(method => method != Cors).Select(method => (route, method)))];

    public async ValueTask InitializeAsync()
    {
        (Own, Others) = (await FurnishedSite.NewAsync(Collector), await FurnishedSite.NewAsync(Collector));
        Callers = await Callers.OfAsync(Own, Others);
        client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Collector.Visitor.BaseAddress };
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await Collector.DisposeAsync();
    }

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => client.SendAsync(request, TestContext.Current.CancellationToken);

    /// <summary>The policies that a route names, the one that decides last.</summary>
    internal static IReadOnlyList<string> PoliciesOf(RouteEndpoint route) => [.. route.Metadata.OfType<IAuthorizeData>().Select(policy => policy.Policy ?? "")];

    /// <summary>Whether a route is a page's, for sessions or for anybody; all others are for keys.</summary>
    internal static bool IsPage(RouteEndpoint route) => route.Metadata.GetMetadata<Collector.Web.FailurePage>() is not null;
}
