using System.Text.Json;
using Collector.Feedback;
using Collector.Insights;
using Collector.Storage;
using Dapper;

namespace Collector.Dashboard.Touchpoints;

/// <summary>The small trends of a list of touchpoints, all in one query.</summary>
internal static class Sparklines
{
    /// <summary>The mean of each part of the period, as an index from 0 to 100, by touchpoint.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<double?>>> ReadAsync(Database database, Selection selection, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        var numbers = (await connection.QueryAsync<(long Number, string Name)>(new CommandDefinition(
            $"select number, name from touchpoints where site = @Site and name {database.InTexts("@Names")}", new { selection.Site, Names = JsonSerializer.Serialize(names) }, cancellationToken: cancellation)))
            .ToDictionary(row => row.Number, row => row.Name);
        if (numbers.Count == 0)
        {
            return new Dictionary<string, IReadOnlyList<double?>>(StringComparer.Ordinal);
        }

        var these = selection.Of(numbers.Keys);
        var source = CellSource.Of(these, Detail.Touchpoint | Detail.Span);
        var rows = await connection.QueryAsync<(long Touchpoint, long Period, string Scale, long Answers, long Sum)>(new CommandDefinition(
            $"""
            select cells.touchpoint, cells.day, cells.scale, cast(sum(cells.efforts) as bigint) as answers, cast(sum(cells.effort_sum) as bigint) as total
            from {source.Table}
            where {source.Where} and cells.scale <> ''
            group by cells.touchpoint, cells.day, cells.scale
            """,
            source.Parameters,
            cancellationToken: cancellation));
        var days = these.ToDay - these.FromDay + 1;
        var points = Math.Min(CellSource.FewestSpans, days);
        var sums = numbers.Values.ToDictionary(name => name, _ => new (long Answers, double Index)[points], StringComparer.Ordinal);
        foreach (var row in rows.Where(row => row.Answers > 0))
        {
            var scale = Scale.Parse(row.Scale);
            var mean = (double)row.Sum / row.Answers;
            var ease = scale.Easy == EasyEnd.High ? mean : scale.Min + scale.Max - mean;
            ref var sum = ref sums[numbers[row.Touchpoint]][(Spans.Middle((int)row.Period) - these.FromDay) * points / days];
            sum = (sum.Answers + row.Answers, sum.Index + (row.Answers * 100 * (ease - scale.Min) / (scale.Max - scale.Min)));
        }

        return sums.ToDictionary(pair => pair.Key, IReadOnlyList<double?> (pair) => [.. pair.Value.Select(sum => sum.Answers == 0 ? default(double?) : sum.Index / sum.Answers)], StringComparer.Ordinal);
    }
}
