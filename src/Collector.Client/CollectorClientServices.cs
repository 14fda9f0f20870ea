using Microsoft.Extensions.DependencyInjection;

namespace Collector.Client;

/// <summary>Adds the client to an application.</summary>
public static class CollectorClientServices
{
    /// <summary>Adds <see cref="CollectorClient"/>, which then can be asked for anywhere.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Says where the collector is, and gives the key.</param>
    /// <returns>The HTTP client, to be configured further: its proxy, its certificates.</returns>
    public static IHttpClientBuilder AddCollectorClient(this IServiceCollection services, Action<CollectorClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new CollectorClientOptions();
        configure(options);
        if (options.Address is not { IsAbsoluteUri: true } address || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException("Say where the collector is: Address = new Uri(\"https://collector.example\").", nameof(configure));
        }

        if (options.Retries is < 0 or > 10)
        {
            throw new ArgumentException("Retries is a number from 0 to 10.", nameof(configure));
        }

        return services.AddHttpClient<CollectorClient>(client => CollectorClient.Configure(client, options))
            .AddHttpMessageHandler(() => new ProblemHandler())
            .AddHttpMessageHandler(() => new RetryHandler(options.Retries));
    }
}
