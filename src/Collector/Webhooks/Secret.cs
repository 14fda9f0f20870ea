using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Collector.Webhooks;

/// <summary>
/// What a webhook's messages are signed with, as Standard Webhooks (standardwebhooks.com) says: <c>whsec_</c> and 256 random bits. It is stored as it is, since it signs: a hash could not.
/// </summary>
internal static class Secret
{
    /// <summary>So long after a change the old one signs beside the new, in hours.</summary>
    public const int OverlapHours = 24;

    private const string Prefix = "whsec_";

    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>The value of the header <c>webhook-signature</c>: one signature for each secret that is in force.</summary>
    public static string Sign(IEnumerable<string> secrets, string id, long seconds, string body)
    {
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{seconds}.{body}"));
        return string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), signed))));
    }
}
