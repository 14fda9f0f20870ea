using System.Data.Common;
using Collector.Feedback;
using Collector.Storage;

namespace Collector.Ingest;

/// <summary>Gathers what a transaction changes in the rollup cells, and writes each changed cell once.</summary>
internal sealed class CellChanges
{
    private const int Scores = Scale.Highest - Scale.Lowest + 1;
    private const string KeyColumns = "site, touchpoint, day, survey, scale, intent, success, device, language, closed";

    private static readonly string[] Counters = ["shown", "dismissed", "answered", "completed", .. Enumerable.Range(0, Scores).Select(score => $"effort_{score}"), "suspect"];

    private static readonly Parameter<Change>[] Key =
    [
        new("Site", change => change.Cell.Site),
        new("Touchpoint", Number: change => change.Cell.Touchpoint),
        new("Day", Number: change => change.Cell.Day),
        new("Survey", change => change.Cell.Survey),
        new("Scale", change => change.Cell.Scale),
        new("Intent", change => change.Cell.Intent),
        new("Success", change => change.Cell.Success),
        new("Device", change => change.Cell.Device),
        new("Language", change => change.Cell.Language),
        new("Closed", Number: change => change.Cell.Closed),
    ];

    private static readonly Statement<Change> AddCounts = new(
        $"""
        insert into cells ({KeyColumns}, {string.Join(", ", Counters)})
        values (@Site, @Touchpoint, @Day, @Survey, @Scale, @Intent, @Success, @Device, @Language, @Closed, {string.Join(", ", Counters.Select(counter => $"@{counter}"))})
        on conflict ({KeyColumns}) do update set {string.Join(", ", Counters.Select(counter => $"{counter} = cells.{counter} + excluded.{counter}"))}
        """,
        [.. Key, .. Counters.Select((counter, i) => new Parameter<Change>(counter, Number: change => change.Counts[i]))]);

    private static readonly Statement<Change> DeleteEmpty = new(
        """
        delete from cells
        where site = @Site and touchpoint = @Touchpoint and day = @Day and survey = @Survey and scale = @Scale
          and intent = @Intent and success = @Success and device = @Device and language = @Language and closed = @Closed and shown = 0 and suspect = 0
        """,
        Key);

    private readonly Dictionary<Cell, long[]> changes = [];

    /// <summary>Counts a response in its cell.</summary>
    public void Add(Counted row) => Count(row, +1);

    /// <summary>Takes a response out of the cell it was counted in, if it was.</summary>
    public void Remove(Counted? row)
    {
        if (row is not null)
        {
            Count(row, -1);
        }
    }

    /// <summary>Moves a response from the cell it was counted in to the closed one beside it, where its count stays when it is gone itself.</summary>
    public void Close(Counted row)
    {
        Count(row, -1);
        Count(row, +1, closed: 1);
    }

    /// <summary>Writes the changes, in the order of the cells' keys: transactions that meet in the same cells then wait, and never deadlock.</summary>
    public async Task WriteAsync(DbTransaction transaction, CancellationToken cancellation)
    {
        var changed = changes.Where(change => change.Value.AsSpan().ContainsAnyExcept(0)).Select(change => new Change(change.Key, change.Value)).ToList();
        changed.Sort((one, other) => one.Cell.CompareTo(other.Cell));
        await AddCounts.ExecuteAsync(transaction, changed, cancellation);
        await DeleteEmpty.ExecuteAsync(transaction, changed.Where(change => change.Counts[0] < 0 || change.Counts[^1] < 0), cancellation);
    }

    private void Count(Counted row, int by, long closed = 0)
    {
        if (row.IsErased)
        {
            return;
        }

        var cell = new Cell(row.Site, row.Touchpoint, row.Day, row.Survey, row.Scale, row.Intent, row.Success, row.Device, row.Language, closed);
        if (!changes.TryGetValue(cell, out var counts))
        {
            changes[cell] = counts = new long[Counters.Length];
        }

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
    }

    /// <summary>What is added to a cell: to each of its counters, in their order.</summary>
    private readonly record struct Change(Cell Cell, long[] Counts);

    private sealed record Cell(
        string Site, long Touchpoint, long Day, string Survey, string Scale, string Intent, string Success, string Device, string Language, long Closed)
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
