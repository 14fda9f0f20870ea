using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Collector.Dashboard.People;

/// <summary>What a cookie or a link holds: 256 random bits, of which only the hash is stored.</summary>
/// <param name="Text">What is handed out.</param>
internal sealed record Secret(string Text)
{
    private const int Bytes = 32;

    /// <summary>What is stored: SHA-256, in hexadecimal. It finds the row, so nothing is compared that timing could tell of.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>A new one.</summary>
    public static Secret New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>Kept out of logs.</summary>
    public override string ToString() => "…";
}
