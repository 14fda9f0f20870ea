using System.Security.Cryptography;

namespace Collector.Dashboard.People;

/// <summary>Codes that each stand in for the second factor once, for when the phone is gone: 120 random bits, of which only the hash is stored.</summary>
internal static class RecoveryCodes
{
    private const int Number = 8, Letters = 24, Group = 4;
    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>New ones, to be shown this once.</summary>
    public static IReadOnlyList<string> New() =>
        [.. Enumerable.Range(0, Number).Select(_ => string.Join('-', RandomNumberGenerator.GetString(Base32, Letters).Chunk(Group).Select(part => new string(part))))];

    /// <summary>As they are stored.</summary>
    public static string Stored(IEnumerable<string> codes) => string.Join(' ', codes.Select(HashOf));

    /// <summary>What is stored once a code has been used; null where it is none of them.</summary>
    public static string? Without(string? code, string stored)
    {
        var (hashes, used) = (stored.Split(' '), HashOf(code ?? ""));
        return hashes.Contains(used, StringComparer.Ordinal) ? string.Join(' ', hashes.Where(hash => hash != used)) : null;
    }

    /// <summary>How many are left.</summary>
    public static int CountIn(string stored) => stored.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    // However it is typed.
    private static string HashOf(string code) => new Secret(string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant()).Hash;
}
