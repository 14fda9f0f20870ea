using System.Runtime.CompilerServices;
using Collector.Storage;
using Dapper;

namespace Collector.Insights;

/// <summary>What visitors of one intent answered at one touchpoint, on one scale.</summary>
internal sealed record TouchpointIntent
{
    /// <summary>The touchpoint's number.</summary>
    public required long Number { get; init; }

    /// <summary>The touchpoint's name.</summary>
    public required string Touchpoint { get; init; }

    /// <summary>What they came for; empty where they did not tell.</summary>
    public required string Intent { get; init; }

    /// <summary>Their effort scores.</summary>
    public required EffortCounts Effort { get; init; }

    /// <summary>How many told whether it worked out; who was still busy is left out.</summary>
    public required long Told { get; init; }

    /// <summary>For how many it did.</summary>
    public required long Worked { get; init; }

    /// <summary>Reads a selection in one pass over its cells: the cost follows their number, and not that of the answers.</summary>
    public static async IAsyncEnumerable<TouchpointIntent> ReadAsync(Database database, Selection selection, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var source = CellSource.Of(selection, Detail.Touchpoint | Detail.Intent);
        var sql =
            $"""
            select touchpoints.name, counted.*
            from (
              select cells.touchpoint, cells.intent, cells.scale,
                cast(sum(cells.told) as bigint) as told, cast(sum(cells.worked) as bigint) as worked, {EffortCounts.Columns}
              from {source.Table}
              where {source.Where}
              group by cells.touchpoint, cells.intent, cells.scale) counted
            join touchpoints on touchpoints.site = @Site and touchpoints.number = counted.touchpoint
            """;
        await using var connection = await database.ReadAsync(cancellation);
        using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(sql, source.Parameters, cancellationToken: cancellation));
        while (await rows.ReadAsync(cancellation))
        {
            var effort = new EffortCounts();
            effort.AddRow(rows.GetString(3), rows, 6);
            yield return new TouchpointIntent
            {
                Touchpoint = rows.GetString(0),
                Number = rows.GetInt64(1),
                Intent = rows.GetString(2),
                Told = rows.GetInt64(4),
                Worked = rows.GetInt64(5),
                Effort = effort,
            };
        }
    }
}
