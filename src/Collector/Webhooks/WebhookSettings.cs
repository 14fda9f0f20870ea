using System.Net;

namespace Collector.Webhooks;

/// <summary>Where messages may go beside the public internet: networks that the operator lists in <c>Collector:Webhooks:AllowedNetworks</c>, such as that of a receiver in the same house.</summary>
internal sealed class WebhookSettings
{
    private const string Setting = "Collector:Webhooks:AllowedNetworks";

    private readonly IPNetwork[] allowed;

    public WebhookSettings(IConfiguration configuration)
    {
        var section = configuration.GetSection(Setting);
        allowed =
        [
            .. section.GetChildren().Select(child => child.Value).Append(section.Value)
                .SelectMany(text => (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .Select(entry => IPNetwork.TryParse(entry, out var network) ? network : throw new InvalidOperationException($"{Setting}: '{entry}' is not a network, such as 10.1.2.0/24.")),
        ];
    }

    /// <summary>Whether plain http may be used at all: within a listed network nobody may listen, elsewhere anybody might.</summary>
    public bool AllowsHttp => allowed.Length > 0;

    /// <summary>Whether a message may go to this address.</summary>
    public bool Allows(IPAddress address, bool isEncrypted)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return allowed.Any(network => network.Contains(plain)) || (isEncrypted && PublicAddress.Is(plain));
    }
}
