using System.Net;

namespace Collector.Webhooks;

/// <summary>Adds what sends messages to webhooks.</summary>
public static class WebhooksSetup
{
    /// <summary>Adds it.</summary>
    public static void AddWebhooks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WebhookSettings>();
        builder.Services.AddSingleton<Resolve>(Dns.GetHostAddressesAsync);
        builder.Services.AddSingleton<Outgoing>();
        builder.Services.AddSingleton<Deliveries>();
        builder.Services.AddHostedService<Sender>();
        builder.Services.AddSingleton<Forgetting>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Forgetting>());
    }
}
