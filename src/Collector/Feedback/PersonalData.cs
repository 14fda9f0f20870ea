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
/// zero or a plus in front, of fewer than nine digits (eight behind a plus), or split over lines; digits other than 0–9. Found though it is
/// something else: one in ten long numbers of 13 to 19 digits passes as a card, one in eleven of nine digits as a citizen service number,
/// and an order number of nine to twelve digits that begins with a zero as a phone number.
/// </para>
/// </remarks>
public static class PersonalData
{
    // Without backtracking: linear, whatever the text.
    private static readonly Regex Email = new(
        @"[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.!#$%&'*+/=?^`{|}~-]*@([\p{L}\p{N}][\p{L}\p{M}\p{N}-]*\.)+\p{L}[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}]",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture,
        Regex.InfiniteMatchTimeout);

    /// <summary>The text with placeholders for what was found; the same text where nothing was.</summary>
    public static string Scrub(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Contains('@', StringComparison.Ordinal))
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
        if (before is [.., var previous] && (char.IsLetterOrDigit(previous) || previous == '_'))
        {
            return null;
        }

        var rest = text.AsSpan(start);
        if (char.IsAsciiLetter(rest[0]))
        {
            return Iban.LengthIn(rest) is > 0 and var length ? ("[iban]", length) : null;
        }

        if (!(char.IsAsciiDigit(rest[0]) || rest[0] is '+' or '(') || (!divided && IsMiddleOfNumber(before)) || IsAmount(before))
        {
            return null;
        }

        return WrittenNumber.Read(rest).Recognise();
    }

    /// <summary>Behind "12:", "1." and "2026-" a number goes on: a time, an amount, a date.</summary>
    private static bool IsMiddleOfNumber(ReadOnlySpan<char> before) =>
        before is [.., var digit, '-' or '.' or ':' or ','] && char.IsAsciiDigit(digit);

    private static bool IsAmount(ReadOnlySpan<char> before) => before.TrimEnd(" \u00a0") is [.., '€' or '$' or '£'];
}
