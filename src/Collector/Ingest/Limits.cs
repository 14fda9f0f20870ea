using System.ComponentModel.DataAnnotations;
using System.Net;
using Collector.Sites;
using Microsoft.Extensions.Options;

namespace Collector.Ingest;

/// <summary>How many responses are taken; section <c>Collector:Limits</c>.</summary>
public sealed class LimitSettings
{
    /// <summary>Responses a minute from one address (of IPv6: one /64), at once or spread; 0 is no limit.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "Collector:Limits:PerAddressPerMinute is a number of responses a minute, or 0 for no limit.")]
    public int PerAddressPerMinute { get; set; } = 600;

    /// <summary>Responses a second for one site, at once or spread; 0 is no limit.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "Collector:Limits:PerSitePerSecond is a number of responses a second, or 0 for no limit.")]
    public int PerSitePerSecond { get; set; } = 2_000;
}

/// <summary>Adds the limits to the application.</summary>
public static class LimitsSetup
{
    /// <summary>Adds them, as the settings say.</summary>
    public static void AddLimits(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<LimitSettings>().BindConfiguration("Collector:Limits").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<Limits>();
    }
}

/// <summary>Keeps one sender from taking the place of all others. Addresses stay in memory, and are told to nobody.</summary>
internal sealed class Limits(IOptions<LimitSettings> settings, TimeProvider time)
{
    // A megabyte, and a quarter. A visitor's few responses are forgotten within a second, so it suffices for far more visitors than that.
    private const int MostAddresses = 65_536, MostSites = 16_384;

    private readonly TokenBuckets<AddressKey>? addresses = settings.Value.PerAddressPerMinute is > 0 and var limit
        ? new(limit, TimeSpan.FromMinutes(1), MostAddresses, time)
        : null;

    private readonly TokenBuckets<string>? sites = settings.Value.PerSitePerSecond is > 0 and var limit
        ? new(limit, TimeSpan.FromSeconds(1), MostSites, time)
        : null;

    /// <summary>Counts a response from this address. Null when it is welcome; otherwise how long to wait. A Unix socket has no address.</summary>
    public TimeSpan? Count(IPAddress? address) => address is null ? null : addresses?.Take(AddressKey.Of(address));

    /// <summary>Counts a response for this site. Null when it is welcome; otherwise how long to wait.</summary>
    public TimeSpan? Count(Site site) => sites?.Take(site.Id);
}
