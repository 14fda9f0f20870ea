using System.Globalization;
using System.Text;

namespace Collector.Feedback;

/// <summary>An IPv6 address as the WHATWG URL standard reads and writes it: compressed, in lower case, without a zone.</summary>
internal readonly record struct IPv6Address(UInt128 Number)
{
    private const int Pieces = 8;

    /// <summary>Reads what stands between the brackets.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IPv6Address address)
    {
        address = default;
        var gap = text.IndexOf("::");
        var before = gap < 0 ? text : text[..gap];
        var after = gap < 0 ? [] : text[(gap + 2)..];
        // Only the end of an address can be dotted. A double colon stands for one piece at least.
        if ((gap >= 0 && before.Contains('.'))
            || !TryParsePieces(before, out var high, out var highCount)
            || !TryParsePieces(after, out var low, out var lowCount)
            || (gap < 0 ? highCount != Pieces : highCount + lowCount >= Pieces))
        {
            return false;
        }

        address = new IPv6Address((high << (16 * (Pieces - highCount))) | low);
        return true;
    }

    /// <summary>The text without brackets; the first of the longest runs of zeros becomes "::".</summary>
    public override string ToString()
    {
        var (start, length) = LongestZeros();
        var text = new StringBuilder();
        for (var i = 0; i < Pieces; i++)
        {
            if (length > 1 && i == start)
            {
                text.Append("::");
                i += length - 1;
                continue;
            }

            text.Append(i == 0 || text[^1] == ':' ? "" : ":").Append(CultureInfo.InvariantCulture, $"{Piece(i):x}");
        }

        return text.ToString();
    }

    private static bool TryParsePieces(ReadOnlySpan<char> text, out UInt128 number, out int count)
    {
        number = 0;
        count = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        foreach (var range in text.Split(':'))
        {
            var piece = text[range];
            if (range.End.Value == text.Length && TryParseDotted(piece, out var dotted))
            {
                number = (number << 32) | dotted;
                count += 2;
            }
            else if (piece.Length <= 4 && ushort.TryParse(piece, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                number = (number << 16) | value;
                count++;
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The dotted form at the end of an address: four plain decimal numbers, without the freedoms of <see cref="IPv4Address"/>.</summary>
    private static bool TryParseDotted(ReadOnlySpan<char> text, out uint number)
    {
        number = 0;
        var numbers = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (++numbers > 4 || part.Length is 0 or > 3 || (part.Length > 1 && part[0] == '0')
                || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                return false;
            }

            number = (number << 8) | value;
        }

        return numbers == 4;
    }

    private (int Start, int Length) LongestZeros()
    {
        var longest = (Start: 0, Length: 0);
        var run = 0;
        for (var i = 0; i < Pieces; i++)
        {
            run = Piece(i) == 0 ? run + 1 : 0;
            if (run > longest.Length)
            {
                longest = (i - run + 1, run);
            }
        }

        return longest;
    }

    private ushort Piece(int index) => (ushort)(Number >> (16 * (Pieces - 1 - index)));
}
