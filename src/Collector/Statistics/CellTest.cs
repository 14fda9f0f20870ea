using System.Runtime.InteropServices;

namespace Collector.Statistics;

/// <summary>How many answered in one cell of a selection, and how many of them found it difficult.</summary>
/// <param name="Answers">How many answered; at least zero.</param>
/// <param name="Difficult">How many of them found it difficult.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CellCount(long Answers, long Difficult);

/// <summary>One cell against the rest of its selection, by formula <c>patterns-1</c>.</summary>
public sealed record CellTest
{
    /// <summary>How many answered.</summary>
    public required long Answers { get; init; }

    /// <summary>How many of them found it difficult.</summary>
    public required long Difficult { get; init; }

    /// <summary>The share that found it difficult, 0 to 1. Null for a cell without answers.</summary>
    public required double? Share { get; init; }

    /// <summary>The share that found it difficult in the rest of the selection, 0 to 1. Null where the cell is the whole selection.</summary>
    public required double? Rest { get; init; }

    /// <summary>Share divided by rest: how many times as often. Null where either is missing, and where nobody of the rest found it difficult.</summary>
    public required double? Lift { get; init; }

    /// <summary>
    /// The adjusted standardised residual (Haberman 1973), in standard deviations: above 0 where more found it difficult than in the rest. 0 where
    /// there is nothing to compare.
    /// </summary>
    public required double Residual { get; init; }

    /// <summary>The two-sided p: Fisher's exact test where an expected count is below 5, Pearson's χ² without Yates' correction otherwise.</summary>
    public required double P { get; init; }

    /// <summary>P, corrected for the number of cells that were tested with this one (Benjamini and Hochberg 1995).</summary>
    public required double Q { get; init; }

    /// <summary>Tests each of a selection's cells against the rest of it, in the order given; they may overlap. Test together what is looked at together.</summary>
    /// <param name="all">The whole selection.</param>
    /// <param name="cells">Its cells, each a part of it.</param>
    public static IReadOnlyList<CellTest> Of(CellCount all, IReadOnlyList<CellCount> cells)
    {
        var tables = cells.Select(cell => TableOf(all, cell)).ToList();
        var p = tables.Select(table => table.P()).ToArray();
        var q = FalseDiscovery.Adjust(p);
        return [.. tables.Select((table, i) => Of(table, p[i], q[i]))];
    }

    private static FourfoldTable TableOf(CellCount all, CellCount cell) =>
        new(cell.Difficult, cell.Answers, all.Difficult - cell.Difficult, all.Answers - cell.Answers);

    private static CellTest Of(FourfoldTable table, double p, double q)
    {
        double? share = table.Of == 0 ? null : (double)table.Count / table.Of;
        double? rest = table.Other == 0 ? null : (double)table.OtherCount / table.Other;
        return new CellTest
        {
            Answers = table.Of,
            Difficult = table.Count,
            Share = share,
            Rest = rest,
            Lift = rest > 0 ? share / rest : null,
            Residual = table.Residual(),
            P = p,
            Q = q,
        };
    }
}
