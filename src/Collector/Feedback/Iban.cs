namespace Collector.Feedback;

/// <summary>International bank account numbers (ISO 13616), checked by country, length and the remainder of 97.</summary>
internal static class Iban
{
    private const int Longest = 34;

    /// <summary>The length, in the text, of the IBAN that the text begins with, with the spaces, dots or dashes between; 0 if there is none.</summary>
    public static int LengthIn(ReadOnlySpan<char> text)
    {
        if (text.Length < 15 || !char.IsAsciiLetter(text[1]))
        {
            return 0;
        }

        Span<char> country = [char.ToUpperInvariant(text[0]), char.ToUpperInvariant(text[1])];
        var length = LengthOf(country);
        Span<char> characters = stackalloc char[Longest];
        var count = 0;
        var i = 0;
        for (; i < text.Length && count < length; i++)
        {
            if (char.IsAsciiLetterOrDigit(text[i]))
            {
                characters[count++] = text[i];
            }
            else if (text[i] is not (' ' or '\u00a0' or '\u202f' or '.' or '-') || !char.IsAsciiLetterOrDigit(text[text[i - 1] == ' ' ? i - 2 : i - 1]))
            {
                return 0;
            }
        }

        var isWhole = i == text.Length || !char.IsLetterOrDigit(text[i]);
        return length > 0 && count == length && isWhole && HasRemainderOne(characters[..count]) ? i : 0;
    }

    /// <summary>Country and check digits go to the end, letters count from A = 10, and the whole leaves one when divided by 97.</summary>
    private static bool HasRemainderOne(ReadOnlySpan<char> iban)
    {
        var remainder = 0;
        for (var i = 0; i < iban.Length; i++)
        {
            var c = iban[(i + 4) % iban.Length];
            remainder = char.IsAsciiDigit(c)
                ? ((remainder * 10) + c - '0') % 97
                : ((remainder * 100) + (c | 0x20) - 'a' + 10) % 97;
        }

        return remainder == 1 && char.IsAsciiDigit(iban[2]) && char.IsAsciiDigit(iban[3]);
    }

    private static int LengthOf(ReadOnlySpan<char> country) => country switch
    {
        "NO" => 15,
        "BE" => 16,
        "DK" or "FI" or "FK" or "FO" or "GL" or "NL" or "SD" => 18,
        "MK" or "SI" => 19,
        "AT" or "BA" or "EE" or "KZ" or "LT" or "LU" or "MN" or "XK" => 20,
        "CH" or "HR" or "LI" or "LV" => 21,
        "BG" or "BH" or "CR" or "DE" or "GB" or "GE" or "IE" or "ME" or "RS" or "VA" => 22,
        "AE" or "GI" or "IL" or "IQ" or "OM" or "SO" or "TL" => 23,
        "AD" or "CZ" or "ES" or "MD" or "PK" or "RO" or "SA" or "SE" or "SK" or "TN" or "VG" => 24,
        "LY" or "PT" or "ST" => 25,
        "IS" or "TR" => 26,
        "BI" or "DJ" or "FR" or "GR" or "IT" or "MC" or "MR" or "SM" => 27,
        "AL" or "AZ" or "BY" or "CY" or "DO" or "GT" or "HU" or "LB" or "NI" or "PL" or "SV" => 28,
        "BR" or "EG" or "PS" or "QA" or "UA" => 29,
        "JO" or "KW" or "MU" or "YE" => 30,
        "MT" or "SC" => 31,
        "LC" => 32,
        "RU" => 33,
        _ => 0,
    };
}
