using System.Data.Common;

namespace Collector.Insights;

/// <summary>What the cells of a touchpoint or an intent hold, added up.</summary>
internal sealed class Counts
{
    /// <summary>The columns of the cells to select, added up by <see cref="Key"/>; <see cref="AddRow"/> reads them.</summary>
    public static readonly string Columns =
        $"""
        cells.scale, cells.intent, cast(sum(cells.shown) as bigint) as shown, cast(sum(cells.answered) as bigint) as answered,
          cast(sum(cells.suspect) as bigint) as suspect, cast(sum(cells.dismissed) as bigint) as dismissed, cast(sum(cells.completed) as bigint) as completed,
          cast(sum(cells.told) as bigint) as told, cast(sum(cells.worked) as bigint) as worked, {EffortCounts.Columns}
        """;

    /// <summary>What to group these columns by.</summary>
    public const string Key = "cells.scale, cells.intent";

    public long Shown { get; private set; }

    public long Responses { get; private set; }

    public long Suspect { get; private set; }

    public FunnelCounts Funnel { get; private set; }

    public EffortCounts Effort { get; } = new();

    public Dictionary<string, long> Intents { get; } = new(StringComparer.Ordinal);

    /// <summary>How many told whether it worked out; who was still busy is left out.</summary>
    public long Told { get; private set; }

    /// <summary>For how many it did.</summary>
    public long Worked { get; private set; }

    /// <summary>Adds a row; its columns begin at <paramref name="first"/>.</summary>
    public void AddRow(DbDataReader row, int first)
    {
        var (intent, answered) = (row.GetString(first + 1), row.GetInt64(first + 3));
        Shown += row.GetInt64(first + 2);
        Responses += answered;
        Suspect += row.GetInt64(first + 4);
        Funnel += new FunnelCounts(row.GetInt64(first + 2), row.GetInt64(first + 5), answered, row.GetInt64(first + 6));
        Told += row.GetInt64(first + 7);
        Worked += row.GetInt64(first + 8);
        Effort.AddRow(row.GetString(first), row, first + 9);
        if (intent.Length > 0 && answered > 0)
        {
            Intents[intent] = Intents.GetValueOrDefault(intent) + answered;
        }
    }
}
