using System.Globalization;

namespace Collector.Feedback;

/// <summary>An IPv4 address as the WHATWG URL standard reads it: one to four numbers, each decimal, octal (0…) or hexadecimal (0x…).</summary>
internal readonly record struct IPv4Address(uint Number)
{
    /// <summary>Whether a host is meant as an address: the last of its labels is a number. Then it is an address or nothing, never a name.</summary>
    public static bool IsMeantBy(ReadOnlySpan<char> host)
    {
        host = WithoutDotAtEnd(host);
        var last = host[(host.LastIndexOf('.') + 1)..];
        // 09 is no octal number, but it is meant as a number.
        return TryParseNumber(last, out _) || (!last.IsEmpty && !last.ContainsAnyExceptInRange('0', '9'));
    }

    public static bool TryParse(ReadOnlySpan<char> host, out IPv4Address address)
    {
        address = default;
        host = WithoutDotAtEnd(host);
        ulong bytes = 0;
        var bits = 32;
        for (var dot = host.IndexOf('.'); dot >= 0; dot = host.IndexOf('.'))
        {
            if (bits == 8 || !TryParseNumber(host[..dot], out var number) || number > byte.MaxValue)
            {
                return false;
            }

            bytes = (bytes << 8) | number;
            bits -= 8;
            host = host[(dot + 1)..];
        }

        // The last number fills all the bytes that are left: 127.1 is 127.0.0.1.
        if (!TryParseNumber(host, out var last) || last >> bits != 0)
        {
            return false;
        }

        address = new IPv4Address((uint)((bytes << bits) | last));
        return true;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Number >> 24}.{(Number >> 16) & 255}.{(Number >> 8) & 255}.{Number & 255}");

    private static ReadOnlySpan<char> WithoutDotAtEnd(ReadOnlySpan<char> host) => host.EndsWith('.') ? host[..^1] : host;

    private static bool TryParseNumber(ReadOnlySpan<char> text, out ulong number)
    {
        number = 0;
        if (text.IsEmpty)
        {
            return false;
        }

        var radix = 10;
        if (text.Length > 1 && text[0] == '0')
        {
            radix = text[1] is 'x' or 'X' ? 16 : 8;
            text = text[(radix == 16 ? 2 : 1)..];
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }

            var digit = char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
            if (digit >= radix)
            {
                return false;
            }

            // Beyond 32 bits it is too large, however many digits follow; held there, it cannot overflow.
            number = Math.Min((number * (uint)radix) + (uint)digit, 1UL << 32);
        }

        return true;
    }
}
