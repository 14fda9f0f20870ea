using System.Data.Common;
using System.Text.Json;
using Collector.Feedback;
using Collector.Sites;
using Collector.Statistics;
using Dapper;

namespace Collector.Insights.Watch;

/// <summary>Looks what of a site was harder in the last seven whole days than in the 28 before, beyond chance.</summary>
internal static class DropWatch
{
    private const int Days = 7, DaysBefore = 28;

    // Lower than usual, since it is looked at every day.
    private const double HighestQ = 0.01;

    public static async Task<(List<(string Kind, string Name, string Value)> Seen, List<News> News)> LookAsync(
        DbConnection connection, Selections selections, Site site, Watched watched, DateOnly yesterday, CancellationToken cancellation)
    {
        var (seen, news) = (new List<(string Kind, string Name, string Value)>(), new List<News>());
        var from = yesterday.AddDays(1 - Days);
        foreach (var (touchpoint, comparison) in await DropsAsync(connection, selections, site, from, yesterday, cancellation))
        {
            seen.Add((Watched.Drop, touchpoint ?? "", ""));

            // Of one that goes on, the day before tells; so a day that was not looked at makes it new again.
            if (watched.Of(Watched.Drop, touchpoint ?? "", since: DayNumber.Of(yesterday)) is null)
            {
                var dropped = comparison.Tell(site, touchpoint, from, yesterday);
                news.Add(new News(EventTypes.CesDropped, touchpoint ?? "", JsonSerializer.Serialize(dropped, InsightsJson.Default.CesDropped)));
            }
        }

        return (seen, news);
    }

    private static async Task<IEnumerable<(string? Touchpoint, Comparison Comparison)>> DropsAsync(
        DbConnection connection, Selections selections, Site site, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var sides = new Dictionary<string, Sides>(StringComparer.Ordinal);
        var whole = new Sides();
        if (await SavedSelection.Everything.OverAsync(from.AddDays(-DaysBefore), to, site, selections, cancellation) is { } selection)
        {
            await AddAsync(connection, selection, from, sides, whole, cancellation);
        }

        var compared = sides.Select(pair => (Touchpoint: (string?)pair.Key, Comparison: pair.Value.Compare(site.MinimumAnswers)))
            .Prepend((Touchpoint: null, Comparison: whole.Compare(site.MinimumAnswers)))
            .Where(pair => pair.Comparison is not null)
            .Select(pair => (pair.Touchpoint, Comparison: pair.Comparison!))
            .ToList();
        var q = FalseDiscovery.Adjust([.. compared.Select(pair => pair.Comparison.P)]);
        return compared.Zip(q, (pair, corrected) => (pair.Touchpoint, Comparison: pair.Comparison with { Q = corrected }))
            .Where(pair => pair.Comparison.Q < HighestQ && pair.Comparison.Interval.High < 0);
    }

    private static async Task AddAsync(DbConnection connection, Selection selection, DateOnly from, Dictionary<string, Sides> sides, Sides whole, CancellationToken cancellation)
    {
        var source = CellSource.Of(selection, Detail.Day | Detail.Touchpoint);
        var sql =
            $"""
            select touchpoints.name, counted.*
            from (
              select cells.touchpoint, case when cells.day < @FirstDay then 0 else 1 end as side, cells.scale, {EffortCounts.Columns}
              from {source.Table}
              where {source.Where}
              group by 1, 2, 3) counted
            join touchpoints on touchpoints.site = @Site and touchpoints.number = counted.touchpoint
            """;
        source.Parameters.Add("FirstDay", DayNumber.Of(from));
        using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(sql, source.Parameters, cancellationToken: cancellation));
        while (await rows.ReadAsync(cancellation))
        {
            var touchpoint = rows.GetString(0);
            if (!sides.TryGetValue(touchpoint, out var ofTouchpoint))
            {
                sides[touchpoint] = ofTouchpoint = new Sides();
            }

            foreach (var each in new[] { ofTouchpoint, whole })
            {
                (rows.GetInt32(2) == 0 ? each.Before : each.After).AddRow(rows.GetString(3), rows, 4);
            }
        }
    }

    private sealed class Sides
    {
        public EffortCounts Before { get; } = new();

        public EffortCounts After { get; } = new();

        /// <summary>On the scale that has most answers in the later days; null where either side has too few.</summary>
        public Comparison? Compare(int minimumAnswers)
        {
            var scale = After.Answered.OrderByDescending(each => After.EaseOn(each).Counts.Sum()).ThenBy(each => each.ToString(), StringComparer.Ordinal).FirstOrDefault();
            if (scale is null || Before.EaseOn(scale) is not { } before || After.EaseOn(scale) is not { } after || Math.Min(before.Counts.Sum(), after.Counts.Sum()) < minimumAnswers)
            {
                return null;
            }

            return MannWhitney.Of(before, after) is { } ranks && MeanDifference.Of(before, after) is { BoundedInterval: { } interval } difference
                ? new Comparison(scale, before.Sample()!, after.Sample()!, difference.Value, interval, ranks.P)
                : null;
        }
    }

    private sealed record Comparison(Scale Scale, Sample Before, Sample After, double Difference, Interval Interval, double P)
    {
        public double Q { get; init; }

        public CesDropped Tell(Site site, string? touchpoint, DateOnly from, DateOnly to)
        {
            var language = SentenceLanguage.Of(site.Languages);
            var place = touchpoint is null ? site.Name : language.Name(touchpoint);
            return new CesDropped
            {
                Site = site.Id,
                Touchpoint = touchpoint,
                From = from,
                To = to,
                Scale = Scale,
                AnswersBefore = Before.Size,
                Answers = After.Size,
                MeanBefore = Before.Mean,
                Mean = After.Mean,
                Difference = Difference,
                Interval = Interval,
                Q = Q,
                Sentence = language.Say(
                    $"{place} was harder in the last seven days: {After.Mean:0.00} against {Before.Mean:0.00} in the 28 days before; {After.Size:#,0} answers",
                    $"{place} was de laatste zeven dagen moeilijker: {After.Mean:0.00} tegen {Before.Mean:0.00} in de 28 dagen ervoor; {After.Size:#,0} antwoorden"),
            };
        }
    }
}
