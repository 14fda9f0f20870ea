using System.ComponentModel.DataAnnotations;

namespace Collector.Client;

/// <summary>Where the collector is, and who calls it.</summary>
public sealed class CollectorClientOptions
{
    /// <summary>Its address, such as <c>https://collector.example</c>.</summary>
    [Required]
    public Uri? Address { get; set; }

    /// <summary>The key, <c>ck_…</c>. To post responses none is needed.</summary>
    public string? Key { get; set; }

    /// <summary>How often something is tried again that may be, 0 to 10; default 3.</summary>
    [Range(0, 10)]
    public int Retries { get; set; } = 3;
}
