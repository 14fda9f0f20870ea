using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Collector.Sites;

/// <summary>A secret key of a site: <c>ck_</c>, the site's id, <c>_</c>, and 43 random letters and digits (256 bits).</summary>
/// <remarks>It carries the site's id so that its look-up stays within one site. Only its hash is stored.</remarks>
public sealed record ApiKey
{
    private const string Prefix = "ck_";
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const int SecretLength = 43, LongestKey = 128;

    private ApiKey(string site, string text) => (Site, Text) = (site, text);

    /// <summary>The site's id.</summary>
    public string Site { get; }

    /// <summary>The whole key.</summary>
    public string Text { get; }

    /// <summary>What is stored of it: SHA-256, in hexadecimal. Slow hashing is for guessable secrets; this one is not.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>A new key for a site.</summary>
    public static ApiKey New(string site) => new(site, $"{Prefix}{site}_{RandomNumberGenerator.GetString(Alphabet, SecretLength)}");

    /// <summary>Reads a key; false when the text cannot be one.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ApiKey? key)
    {
        var end = text.LastIndexOf('_');
        var possible = text.Length <= LongestKey && text.StartsWith(Prefix, StringComparison.Ordinal) && end > Prefix.Length;
        key = possible ? new ApiKey(text[Prefix.Length..end], text) : null;
        return possible;
    }

    /// <summary>Kept out of logs.</summary>
    public override string ToString() => $"{Prefix}{Site}_…";
}
