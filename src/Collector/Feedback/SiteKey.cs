using System.Security.Cryptography;

namespace Collector.Feedback;

/// <summary>The public key of a site, as it stands in the script tag: <c>st_</c> and 16 to 40 letters and digits.</summary>
public readonly record struct SiteKey
{
    private const string Prefix = "st_";
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private SiteKey(string value) => Value = value;

    /// <summary>The key as text.</summary>
    public string Value { get; }

    /// <summary>A new key; 22 random letters and digits hold 130 bits.</summary>
    public static SiteKey New() => new(Prefix + RandomNumberGenerator.GetString(Alphabet, 22));

    /// <summary>Reads a key that was checked before.</summary>
    /// <exception cref="FormatException">It is no key.</exception>
    public static SiteKey Parse(string text) => TryParse(text, out var key) ? key : throw new FormatException("Not a site key.");

    /// <summary>Reads a key; false when the text cannot be one.</summary>
    public static bool TryParse(string? text, out SiteKey key)
    {
        key = default;
        if (text is null || text.Length is < 19 or > 43 || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var letter in text.AsSpan(Prefix.Length))
        {
            if (!char.IsAsciiLetterOrDigit(letter))
            {
                return false;
            }
        }

        key = new SiteKey(text);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
