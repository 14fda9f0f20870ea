using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Collector.Operations;

/// <summary>Which proxies are believed when they say from whom, and by which scheme, a request came to them.</summary>
public static class TrustedProxies
{
    private const string Setting = "Collector:TrustedProxies";

    /// <summary>
    /// Believes <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> from what the setting <c>Collector:TrustedProxies</c> lists, and from
    /// nobody else: addresses or networks (<c>10.0.0.0/8</c>), as a list or as one text with commas; none by default.
    /// </summary>
    public static void AddTrustedProxies(this IHostApplicationBuilder builder)
    {
        // After all else that sets these: ASPNETCORE_FORWARDEDHEADERS_ENABLED=true would believe anybody.
        builder.Services.AddOptions<ForwardedHeadersOptions>()
            .PostConfigure<IConfiguration>((options, configuration) => Trust(options, EntriesOf(configuration.GetSection(Setting))))
            .ValidateOnStart();

        // Below a warning, the middleware writes down the addresses of those whom it does not believe: visitors.
        builder.Logging.AddFilter("Microsoft.AspNetCore.HttpOverrides", LogLevel.Warning);
    }

    /// <summary>From here on, a request has its visitor's address and scheme.</summary>
    public static void UseTrustedProxies(this IApplicationBuilder app) => app.UseForwardedHeaders();

    private static void Trust(ForwardedHeadersOptions options, string[] entries)
    {
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var entry in entries)
        {
            options.KnownIPNetworks.Add(Parse(entry));
        }

        // With empty lists the middleware would believe anybody; without headers it does nothing.
        options.ForwardedHeaders = entries.Length == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.ForwardLimit = null; // A chain is followed back for as long as each proxy in it is in the list.
    }

    private static string[] EntriesOf(IConfigurationSection section) =>
    [
        .. section.GetChildren().Select(child => child.Value)
            .Append(section.Value)
            .SelectMany(text => (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    ];

    private static System.Net.IPNetwork Parse(string entry)
    {
        var slash = entry.IndexOf('/', StringComparison.Ordinal);
        var written = slash < 0 ? entry : entry[..slash];

        // 10/8 and 010.0.0.1 can be read too, but as 0.0.0.10/8 and 8.0.0.1.
        var plain = IPAddress.TryParse(written, out var address)
            && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == written);
        if (plain && slash < 0)
        {
            address = address!.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
            return new System.Net.IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        }

        return plain && System.Net.IPNetwork.TryParse(entry, out var network)
            ? network
            : throw new OptionsValidationException(Setting, typeof(ForwardedHeadersOptions), [$"{Setting}: '{entry}' is neither an address nor a network."]);
    }
}
