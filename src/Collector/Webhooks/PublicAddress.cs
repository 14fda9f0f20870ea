using System.Net;
using System.Net.Sockets;

namespace Collector.Webhooks;

/// <summary>Which addresses lie on the public internet. All others (private, loopback, link-local, of a cloud's own services …) are no receivers: whoever may make a webhook could reach them through us.</summary>
internal static class PublicAddress
{
    // IANA's registries of special-purpose addresses, and what clouds answer their own machines on: 168.63.129.16 is Azure's, the others' lie in the ranges above it.
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "168.63.129.16/32",
            "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    // The only part of IPv6 that is routed at all. So ::1, fc00::/7, fe80::/10, 64:ff9b::/96 and the like need no list.
    private static readonly IPNetwork Routed = IPNetwork.Parse("2000::/3");

    public static bool Is(IPAddress address)
    {
        // ::ffff:10.0.0.1 goes to 10.0.0.1.
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily == AddressFamily.InterNetwork || Routed.Contains(plain)) && !Special.Any(network => network.Contains(plain));
    }
}
