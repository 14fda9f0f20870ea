using System.Data.Common;

namespace Collector.Insights;

/// <summary>What the cells of a touchpoint or an intent hold, added up.</summary>
internal sealed class Counts
{
    /// <summary>The columns of the cells to select, added up by scale; <see cref="AddRow"/> reads them.</summary>
    public static readonly string Columns =
        $"""
        cells.scale, cast(sum(cells.shown) as bigint) as shown, cast(sum(cells.answered) as bigint) as answered,
          cast(sum(cells.suspect) as bigint) as suspect, cast(sum(cells.dismissed) as bigint) as dismissed, cast(sum(cells.completed) as bigint) as completed,
          cast(sum(cells.told) as bigint) as told, cast(sum(cells.worked) as bigint) as worked, {EffortCounts.Columns}
        """;

    public long Shown { get; private set; }

    public long Responses { get; private set; }

    public long Suspect { get; private set; }

    public FunnelCounts Funnel { get; private set; }

    public EffortCounts Effort { get; } = new();

    /// <summary>How many responses each intent has, where they were added.</summary>
    public Dictionary<string, long> Intents { get; } = new(StringComparer.Ordinal);

    /// <summary>How many told whether it worked out; who was still busy is left out.</summary>
    public long Told { get; private set; }

    /// <summary>For how many it did.</summary>
    public long Worked { get; private set; }

    /// <summary>Adds other counts, but for their intents.</summary>
    public void Add(Counts other)
    {
        Shown += other.Shown;
        Responses += other.Responses;
        Suspect += other.Suspect;
        Funnel += other.Funnel;
        Told += other.Told;
        Worked += other.Worked;
        Effort.Add(other.Effort);
    }

    /// <summary>Adds a row; its columns begin at <paramref name="first"/>.</summary>
    public void AddRow(DbDataReader row, int first)
    {
        var (shown, answered) = (row.GetInt64(first + 1), row.GetInt64(first + 2));
        Shown += shown;
        Responses += answered;
        Suspect += row.GetInt64(first + 3);
        Funnel += new FunnelCounts(shown, row.GetInt64(first + 4), answered, row.GetInt64(first + 5));
        Told += row.GetInt64(first + 6);
        Worked += row.GetInt64(first + 7);
        Effort.AddRow(row.GetString(first), row, first + 8);
    }
}
