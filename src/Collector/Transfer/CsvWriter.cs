using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Collector.Transfer;

/// <summary>
/// Writes a file of comma-separated values (RFC 4180), in UTF-8: dates as ISO 8601 has them, decimals with a point, whatever the reader's country. A text that a spreadsheet would take for a formula gets an
/// apostrophe in front, as OWASP advises against CSV injection; a plain number stays one. So does a part of a text that would be a cell of its own where the spreadsheet expects another separator, as it does
/// in half of Europe.
/// </summary>
internal sealed partial class CsvWriter(IBufferWriter<byte> output, char separator = ',')
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\"\r\n\t");

    // The wide forms, too: some spreadsheets in East Asia read them as the narrow ones.
    private static readonly SearchValues<char> BeginsFormula = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    private static readonly SearchValues<char> Separators = SearchValues.Create(",;\t\r\n");

    private bool isInRow;

    /// <summary>Says that the file is in UTF-8, to programs that would take it for something else.</summary>
    public void WriteByteOrderMark() => output.Write(Encoding.UTF8.Preamble);

    /// <summary>A text; nothing where there is none.</summary>
    public void Write(string? text)
    {
        BeginCell();
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        text = WithoutFormulas(text);
        WriteRaw(text.AsSpan().ContainsAny(Quoted) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text);
    }

    /// <summary>A whole number.</summary>
    public void Write(long? number)
    {
        BeginCell();
        if (number is { } some)
        {
            WriteRaw(some.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Any number, as JSON has it: read again, it is the same.</summary>
    public void Write(double? number)
    {
        BeginCell();
        if (number is { } some)
        {
            WriteRaw(some.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>A day, as 2026-11-22.</summary>
    public void Write(DateOnly day)
    {
        BeginCell();
        WriteRaw(day.ToString("O", CultureInfo.InvariantCulture));
    }

    /// <summary>A moment, in UTC, as 2026-11-22T09:30:00.000Z.</summary>
    public void Write(DateTimeOffset? moment)
    {
        BeginCell();
        if (moment is { } some)
        {
            WriteRaw(some.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Ends a row.</summary>
    public void EndRow()
    {
        WriteRaw("\r\n");
        isInRow = false;
    }

    /// <summary>Whether a spreadsheet would work it out.</summary>
    internal static bool IsFormula(string text) => BeginsFormula.Contains(text[0]) && !Number().IsMatch(text);

    private static string WithoutFormulas(string text)
    {
        text = IsFormula(text) ? $"'{text}" : text;
        if (!text.AsSpan().ContainsAny(Separators))
        {
            return text;
        }

        var (inert, begins) = (new StringBuilder(text.Length + 8), false);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (begins && BeginsFormula.Contains(letter) && !Separators.Contains(letter) && !Number().IsMatch(text.AsSpan(i, LengthOfPart(text, i))))
            {
                inert.Append('\'');
            }

            inert.Append(letter);
            begins = Separators.Contains(letter) || (begins && letter == '"'); // A quote may open the cell.
        }

        return inert.ToString();
    }

    private static int LengthOfPart(string text, int start) => text.AsSpan(start).IndexOfAny(Separators) is >= 0 and var length ? length : text.Length - start;

    [GeneratedRegex(@"\A[+-]?[0-9]{1,15}([.,][0-9]{1,15})?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Number();

    private void BeginCell()
    {
        if (isInRow)
        {
            WriteRaw([separator]);
        }

        isInRow = true;
    }

    private void WriteRaw(ReadOnlySpan<char> text) => Encoding.UTF8.GetBytes(text, output);
}
