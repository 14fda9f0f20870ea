using System.Data.Common;
using Collector.Feedback;
using Collector.Storage;

namespace Collector.Ingest;

/// <summary>Gathers what a transaction changes in the rollup cells, and writes each changed cell once.</summary>
internal sealed class CellChanges(DbTransaction transaction)
{
    private const int Scores = Scale.Highest - Scale.Lowest + 1;

    // One text for each column of scores, and one without: a response has at most one score, and binding eleven would cost more than writing one.
    private static readonly string[] AddScore = [.. Enumerable.Range(0, Scores).Select(score => Add($"effort_{score}"))];

    private readonly Dictionary<Cell, Counts> changes = [];

    /// <summary>Counts a response in its cell.</summary>
    public void Add(Row row) => Change(row, +1);

    /// <summary>Takes a response out of the cell it was counted in.</summary>
    public void Remove(Row row) => Change(row, -1);

    /// <summary>Moves a response from the cell it was counted in to the closed one beside it, where its count stays when it is gone itself.</summary>
    public void Close(Row row)
    {
        Change(row, -1);
        Change(row, +1, closed: 1);
    }

    /// <summary>Writes the changes, in the order of the cells' keys: transactions that meet in the same cells then wait, and never deadlock.</summary>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        foreach (var (cell, counts) in changes.OrderBy(change => change.Key))
        {
            if (counts.AreZero)
            {
                continue;
            }

            // The first statement carries the counts that every response has; each further score of the cell follows on its own.
            var first = Math.Max(0, Array.FindIndex(counts.Efforts, count => count != 0));
            await AddAsync(cell, counts.Shown, counts.Dismissed, counts.Answered, counts.Completed, first, counts.Efforts[first], cancellation);
            for (var score = first + 1; score < Scores; score++)
            {
                if (counts.Efforts[score] != 0)
                {
                    await AddAsync(cell, 0, 0, 0, 0, score, counts.Efforts[score], cancellation);
                }
            }

            if (counts.Shown < 0)
            {
                await transaction.Prepared(
                    """
                    delete from cells
                    where site = @Site and touchpoint = @Touchpoint and day = @Day and survey = @Survey and scale = @Scale
                      and intent = @Intent and success = @Success and device = @Device and language = @Language and closed = @Closed and shown = 0
                    """,
                    cell.Site, cell.Touchpoint, cell.Day, cell.Survey, cell.Scale, cell.Intent, cell.Success, cell.Device, cell.Language, cell.Closed)
                    .ExecuteNonQueryAsync(cancellation);
            }
        }

        changes.Clear();
    }

    private Task<int> AddAsync(Cell cell, long shown, long dismissed, long answered, long completed, int score, long effort, CancellationToken cancellation) =>
        transaction.Prepared(
            AddScore[score],
            cell.Site, cell.Touchpoint, cell.Day, cell.Survey, cell.Scale, cell.Intent, cell.Success, cell.Device, cell.Language, cell.Closed,
            shown, dismissed, answered, completed, effort)
            .ExecuteNonQueryAsync(cancellation);

    private static string Add(string effort) =>
        $"""
        insert into cells (site, touchpoint, day, survey, scale, intent, success, device, language, closed, shown, dismissed, answered, completed, {effort})
        values (@Site, @Touchpoint, @Day, @Survey, @Scale, @Intent, @Success, @Device, @Language, @Closed, @Shown, @Dismissed, @Answered, @Completed, @Effort)
        on conflict (site, touchpoint, day, survey, scale, intent, success, device, language, closed) do update set
          shown = cells.shown + excluded.shown, dismissed = cells.dismissed + excluded.dismissed, answered = cells.answered + excluded.answered,
          completed = cells.completed + excluded.completed, {effort} = cells.{effort} + excluded.{effort}
        """;

    private void Change(Row row, int by, int closed = 0)
    {
        var cell = new Cell(row.Site, row.Touchpoint, row.Day, row.Survey, row.Scale, row.Intent, row.Success, row.Device, row.Language, closed);
        if (!changes.TryGetValue(cell, out var counts))
        {
            changes[cell] = counts = new Counts();
        }

        counts.Shown += by;
        counts.Dismissed += row.State == "dismissed" ? by : 0;
        counts.Answered += row.Answers != "[]" ? by : 0;
        counts.Completed += row.State == "complete" ? by : 0;
        if (row.Effort is { } effort)
        {
            counts.Efforts[effort - Scale.Lowest] += by;
        }
    }

    private sealed class Counts
    {
        public long Shown { get; set; }
        public long Dismissed { get; set; }
        public long Answered { get; set; }
        public long Completed { get; set; }
        public long[] Efforts { get; } = new long[Scores];

        public bool AreZero => (Shown, Dismissed, Answered, Completed) == (0, 0, 0, 0) && !Efforts.AsSpan().ContainsAnyExcept(0);
    }

    private sealed record Cell(
        string Site, int Touchpoint, int Day, string Survey, string Scale, string Intent, string Success, string Device, string Language, int Closed)
        : IComparable<Cell>
    {
        public int CompareTo(Cell? other)
        {
            if (other is null)
            {
                return 1;
            }

            var order = string.CompareOrdinal(Site, other.Site);
            order = order != 0 ? order : Touchpoint.CompareTo(other.Touchpoint);
            order = order != 0 ? order : Day.CompareTo(other.Day);
            order = order != 0 ? order : string.CompareOrdinal(Survey, other.Survey);
            order = order != 0 ? order : string.CompareOrdinal(Scale, other.Scale);
            order = order != 0 ? order : string.CompareOrdinal(Intent, other.Intent);
            order = order != 0 ? order : string.CompareOrdinal(Success, other.Success);
            order = order != 0 ? order : string.CompareOrdinal(Device, other.Device);
            order = order != 0 ? order : string.CompareOrdinal(Language, other.Language);
            return order != 0 ? order : Closed.CompareTo(other.Closed);
        }
    }
}
