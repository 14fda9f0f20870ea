namespace Collector.Feedback;

/// <summary>A number as people write it: groups of digits with spaces, dashes, dots, slashes or brackets between, at most 19 digits in 8 groups.</summary>
internal sealed class WrittenNumber
{
    private const int MaximumDigits = 19;
    private const int MinimumDigits = 8;
    private const int MaximumGroups = 8;

    private readonly List<Group> groups = [];
    private string digits = "";
    private bool hasPlus;
    private bool hasBracket;

    private WrittenNumber()
    {
    }

    /// <summary>Reads the number that the text begins with; it may begin with "+", "(" or both.</summary>
    public static WrittenNumber Read(ReadOnlySpan<char> text)
    {
        var number = new WrittenNumber { hasBracket = text.StartsWith('(') };
        var at = number.hasBracket ? 1 : 0;
        number.hasPlus = text[at..].StartsWith('+');
        at += number.hasPlus ? 1 : 0;

        Span<char> read = stackalloc char[MaximumDigits];
        var count = 0;
        var separator = '\0';
        while (number.groups.Count < MaximumGroups)
        {
            var size = CountDigits(text[at..]);
            // A digit by itself ("2 3 4", "0.5") begins none of the numbers, except in "+1 555 …", "1-555-…" and "(0)20 …".
            var isSingle = count == 0 && size == 1 && text[at] != '1' && !number.hasPlus && !number.hasBracket;
            if (size == 0 || isSingle || count + size > MaximumDigits)
            {
                break;
            }

            // The bracket of "(06-12345678)" is not the number's own, as that of "(06) 12345678" is.
            if (count == 0 && number.hasBracket && !text[(at + size)..].StartsWith(')'))
            {
                break;
            }

            text.Slice(at, size).CopyTo(read[count..]);
            at += size;
            count += size;
            number.Add(at, size, separator, CanEnd(text[at..], size));

            var width = Separator(text[at..], out separator);
            if (width == 0)
            {
                break;
            }

            at += width;
        }

        number.digits = read[..count].ToString();
        return number;
    }

    /// <summary>The longest part, from the start to the end of a group, that is a personal number; null if there is none.</summary>
    public (string Placeholder, int Length)? Recognise()
    {
        for (var last = groups.Count - 1; last >= 0; last--)
        {
            var count = groups[last].Count;
            if (count < MinimumDigits || !groups[last].CanEnd)
            {
                continue;
            }

            var placeholder = IsCard(last) ? "[card]" : IsCitizenServiceNumber(last) ? "[bsn]" : IsPhone(last) ? "[phone]" : null;
            if (placeholder is not null)
            {
                return (placeholder, groups[last].End);
            }
        }

        return null;
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var count = text.IndexOfAnyExceptInRange('0', '9');
        return count < 0 ? text.Length : count;
    }

    /// <summary>Up to three characters between groups. What counts is the one that is no space or bracket, if there is one.</summary>
    private static int Separator(ReadOnlySpan<char> text, out char separator)
    {
        separator = ' ';
        var width = 0;
        while (width < 3 && width < text.Length && text[width] is ' ' or '\u00a0' or '\u202f' or '-' or '\u2011' or '\u2013' or '.' or '/' or '(' or ')')
        {
            separator = text[width] switch
            {
                '-' or '\u2011' or '\u2013' => '-',
                '.' or '/' => text[width],
                _ => separator,
            };
            width++;
        }

        return width;
    }

    /// <summary>No number ends before a letter, and a short group with ":30", "-11" or ",50" behind it belongs to a time, a date, an amount.</summary>
    private static bool CanEnd(ReadOnlySpan<char> rest, int size) => rest switch
    {
        [] => true,
        ['-' or '.' or ':' or ',', >= '0' and <= '9', ..] => size > 4,
        [var next, ..] => !char.IsLetter(next) && next != '_',
    };

    private void Add(int end, int size, char separator, bool canEnd)
    {
        var before = groups.Count == 0 ? new Group(0, 0, 0, separator, false, size, size, 0) : groups[^1];
        groups.Add(new Group(
            end, before.Count + size, size, separator, canEnd,
            Math.Min(before.Smallest, size), Math.Max(before.Largest, size),
            separator == before.Separator ? before.UniformFrom : groups.Count));
    }

