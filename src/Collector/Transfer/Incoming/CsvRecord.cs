using System.Text;

namespace Collector.Transfer.Incoming;

/// <summary>A row of CSV (RFC 4180), cut into its cells.</summary>
internal static class CsvRecord
{
    /// <summary>The cells, without their quotation marks; and without the apostrophe that an export puts before what a spreadsheet would take for a formula.</summary>
    public static List<string> Cells(string record, char separator)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < record.Length; i++)
        {
            var character = record[i];
            if (isQuoted && character == '"' && i + 1 < record.Length && record[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (character == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (character == separator && !isQuoted)
            {
                End();
            }
            else
            {
                cell.Append(character);
            }
        }

        End();
        return cells;

        void End()
        {
            var text = cell.ToString();
            cells.Add(text.Length > 1 && text[0] == '\'' && CsvWriter.IsFormula(text[1..]) ? text[1..] : text);
            cell.Clear();
        }
    }

    /// <summary>What stands between the cells of a header: whichever of these it has most of.</summary>
    public static char SeparatorOf(string header) => ((char[])[',', ';', '\t']).MaxBy(separator => Cells(header, separator).Count);
}
