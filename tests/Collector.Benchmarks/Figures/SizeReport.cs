using System.Globalization;
using System.Text;

namespace Collector.Benchmarks.Figures;

/// <summary>What tables and their indexes take on the disk.</summary>
internal sealed record TableBytes(long Responses, long Cells, long Totals)
{
    /// <summary>How many cells and score cells there are.</summary>
    public long CellCount { get; init; }
}

/// <summary>The medians at one size.</summary>
internal sealed record SizeReport(string Database, int Responses, TableBytes Bytes, IReadOnlyDictionary<Figure, double> Medians)
{
    public static string ToMarkdown(IReadOnlyList<SizeReport> sizes)
    {
        var table = new StringBuilder();
        table.AppendLine(CultureInfo.InvariantCulture, $"{sizes[0].Database}: medians in ms, asked over HTTP one after the other; {Environment.ProcessorCount} cores.");
        table.AppendLine();
        table.AppendLine(CultureInfo.InvariantCulture, $"| |{string.Concat(sizes.Select(size => string.Create(CultureInfo.InvariantCulture, $" {size.Responses:N0} responses |")))}{(sizes.Count > 1 ? " growth |" : "")}");
        table.AppendLine(CultureInfo.InvariantCulture, $"|---|{string.Concat(sizes.Select(_ => "--:|"))}{(sizes.Count > 1 ? "--:|" : "")}");
        foreach (var figure in sizes[0].Medians.Keys)
        {
            var medians = sizes.Select(size => size.Medians.Single(entry => entry.Key.Title == figure.Title).Value).ToList();
            table.AppendLine(CultureInfo.InvariantCulture,
                $"| {figure.Title} |{string.Concat(medians.Select(median => string.Create(CultureInfo.InvariantCulture, $" {median:N2} |")))}{(sizes.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" {medians[^1] / medians[0]:N2} |") : "")}");
        }

        foreach (var (database, responses, bytes, _) in sizes)
        {
            table.AppendLine();
            table.AppendLine(CultureInfo.InvariantCulture,
                $"{database}, {responses:N0} responses: {bytes.Responses / 1e6:N0} MB with their indexes, {(double)bytes.Responses / responses:N0} bytes a response; {bytes.CellCount:N0} cells {bytes.Cells / 1e6:N0} MB ({100.0 * bytes.Cells / bytes.Responses:N1} %), {(double)bytes.Cells / bytes.CellCount:N0} bytes a cell; totals {bytes.Totals / 1e6:N0} MB ({100.0 * bytes.Totals / bytes.Responses:N1} %).");
        }

        return table.ToString();
    }
}
