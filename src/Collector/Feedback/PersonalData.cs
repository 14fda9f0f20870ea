using System.Text;
using System.Text.RegularExpressions;

namespace Collector.Feedback;

/// <summary>
/// Takes personal data out of free text before it is stored: e-mail addresses, phone numbers, IBANs, card numbers and Dutch citizen service
/// numbers make way for <c>[email]</c>, <c>[phone]</c>, <c>[iban]</c>, <c>[card]</c> and <c>[bsn]</c>.
/// </summary>
/// <remarks>
/// <para>
/// E-mail addresses go first, since they can hold the other four. Then the text is walked once, and at each place where a number can begin,
/// an IBAN is tried, then the longest number that passes a check: card, citizen service number, phone. So the time taken grows with the
/// text's length alone.
/// </para>
/// <para>
/// Known limits. Not found: names and addresses; what is spelled out ("jan at example dot nl"), glued to a letter, or written digit by digit ("0 6 1 2 …"); phone numbers without a
/// zero or a plus in front, but mobile ones with the code of a country near by and American ones in three groups; those of fewer than nine digits (eight behind a plus), or split over lines; digits other than
/// 0–9; numbers that other countries give their citizens. Found though it is something else: one in ten numbers of 16 digits passes as a card, one in eleven of nine digits as a citizen service number,
/// and an order number of nine to twelve digits that begins with a zero as a phone number. PRIVACY.md says how much of each kind is found.
/// </para>
/// </remarks>
public static class PersonalData
{
    private static readonly string[] Labels = ["bsn", "tel"];

    // Without backtracking: linear, whatever the text. Some write (at) and (dot), so that no machine finds it.
    private static readonly Regex Email = new(
        @"[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.!#$%&'*+/=?^`{|}~-]*(@| ?[(\[][aA][tT][)\]] ?)"
            + @"([\p{L}\p{N}][\p{L}\p{M}\p{N}-]*(\.| ?[(\[][dD][oO][tT][)\]] ?))+\p{L}[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}]",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture,
        Regex.InfiniteMatchTimeout);

    /// <summary>The text with placeholders for what was found; the same text where nothing was.</summary>
    public static string Scrub(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Contains('@', StringComparison.Ordinal) || text.Contains("at)", StringComparison.OrdinalIgnoreCase) || text.Contains("at]", StringComparison.OrdinalIgnoreCase))
        {
            text = Email.Replace(text, "[email]");
        }

        return text.AsSpan().ContainsAnyInRange('0', '9') ? WithoutNumbers(text) : text;
    }

    private static string WithoutNumbers(string text)
    {
        StringBuilder? scrubbed = null;
        var copied = 0;
        for (var i = 0; i < text.Length; i++)
        {
            // Right behind a number that was found, another may begin, whatever divides the two.
            var divided = scrubbed is not null && i <= copied + 1;
            if (Find(text, i, divided) is not { } found)
            {
                continue;
            }

            (scrubbed ??= new StringBuilder()).Append(text, copied, i - copied).Append(found.Placeholder);
            copied = i + found.Length;
            i = copied - 1;
        }

        return scrubbed?.Append(text, copied, text.Length - copied).ToString() ?? text;
    }

    private static (string Placeholder, int Length)? Find(string text, int start, bool divided)
    {
        var before = text.AsSpan(0, start);
        var rest = text.AsSpan(start);
        if (before is [.., var previous] && (char.IsLetterOrDigit(previous) || previous == '_') && !(char.IsAsciiDigit(rest[0]) && IsLabel(before)))
        {
            return null;
        }

        if (char.IsAsciiLetter(rest[0]))
        {
            return Iban.LengthIn(rest) is > 0 and var length ? ("[iban]", length) : null;
        }

        if (!(char.IsAsciiDigit(rest[0]) || rest[0] is '+' or '(') || (!divided && IsMiddleOfNumber(before)) || IsAmount(before) || IsCompany(before, rest))
        {
            return null;
        }

        return WrittenNumber.Read(rest).Recognise();
    }

    /// <summary>Behind "12:", "1.", "2026-" and "18/" a number goes on: a time, an amount, a date.</summary>
    private static bool IsMiddleOfNumber(ReadOnlySpan<char> before) => before switch
    {
        [.., >= '0' and <= '9', '-' or '.' or ':' or ','] => true,
        [>= '0' and <= '9', '/'] => true,
        [.., var first, >= '0' and <= '9', '/'] => !char.IsAsciiDigit(first) || before is not [.., >= '0' and <= '9', _, _, '/'],
        _ => false,
    };

    private static bool IsAmount(ReadOnlySpan<char> before) => before.TrimEnd(" \u00a0") is [.., '€' or '$' or '£'];

    /// <summary>BE 0123.456.789 and CHE-012.345.678, which would be phone numbers without the country before them.</summary>
    private static bool IsCompany(ReadOnlySpan<char> before, ReadOnlySpan<char> rest) =>
        (before is [.., 'B', 'E', ' '] && rest is [_, _, _, _, '.', _, _, _, '.', ..])
        || (before is [.., 'C', 'H', 'E', '-'] && rest is [_, _, _, '.', _, _, _, '.', ..]);

    /// <summary>A word that a number is glued to: "BSN123456782".</summary>
    private static bool IsLabel(ReadOnlySpan<char> before)
    {
        foreach (var label in Labels)
        {
            if (before.EndsWith(label, StringComparison.OrdinalIgnoreCase) && (before.Length == label.Length || !char.IsLetterOrDigit(before[^(label.Length + 1)])))
            {
                return true;
            }
        }

        return false;
    }
}
