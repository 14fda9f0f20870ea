using System.Data.Common;
using Collector.Feedback;
using Dapper;

namespace Collector.Ingest;

/// <summary>Gathers what a transaction changes in the rollup cells, and writes each changed cell once.</summary>
internal sealed class CellChanges
{
    private static readonly string[] Columns =
        ["shown", "dismissed", "answered", "completed", .. Enumerable.Range(Scale.Lowest, Scale.Highest + 1).Select(score => $"effort_{score}")];

    private const int Dismissed = 1, Answered = 2, Completed = 3, FirstEffort = 4;

    private static readonly string Upsert =
        $"""
        insert into cells (site, touchpoint, day, survey, scale, intent, success, device, language, {string.Join(", ", Columns)})
        values (@Site, @Touchpoint, @Day, @Survey, @Scale, @Intent, @Success, @Device, @Language, {string.Join(", ", Columns.Select(column => $"@{column}"))})
        on conflict (site, touchpoint, day, survey, scale, intent, success, device, language)
        do update set {string.Join(", ", Columns.Select(column => $"{column} = cells.{column} + excluded.{column}"))}
        """;

    private readonly Dictionary<Cell, long[]> changes = [];

    /// <summary>Counts a response in its cell.</summary>
    public void Add(Row row) => Change(row, +1);

    /// <summary>Takes a response out of the cell it was counted in.</summary>
    public void Remove(Row row) => Change(row, -1);

    /// <summary>Writes the changes, in the order of the cells' keys: transactions that meet in the same cells then wait, and never deadlock.</summary>
    public async Task WriteAsync(DbTransaction transaction)
    {
        var connection = transaction.Connection!;
        foreach (var (cell, counts) in changes.Where(change => change.Value.Any(count => count != 0)).OrderBy(change => change.Key))
        {
            var parameters = new DynamicParameters(cell);
            for (var i = 0; i < Columns.Length; i++)
            {
                parameters.Add(Columns[i], counts[i]);
            }

            await connection.ExecuteAsync(Upsert, parameters, transaction);
            if (counts[0] < 0)
            {
                await connection.ExecuteAsync(
                    """
                    delete from cells
                    where site = @Site and touchpoint = @Touchpoint and day = @Day and survey = @Survey and scale = @Scale
                      and intent = @Intent and success = @Success and device = @Device and language = @Language and shown = 0
                    """,
                    cell,
                    transaction);
            }
        }

        changes.Clear();
    }

    private void Change(Row row, int by)
    {
        var cell = new Cell(row.Site, row.Touchpoint, row.Day, row.Survey, row.Scale, row.Intent, row.Success, row.Device, row.Language);
        if (!changes.TryGetValue(cell, out var counts))
        {
            changes[cell] = counts = new long[Columns.Length];
        }

        counts[0] += by;
        counts[Dismissed] += row.State == "dismissed" ? by : 0;
        counts[Answered] += row.Answers != "[]" ? by : 0;
        counts[Completed] += row.State == "complete" ? by : 0;
        if (row.Effort is { } effort)
        {
            counts[FirstEffort + effort] += by;
        }
    }

    private sealed record Cell(
        string Site, int Touchpoint, int Day, string Survey, string Scale, string Intent, string Success, string Device, string Language)
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
            return order != 0 ? order : string.CompareOrdinal(Language, other.Language);
        }
    }
}
