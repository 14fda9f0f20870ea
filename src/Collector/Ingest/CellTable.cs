using System.Data.Common;
using Collector.Feedback;
using Collector.Storage;

namespace Collector.Ingest;

/// <summary>What a transaction changes in one table of rollup cells or of their totals; each changed row is written once.</summary>
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

    /// <summary>What has changed in the end, in the order of the cells' keys.</summary>
    public IReadOnlyList<CellChange> Changed()
    {
        if (changes is null)
        {
            return [];
        }

        var changed = changes.Where(change => change.Value.AsSpan().ContainsAnyExcept(0)).Select(change => new CellChange(change.Key, change.Value)).ToList();
        changed.Sort((one, other) => one.Cell.CompareTo(other.Cell));
        return changed;
    }

    /// <summary>Writes the changes, in the order of the cells' keys: transactions that meet in the same cells then wait, and never deadlock.</summary>
    public Task WriteAsync(DbTransaction transaction, CancellationToken cancellation) => statements.WriteAsync(transaction, Changed(), cancellation);
}

/// <summary>What is added to a cell: to each of its counters, in their order.</summary>
internal readonly record struct CellChange(Cell Cell, long[] Counts);

/// <summary>Days of a site that are settled now, from the first to before the last.</summary>
internal sealed record SettledDays(string Site, int From, int Before);

/// <summary>A span of a site's days that is settled now.</summary>
internal sealed record SettledSpan(string Site, int Length, int First);

/// <summary>The statements that write a table of rollup cells, or of their totals.</summary>
internal sealed class CellStatements
{
    private static readonly Parameter<CellChange>[] Keys =
    [
        new("site", change => change.Cell.Site),
        new("touchpoint", Number: change => change.Cell.Touchpoint),
        new("day", Number: change => change.Cell.Period),
        new("period", Number: change => change.Cell.Period),
        new("survey", change => change.Cell.Survey),
        new("scale", change => change.Cell.Kind),
        new("question", change => change.Cell.Kind),
        new("intent", change => change.Cell.Intent),
        new("success", change => change.Cell.Success),
        new("device", change => change.Cell.Device),
        new("language", change => change.Cell.Language),
        new("closed", Number: change => change.Cell.Closed),
    ];

    /// <param name="table">The table's name.</param>
    /// <param name="key">The columns of its primary key.</param>
    /// <param name="counters">Its counters. Where the first and the last of them are 0, all of them are.</param>
    /// <param name="of">Of totals: the table whose cells they add up.</param>
    public CellStatements(string table, string[] key, string[] counters, string of = "")
    {
        var (columns, counts) = (string.Join(", ", key), string.Join(", ", counters));
        Parameter<CellChange>[] values = [.. key.Select(column => Keys.Single(parameter => parameter.Name == column))];
        Counters = counters.Length;
        AddCounts = new Statement<CellChange>(
            $"""
            insert into {table} ({columns}, {counts})
            values ({string.Join(", ", key.Concat(counters).Select(column => $"@{column}"))})
            on conflict ({columns}) do update set {string.Join(", ", counters.Select(counter => $"{counter} = {table}.{counter} + excluded.{counter}"))}
            """,
            [.. values, .. counters.Select((counter, i) => new Parameter<CellChange>(counter, Number: change => change.Counts[i]))]);
        DeleteEmpty = new Statement<CellChange>(
            $"""
            delete from {table}
            where {string.Join(" and ", key.Select(column => $"{column} = @{column}"))} and {counters[0]} = 0 and {counters[^1]} = 0
            """,
            values);

        var rest = string.Join(", ", key.Where(column => column is not ("site" or "period")));
        var sums = string.Join(", ", counters.Select(counter => $"cast(sum({counter}) as bigint)"));
        AddUpDays = new Statement<SettledDays>(
            $"""
            insert into {table} (site, period, {rest}, {counts})
            select site, day, {rest}, {sums}
            from {of}
            where site = @Site and day >= @From and day < @Before
            group by site, day, {rest}
            """,
            [new("Site", days => days.Site), new("From", Number: days => days.From), new("Before", Number: days => days.Before)]);
        AddUp = new Statement<SettledSpan>(
            $"""
            insert into {table} (site, period, {rest}, {counts})
            select site, cast(@Span as bigint), {rest}, {sums}
            from {table}
            where site = @Site and period in ({string.Join(", ", Enumerable.Range(0, Spans.Parts).Select(part => $"@Part{part}"))})
            group by site, {rest}
            """,
            [
                new("Site", span => span.Site),
                new("Span", Number: span => Spans.Number(span.Length, span.First)),
                .. Enumerable.Range(0, Spans.Parts).Select(part => new Parameter<SettledSpan>($"Part{part}", Number: span => Spans.Part(span.Length, span.First, part))),
            ]);
    }

    /// <summary>How many counters a cell has.</summary>
    public int Counters { get; }

    /// <summary>Makes the totals of the touchpoints, where the table has periods, from the cells of these days.</summary>
    public Statement<SettledDays> AddUpDays { get; }

    /// <summary>Makes the totals of a span, where the table has periods, from those of its parts.</summary>
    public Statement<SettledSpan> AddUp { get; }

    private Statement<CellChange> AddCounts { get; }

    private Statement<CellChange> DeleteEmpty { get; }

    /// <summary>Writes changes that are in the order of their keys.</summary>
    public async Task WriteAsync(DbTransaction transaction, IReadOnlyList<CellChange> changed, CancellationToken cancellation)
    {
        await AddCounts.ExecuteAsync(transaction, changed, cancellation);
        await DeleteEmpty.ExecuteAsync(transaction, changed.Where(change => change.Counts[0] < 0 || change.Counts[^1] < 0), cancellation);
    }
}

/// <summary>The key of a cell, or of a total, in which all is empty that it does not tell apart.</summary>
/// <param name="Period">The day; of a total, the number of a day or span.</param>
/// <param name="Kind">What its scores are of: a scale, or the name of a question that has only one.</param>
internal sealed record Cell(
    string Site, long Period, long Touchpoint, string Survey, string Kind, string Intent, string Success, string Device, string Language, long Closed)
    : IComparable<Cell>
{
    // Of what differs most: all ten would take longer to hash than to look for.
    public override int GetHashCode() => HashCode.Combine(Period, Touchpoint, Intent, Success);

    public int CompareTo(Cell? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = string.CompareOrdinal(Site, other.Site);
        order = order != 0 ? order : Period.CompareTo(other.Period);
        order = order != 0 ? order : Touchpoint.CompareTo(other.Touchpoint);
        order = order != 0 ? order : string.CompareOrdinal(Survey, other.Survey);
        order = order != 0 ? order : string.CompareOrdinal(Kind, other.Kind);
        order = order != 0 ? order : string.CompareOrdinal(Intent, other.Intent);
        order = order != 0 ? order : string.CompareOrdinal(Success, other.Success);
        order = order != 0 ? order : string.CompareOrdinal(Device, other.Device);
        order = order != 0 ? order : string.CompareOrdinal(Language, other.Language);
        return order != 0 ? order : Closed.CompareTo(other.Closed);
    }
}
