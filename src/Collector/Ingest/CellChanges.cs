using System.Data.Common;
using Collector.Feedback;

namespace Collector.Ingest;

/// <summary>Gathers what a transaction changes in the rollup cells.</summary>
internal sealed class CellChanges
{
    private static readonly int[] Scores = [.. Enumerable.Range(Scale.Lowest, Scale.Highest - Scale.Lowest + 1)];

    private static readonly CellStatements Cells = new(
        "cells", "scale", ["shown", "dismissed", "answered", "completed", .. Scores.Select(score => $"effort_{score}"), "suspect"]);

    // Scores first, and all of them last, which is 0 when the cell is empty.
    private static readonly CellStatements ScoreCells = new("score_cells", "question", [.. Scores.Select(score => $"score_{score}"), "answers"]);

    private readonly CellTable cells = new(Cells), scoreCells = new(ScoreCells);

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

    /// <summary>Writes the changes.</summary>
    public async Task WriteAsync(DbTransaction transaction, CancellationToken cancellation)
    {
        await cells.WriteAsync(transaction, cancellation);
        await scoreCells.WriteAsync(transaction, cancellation);
    }

    private void Count(Counted row, int by, long closed = 0)
    {
        if (row.IsErased)
        {
            return;
        }

        var cell = new Cell(row.Site, row.Touchpoint, row.Day, row.Survey, row.Scale, row.Intent, row.Success, row.Device, row.Language, closed);
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
