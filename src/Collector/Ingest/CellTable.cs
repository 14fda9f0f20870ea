using System.Data.Common;
using Collector.Storage;

namespace Collector.Ingest;

/// <summary>What a transaction changes in one table of rollup cells; each changed cell is written once.</summary>
/// <param name="statements">The statements of the table, which are made once.</param>
internal sealed class CellTable(CellStatements statements)
{
    private Dictionary<Cell, long[]>? changes; // Made with the first change: most batches change nothing in most tables.

    /// <summary>What the transaction adds to each counter of a cell; to be added to.</summary>
    public long[] Of(Cell cell)
    {
        changes ??= [];
        if (!changes.TryGetValue(cell, out var counts))
        {
            changes[cell] = counts = new long[statements.Counters];
        }

        return counts;
    }

    /// <summary>Writes the changes, in the order of the cells' keys: transactions that meet in the same cells then wait, and never deadlock.</summary>
    public async Task WriteAsync(DbTransaction transaction, CancellationToken cancellation)
    {
        if (changes is null)
        {
            return;
        }

        var changed = changes.Where(change => change.Value.AsSpan().ContainsAnyExcept(0)).Select(change => new CellChange(change.Key, change.Value)).ToList();
        changed.Sort((one, other) => one.Cell.CompareTo(other.Cell));
        await statements.AddCounts.ExecuteAsync(transaction, changed, cancellation);
        await statements.DeleteEmpty.ExecuteAsync(transaction, changed.Where(change => change.Counts[0] < 0 || change.Counts[^1] < 0), cancellation);
    }
}

/// <summary>What is added to a cell: to each of its counters, in their order.</summary>
internal readonly record struct CellChange(Cell Cell, long[] Counts);

/// <summary>The statements that write a table of rollup cells.</summary>
internal sealed class CellStatements
{
    /// <param name="table">The table's name.</param>
    /// <param name="kind">The column that tells what its scores are of.</param>
    /// <param name="counters">Its counters. Where the first and the last of them are 0, all of them are.</param>
    public CellStatements(string table, string kind, string[] counters)
    {
        var columns = $"site, touchpoint, day, survey, {kind}, intent, success, device, language, closed";
        Parameter<CellChange>[] key =
        [
            new("Site", change => change.Cell.Site),
            new("Touchpoint", Number: change => change.Cell.Touchpoint),
            new("Day", Number: change => change.Cell.Day),
            new("Survey", change => change.Cell.Survey),
            new("Kind", change => change.Cell.Kind),
            new("Intent", change => change.Cell.Intent),
            new("Success", change => change.Cell.Success),
            new("Device", change => change.Cell.Device),
            new("Language", change => change.Cell.Language),
            new("Closed", Number: change => change.Cell.Closed),
        ];
        Counters = counters.Length;
        AddCounts = new Statement<CellChange>(
            $"""
            insert into {table} ({columns}, {string.Join(", ", counters)})
            values (@Site, @Touchpoint, @Day, @Survey, @Kind, @Intent, @Success, @Device, @Language, @Closed, {string.Join(", ", counters.Select(counter => $"@{counter}"))})
            on conflict ({columns}) do update set {string.Join(", ", counters.Select(counter => $"{counter} = {table}.{counter} + excluded.{counter}"))}
            """,
            [.. key, .. counters.Select((counter, i) => new Parameter<CellChange>(counter, Number: change => change.Counts[i]))]);
        DeleteEmpty = new Statement<CellChange>(
            $"""
            delete from {table}
            where site = @Site and touchpoint = @Touchpoint and day = @Day and survey = @Survey and {kind} = @Kind
              and intent = @Intent and success = @Success and device = @Device and language = @Language and closed = @Closed
              and {counters[0]} = 0 and {counters[^1]} = 0
            """,
            key);
    }

    /// <summary>How many counters a cell has.</summary>
    public int Counters { get; }

    public Statement<CellChange> AddCounts { get; }

    public Statement<CellChange> DeleteEmpty { get; }
}

/// <summary>The key of a cell.</summary>
/// <param name="Kind">What its scores are of: a scale, or the name of a question that has only one.</param>
internal sealed record Cell(
    string Site, long Touchpoint, long Day, string Survey, string Kind, string Intent, string Success, string Device, string Language, long Closed)
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
        order = order != 0 ? order : string.CompareOrdinal(Kind, other.Kind);
        order = order != 0 ? order : string.CompareOrdinal(Intent, other.Intent);
        order = order != 0 ? order : string.CompareOrdinal(Success, other.Success);
        order = order != 0 ? order : string.CompareOrdinal(Device, other.Device);
        order = order != 0 ? order : string.CompareOrdinal(Language, other.Language);
        return order != 0 ? order : Closed.CompareTo(other.Closed);
    }
}
