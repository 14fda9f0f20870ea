using System.Data.Common;
using Collector.Feedback;
using Collector.Storage;

namespace Collector.Ingest;

/// <summary>
/// Carries what changes in the cells on to their totals: where a day is settled, to those of its touchpoints, of the day and of the spans that it lies in; where it is not, to
/// those of the whole site alone, which are few. The first change of a new day settles the days before it: that makes the totals of the days and spans which are over.
/// </summary>
internal static class Totals
{
    private static readonly string[] Efforts = ["shown", "dismissed", "answered", "completed", .. CellChanges.Columns("effort"), "told", "worked"];

    private static readonly CellStatements ByTouchpoint = new(
        "totals", ["site", "period", "touchpoint", "scale"], [.. Efforts, "efforts", "effort_sum", "effort_squares", "suspect"], of: SummedCells.Table);

    private static readonly CellStatements ByIntent = new(
        "intent_totals", ["site", "period", "touchpoint", "scale", "intent"], [.. Efforts, "suspect"], of: SummedCells.Table);

    private static readonly CellStatements OfScores = new(
        "score_totals", ["site", "period", "touchpoint", "question"], [.. CellChanges.Columns("score"), "answers"], of: "score_cells");

    private static readonly Statement<(string Site, int Period)> Alter = new(
        """
        insert into altered_periods (site, period, changes) values (@Site, @Period, 1)
        on conflict (site, period) do update set changes = altered_periods.changes + 1
        """,
        new("Site", row => row.Site), new("Period", Number: row => row.Period));

    /// <summary>Writes what these changes of cells and score cells change in their totals.</summary>
    /// <param name="ledgers">The ledgers of all their sites, raised by this transaction.</param>
    public static async Task WriteAsync(
        DbTransaction transaction, Dictionary<string, Ledger> ledgers, IReadOnlyList<CellChange> cells, IReadOnlyList<CellChange> scoreCells, CancellationToken cancellation)
    {
        var settled = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var site in cells.Concat(scoreCells).GroupBy(change => change.Cell.Site, StringComparer.Ordinal))
        {
            settled[site.Key] = await SettleAsync(transaction, site.Key, ledgers[site.Key], (int)site.Max(change => change.Cell.Period), cancellation);
        }

        var (byTouchpoint, byIntent, ofScores) = (new CellTable(ByTouchpoint), new CellTable(ByIntent), new CellTable(OfScores));
        foreach (var (cell, counts) in cells)
        {
            long told = cell.Success is "" or "busy" ? 0 : counts[2], worked = cell.Success == "yes" ? counts[2] : 0;
            var (efforts, sum, squares) = Sums(counts.AsSpan(4..^1));
            Carry(cell, intent: "", settled[cell.Site], [.. counts[..^1], told, worked, efforts, sum, squares, counts[^1]], byTouchpoint);
            Carry(cell, cell.Intent, settled[cell.Site], [.. counts[..^1], told, worked, counts[^1]], byIntent);
        }

        foreach (var (cell, counts) in scoreCells)
        {
            Carry(cell, intent: "", settled[cell.Site], counts, ofScores);
        }

        var altered = cells.Where(change => change.Cell.Period < settled[change.Cell.Site])
            .SelectMany(change => Spans.Holding((int)change.Cell.Period, settled[change.Cell.Site]).Select(period => (change.Cell.Site, period)));
        await Alter.ExecuteAsync(transaction, [.. altered.Distinct().Order()], cancellation);
        await byTouchpoint.WriteAsync(transaction, cancellation);
        await byIntent.WriteAsync(transaction, cancellation);
        await ofScores.WriteAsync(transaction, cancellation);
    }

    private static async Task<int> SettleAsync(DbTransaction transaction, string site, Ledger ledger, int newest, CancellationToken cancellation)
    {
        if (newest <= ledger.Settled)
        {
            return ledger.Settled;
        }

        if (ledger.Settled == 0)
        {
            await Ledger.SettleAsync(transaction, site, newest, cancellation); // The site's first responses: what lies before them is empty.
            return newest;
        }

        var days = new SettledDays(site, ledger.Settled, newest);
        var over = Spans.Settling(ledger.Settled, newest).Select(span => new SettledSpan(site, span.Length, span.First)).ToList();
        foreach (var table in (CellStatements[])[ByTouchpoint, ByIntent, OfScores])
        {
            await table.AddUpDays.ExecuteAsync(transaction, [days], cancellation);
            await table.AddUp.ExecuteAsync(transaction, over, cancellation);
        }

        await Ledger.SettleAsync(transaction, site, newest, cancellation);
        return newest;
    }

    private static void Carry(Cell cell, string intent, int settled, long[] counts, CellTable totals)
    {
        foreach (var period in Spans.Holding((int)cell.Period, settled))
        {
            Add(Touchpoint.AllNumber, period);
            if (cell.Period < settled)
            {
                Add(cell.Touchpoint, period);
            }
        }

        void Add(long touchpoint, int period)
        {
            var total = totals.Of(new Cell(cell.Site, period, touchpoint, "", cell.Kind, intent, "", "", "", 0));
            for (var i = 0; i < total.Length; i++)
            {
                total[i] += counts[i];
            }
        }
    }

    private static (long Count, long Sum, long SumOfSquares) Sums(ReadOnlySpan<long> counts)
    {
        var (count, sum, squares) = (0L, 0L, 0L);
        for (var i = 0; i < counts.Length; i++)
        {
            var score = i + Scale.Lowest;
            (count, sum, squares) = (count + counts[i], sum + (counts[i] * score), squares + (counts[i] * score * score));
        }

        return (count, sum, squares);
    }
}