    private bool IsCard(int last)
    {
        var count = groups[last].Count;
        if (hasPlus || !IsOfABrand(count) || (last > 0 && groups[last - 1].Smallest < 3) || groups[last].UniformFrom > 1
            || groups[last].Separator is not ('\0' or ' ' or '-' or '.'))
        {
            return false;
        }

        // Luhn: every second digit from the right is doubled, and the digits' sum ends in zero.
        var sum = 0;
        for (var i = 0; i < count; i++)
        {
            var digit = digits[count - 1 - i] - '0';
            sum += i % 2 == 0 ? digit : (digit * 2 / 10) + (digit * 2 % 10);
        }

        return sum % 10 == 0;
    }

    /// <summary>Most cards have 16 digits. The other lengths are those of few brands, and of many things that are no cards: books, goods, companies.</summary>
    private bool IsOfABrand(int count) => count switch
    {
        13 => digits[0] == '4',
        14 => digits[0] == '3' && digits[1] is '0' or '6' or '8' or '9',
        15 => digits[0] == '3' && digits[1] is '4' or '7',
        16 => digits[0] != '0',
        17 or 18 or 19 => digits[0] is '3' or '4' or '5' or '6',
        _ => false,
    };

    private bool IsCitizenServiceNumber(int last)
    {
        if (groups[last].Count != 9 || last > 3 || hasPlus || groups[last].UniformFrom > 1 || groups[last].Smallest < 2 || (last > 0 && groups[last].Largest > 4))
        {
            return false;
        }

        // The 11-proof: weights 9 to 2, and −1 for the last digit.
        var sum = -(digits[8] - '0');
        for (var i = 0; i < 8; i++)
        {
            sum += (9 - i) * (digits[i] - '0');
        }

        return sum > 0 && sum % 11 == 0;
    }

    private bool IsPhone(int last)
    {
        // A group of seven digits or more is the end of a phone number; what follows is something else.
        if (last > 0 && groups[last - 1].Largest >= 7)
        {
            return false;
        }

        var count = groups[last].Count;
        if (hasPlus)
        {
            return digits[0] != '0' && count <= 15;
        }

        if (digits[0] != '0')
        {
            return IsAmericanPhone(last) || (IsMobileWithoutPlus(count) && !IsDateOrTimes(last));
        }

        var hasLength = digits[1] == '0' ? digits[2] != '0' && count is >= 10 and <= 17 : count is >= 9 and <= 12;
        return hasLength && !IsDateOrTimes(last);
    }

    /// <summary>(555) 210-9999, 555-210-9999, 1 555 210 9999: three groups, of which the first two begin with no zero or one.</summary>
    private bool IsAmericanPhone(int last)
    {
        var first = last - 2;
        return (first == 0 || (first == 1 && groups[0].Size == 1)) && groups[first].Size == 3 && groups[first + 1].Size == 3 && groups[last].Size == 4
            && digits[groups[last].Count - 10] >= '2' && digits[groups[last].Count - 7] >= '2';
    }

    /// <summary>31612345678: a country's code and a mobile number, as some forms ask for it.</summary>
    private bool IsMobileWithoutPlus(int count) => digits.AsSpan() switch
    {
        ['3', '1', '6', ..] or ['3', '2', '4', ..] or ['3', '3', '6' or '7', ..] or ['4', '1', '7', ..] => count == 11,
        ['4', '4', '7', ..] or ['3', '5', '3', '8', ..] => count == 12,
        ['4', '9', '1', '5' or '6' or '7', ..] or ['4', '3', '6', ..] => count is 12 or 13,
        _ => false,
    };

    /// <summary>22-11-2026 or 11 2026 with something behind it, or pairs with changing separators (22.11.26 10.30), except behind the first (06-12 34 56 78).</summary>
    private bool IsDateOrTimes(int last) =>
        (last > 2 && groups[0].Size == 2 && groups[1].Size <= 2 && IsYear(2))
        || (last > 1 && groups[0].Size == 2 && groups[2].Size <= 2 && IsYear(1))
        || (groups[last].Largest <= 2 && groups[last].UniformFrom > 2);

    private bool IsYear(int group) => groups[group].Size == 4 && digits.AsSpan(groups[group].Count - 4, 2) is "19" or "20";

    /// <summary>
    /// A group of digits: where it ends in the text, the count of digits up to there, its own size, what stands before it, and whether a
    /// number can end with it. Of all groups up to it: the smallest and largest size, and from which on the separators have been the same.
    /// </summary>
    private readonly record struct Group(int End, int Count, int Size, char Separator, bool CanEnd, int Smallest, int Largest, int UniformFrom);
}
