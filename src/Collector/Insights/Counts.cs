using System.Data.Common;

namespace Collector.Insights;

/// <summary>What the cells of a touchpoint or an intent hold, added up.</summary>
internal sealed class Counts
{
    /// <summary>The columns of the cells to select, added up by <see cref="Key"/>; <see cref="AddRow"/> reads them.</summary>
    public static readonly string Columns =
        $"""
        cells.scale, cells.intent, cells.success, cast(sum(cells.shown) as bigint) as shown, cast(sum(cells.answered) as bigint) as answered,
          cast(sum(cells.suspect) as bigint) as suspect, cast(sum(cells.dismissed) as bigint) as dismissed, cast(sum(cells.completed) as bigint) as completed,
          {EffortCounts.Columns}
        """;

    /// <summary>What to group these columns by.</summary>
    public const string Key = "cells.scale, cells.intent, cells.success";

    public long Shown { get; private set; }

    public long Responses { get; private set; }

    public long Suspect { get; private set; }

    public FunnelCounts Funnel { get; private set; }

    public EffortCounts Effort { get; } = new();

    public Dictionary<string, long> Intents { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, long> Successes { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a row; its columns begin at <paramref name="first"/>.</summary>
    public void AddRow(DbDataReader row, int first)
    {
        var answered = row.GetInt64(first + 4);
        Shown += row.GetInt64(first + 3);
        Responses += answered;
        Suspect += row.GetInt64(first + 5);
        Funnel += new FunnelCounts(row.GetInt64(first + 3), row.GetInt64(first + 6), answered, row.GetInt64(first + 7));
        Count(Intents, row.GetString(first + 1), answered);
        Count(Successes, row.GetString(first + 2), answered);
        Effort.AddRow(row.GetString(first), row, first + 8);
    }

    private static void Count(Dictionary<string, long> counts, string name, long by)
    {
        if (name.Length > 0 && by > 0)
        {
            counts[name] = counts.GetValueOrDefault(name) + by;
        }
    }
}
