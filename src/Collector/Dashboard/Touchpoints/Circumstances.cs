using Collector.Insights;
using Collector.Storage;
using Dapper;

namespace Collector.Dashboard.Touchpoints;

/// <summary>How easy it was by device and by language. Only the cells tell these apart, which are many: both come from one pass over them.</summary>
internal sealed class Circumstances
{
    private readonly SortedDictionary<string, EffortCounts> devices = new(StringComparer.Ordinal), languages = new(StringComparer.Ordinal);

    /// <summary>The score by device.</summary>
    public IReadOnlyList<CesPart> Devices(int minimumAnswers) => PartsOf(devices, minimumAnswers);

    /// <summary>The score by the language that the survey was shown in.</summary>
    public IReadOnlyList<CesPart> Languages(int minimumAnswers) => PartsOf(languages, minimumAnswers);

    /// <summary>Reads those of a selection.</summary>
    public static async Task<Circumstances> ReadAsync(Database database, Selection selection, CancellationToken cancellation)
    {
        var source = CellSource.Of(selection, Detail.Other);
        var sql =
            $"""
            select cells.device, cells.language, cells.scale, {EffortCounts.Columns}
            from {source.Table}
            where {source.Where} and cells.scale <> ''
            group by cells.device, cells.language, cells.scale
            """;
        await using var connection = await database.ReadAsync(cancellation);
        using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(sql, source.Parameters, cancellationToken: cancellation));
        var read = new Circumstances();
        while (await rows.ReadAsync(cancellation))
        {
            Of(read.devices, rows.GetString(0)).AddRow(rows.GetString(2), rows, 3);
            Of(read.languages, rows.GetString(1)).AddRow(rows.GetString(2), rows, 3);
        }

        return read;
    }

    private static EffortCounts Of(SortedDictionary<string, EffortCounts> parts, string key)
    {
        if (!parts.TryGetValue(key, out var effort))
        {
            parts[key] = effort = new EffortCounts();
        }

        return effort;
    }

    // An empty text in the cells means that it was not told.
    private static IReadOnlyList<CesPart> PartsOf(SortedDictionary<string, EffortCounts> parts, int minimumAnswers) =>
        [.. parts.Select(part => new CesPart(part.Key.Length == 0 ? null : part.Key, CesFigure.Of(part.Value, minimumAnswers))).Where(part => part.Ces.Answers > 0)];
}
