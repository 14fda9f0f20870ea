using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Collector.Dashboard.People;

/// <summary>One-time passwords by time, as authenticator apps make them: RFC 6238 with SHA-1, six digits, thirty seconds.</summary>
internal static class Totp
{
    private const int Digits = 1_000_000, StepSeconds = 30, KeyBytes = 20;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>A new key, in base32: 32 letters and digits.</summary>
    public static string NewKey() => RandomNumberGenerator.GetString(Base32, KeyBytes * 8 / 5);

    /// <summary>Whether this is such a key.</summary>
    public static bool IsKey(string? text) => text?.Length == KeyBytes * 8 / 5 && text.All(letter => Base32.Contains(letter, StringComparison.Ordinal));

    /// <summary>What an authenticator app reads from the QR code.</summary>
    public static string Address(string key, string email) =>
        $"otpauth://totp/Collector:{Uri.EscapeDataString(email)}?secret={key}&issuer=Collector";

    /// <summary>
    /// The time step that a code belongs to: the present one, or one beside it, since clocks differ. Null for a wrong code.
    /// </summary>
    public static long? StepOf(string? code, string key, DateTimeOffset now)
    {
        if (code is null || !int.TryParse(code.Replace(" ", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var given))
        {
            return null;
        }

        var present = now.ToUnixTimeSeconds() / StepSeconds;
        for (var step = present - 1; step <= present + 1; step++)
        {
            if (CodeOf(key, step) == given)
            {
                return step;
            }
        }

        return null;
    }

    /// <summary>The code of a time step.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238 as the apps know it; HMAC-SHA-1 is not broken.")]
    public static int CodeOf(string key, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(BytesOf(key), counter, hash);
        var offset = hash[^1] & 0xF;
        return (int)(BinaryPrimitives.ReadUInt32BigEndian(hash[offset..]) & 0x7FFF_FFFF) % Digits;
    }

    private static byte[] BytesOf(string key)
    {
        var bytes = new byte[key.Length * 5 / 8];
        var (bits, value, next) = (0, 0, 0);
        foreach (var letter in key)
        {
            value = ((value << 5) | Base32.IndexOf(letter, StringComparison.Ordinal)) & 0xFFF;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes[next++] = (byte)(value >> bits);
            }
        }

        return bytes;
    }
}
