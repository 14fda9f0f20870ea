using System.Data.Common;
using Collector.Feedback;
using Collector.Storage;

namespace Collector.Ingest;

/// <summary>Gathers what a transaction changes in the rollup cells.</summary>
/// <param name="ledgers">The ledgers of all sites that it may change cells of, raised by the transaction.</param>
internal sealed class CellChanges(Dictionary<string, Ledger> ledgers)
{
    private static readonly CellStatements Cells = new(
        "cells",
        ["site", "day", "touchpoint", "survey", "scale", "intent", "success", "device", "language", "closed"],
        ["shown", "dismissed", "answered", "completed", .. Columns("effort"), "suspect"]);

    // Scores first, and all of them last, which is 0 when the cell is empty.
    private static readonly CellStatements ScoreCells = new(
        "score_cells", ["site", "day", "touchpoint", "survey", "question", "intent", "success", "device", "language", "closed"], [.. Columns("score"), "answers"]);

    private readonly CellTable cells = new(Cells), scoreCells = new(ScoreCells);

    /// <summary>A column for each score.</summary>
    public static IEnumerable<string> Columns(string name) => Enumerable.Range(Scale.Lowest, Scale.Highest - Scale.Lowest + 1).Select(score => $"{name}_{score}");

    /// <summary>Counts a response in its cells.</summary>
    public void Add(Counted row) => Count(row, +1);

    /// <summary>Takes a response out of the cells it was counted in, if it was.</summary>
    public void Remove(Counted? row)
    {
        if (row is not null)
        {
            Count(row, -1);
        }
    }

    /// <summary>Moves a response from the cells it was counted in to the closed ones beside them, where its count stays when it is gone itself.</summary>
    public void Close(Counted row)
    {
        Count(row, -1);
        Count(row, +1, closed: 1);
    }

    /// <summary>Writes the changes, and what they change in the totals.</summary>
    public async Task WriteAsync(DbTransaction transaction, CancellationToken cancellation)
    {
        var (changed, changedScores) = (cells.Changed(), scoreCells.Changed());
        await Totals.WriteAsync(transaction, ledgers, changed, changedScores, cancellation);
        await Cells.WriteAsync(transaction, changed, cancellation);
        await ScoreCells.WriteAsync(transaction, changedScores, cancellation);
    }

    private void Count(Counted row, int by, long closed = 0)
    {
        if (row.IsErased)
        {
            return;
        }

        var cell = new Cell(row.Site, row.Day, row.Touchpoint, row.Survey, row.Scale, row.Intent, row.Success, row.Device, row.Language, closed);
        var counts = cells.Of(cell);
        if (row.IsSuspect)
        {
            counts[^1] += by;
            return;
        }

        counts[0] += by;
        counts[1] += row.State == "dismissed" ? by : 0;
        counts[2] += row.IsAnswered ? by : 0;
        counts[3] += row.State == "complete" ? by : 0;
        if (row.Effort is { } effort)
        {
            counts[4 + effort - Scale.Lowest] += by;
        }

        CountScore(cell, "nps", row.Nps, by);
        CountScore(cell, "csat", row.Csat, by);
    }

    private void CountScore(Cell cell, string question, long? score, int by)
    {
        if (score is { } given)
        {
            var counts = scoreCells.Of(cell with { Kind = question });
            counts[given - Scale.Lowest] += by;
            counts[^1] += by;
        }
    }
}
