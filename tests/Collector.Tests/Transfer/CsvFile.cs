using System.Text;

namespace Collector.Tests.Transfer;

/// <summary>A CSV file, read by RFC 4180 and by nothing of the collector's.</summary>
internal sealed record CsvFile(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyDictionary<string, string>> Rows)
{
    public static CsvFile Read(string text, char separator = ',')
    {
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        var rows = new List<List<string>> { new() };
        var (cell, isQuoted) = (new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            if (isQuoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append(text[i++]);
            }
            else if (text[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && text[i] == separator)
            {
                End();
            }
            else if (!isQuoted && text[i] == '\r' && text[i + 1] == '\n')
            {
                End();
                rows.Add([]);
                i++;
            }
            else
            {
                cell.Append(text[i]);
            }
        }

        rows.RemoveAt(rows.Count - 1);
        var header = rows[0];
        Assert.All(rows, row => Assert.Equal(header.Count, row.Count));
        return new CsvFile(header, [.. rows.Skip(1).Select(row => header.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second))]);

        void End()
        {
            rows[^1].Add(cell.ToString());
            cell.Clear();
        }
    }
}
