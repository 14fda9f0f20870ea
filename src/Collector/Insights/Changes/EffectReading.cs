using System.Data.Common;
using Collector.Feedback;
using Collector.Sites;
using Collector.Statistics;
using Dapper;

namespace Collector.Insights.Changes;

/// <summary>Reads what a change did: one select over the cells for what was changed, and one for its control.</summary>
internal static class EffectReading
{
    public static async Task<EffectFigure> ReadAsync(DbConnection connection, Selections selections, Site site, ChangeRow change, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!change.Window.IsFull(site.DayOf(now)))
        {
            return new EffectFigure { Verdict = Verdict.TooEarly, Formula = "change-1" };
        }

        var changed = await ReadAsync(connection, selections, site, change.Selects, change.Window, cancellation);
        var control = change.Controls is { } selection ? await ReadAsync(connection, selections, site, selection, change.Window, cancellation) : null;
        var before = CesFigure.Of(changed.Before, site.MinimumAnswers);
        var after = CesFigure.Of(changed.After, site.MinimumAnswers);
        var controlFigure = control is null ? null : new ControlFigure(CesFigure.Of(control.Before, site.MinimumAnswers), CesFigure.Of(control.After, site.MinimumAnswers));
        if (changed.MainScale() is not { } scale)
        {
            return new EffectFigure { Verdict = Verdict.NoDetectableEffect, Before = before, After = after, Control = controlFigure, Formula = "change-1" };
        }

        var effect = ChangeEffect.Of(changed.On(scale), control?.On(scale), windowIsFull: true);
        return new EffectFigure
        {
            Verdict = effect.Verdict,
            Effect = effect.Effect,
            Scale = scale,
            Before = before,
            After = after,
            Difference = effect.Difference,
            Ranks = effect.Ranks,
            Control = controlFigure,
            BeyondControl = effect.BeyondControl,
            Formula = "change-1",
        };
    }

    private static async Task<Sides> ReadAsync(DbConnection connection, Selections selections, Site site, SavedSelection saved, ChangeWindow window, CancellationToken cancellation)
    {
        var sides = new Sides(new EffortCounts(), new EffortCounts());
        if (await saved.OverAsync(window.BeforeFrom, window.AfterTo, site, selections, cancellation) is not { } selection)
        {
            return sides;
        }

        var source = CellSource.Of(selection, Detail.Day);
        var sql =
            $"""
            select case when cells.day < @ChangeDay then 0 else 1 end as side, cells.scale, {EffortCounts.Columns}
            from {source.Table}
            where {source.Where} and cells.day <> @ChangeDay
            group by 1, cells.scale
            """;
        source.Parameters.Add("ChangeDay", DayNumber.Of(window.Day));
        using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(sql, source.Parameters, cancellationToken: cancellation));
        while (await rows.ReadAsync(cancellation))
        {
            (rows.GetInt32(0) == 0 ? sides.Before : sides.After).AddRow(rows.GetString(1), rows, 2);
        }

        return sides;
    }

    private sealed record Sides(EffortCounts Before, EffortCounts After)
    {
        public BeforeAndAfter On(Scale scale) => new(Before.EaseOn(scale), After.EaseOn(scale));

        // The scale that has most to compare; null when nobody answered.
        public Scale? MainScale() => Before.Scales.Keys.Union(After.Scales.Keys)
            .Select(scale => (Scale: scale, Before: SizeOf(Before, scale), After: SizeOf(After, scale)))
            .Where(size => size.Before + size.After > 0)
            .OrderByDescending(size => Math.Min(size.Before, size.After)).ThenByDescending(size => size.Before + size.After)
            .ThenBy(size => size.Scale.ToString(), StringComparer.Ordinal)
            .FirstOrDefault().Scale;

        private static long SizeOf(EffortCounts effort, Scale scale) => effort.EaseOn(scale).Counts.Sum();
    }
}
