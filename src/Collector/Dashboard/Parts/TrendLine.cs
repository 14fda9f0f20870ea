using System.Globalization;
using Collector.Insights;
using Collector.Insights.Goals;
using Collector.Statistics;

namespace Collector.Dashboard.Parts;

/// <summary>What a trend draws, and how it is written.</summary>
/// <param name="Name">What its values are called at the head of their column.</param>
/// <param name="Min">The lowest that they can be.</param>
/// <param name="Max">The highest.</param>
/// <param name="Format">How they are written.</param>
/// <param name="Points">The days, weeks or months, in order.</param>
public sealed record TrendLine(string Name, double Min, double Max, string Format, IReadOnlyList<TrendPoint> Points)
{
    private const string WithDecimals = "0.00", Whole = "0", AtMostOneDecimal = "0.#", Percent = "0.#\u00a0'%'";

    /// <summary>The Customer Effort Score, or the index from 0 to 100 where answers on different scales have no mean in common.</summary>
    public static TrendLine Of(CesFigure all, IReadOnlyList<CesPart> parts) => all.Scale is { } scale
        ? new TrendLine("CES", scale.Min, scale.Max, WithDecimals, PointsOf(parts, ces => ces.Mean, ces => ces.MeanInterval))
        : new TrendLine("CES", 0, 100, Whole, PointsOf(parts, ces => ces.Index, _ => null));

    /// <summary>The figure of a goal; shares as percentages.</summary>
    public static TrendLine Of(GoalHistory history)
    {
        var (min, max, format, unit) = history.Metric switch
        {
            GoalMetric.Ces => (history.Scale?.Min ?? 0, history.Scale?.Max ?? 100, WithDecimals, 1),
            GoalMetric.Nps => (-100, 100, AtMostOneDecimal, 1),
            var metric when GoalUnit.IsShare(metric) => (0, 100, Percent, 100),
            _ => (0, 100, AtMostOneDecimal, 1),
        };
        return new TrendLine(
            GoalUnit.NameOf(history.Metric),
            min,
            max,
            format,
            [.. history.Items.Select(part => new TrendPoint(
                part.Key, unit * part.Value, part.Interval is { } interval ? new Interval(unit * interval.Low, unit * interval.High) : null, part.Answers))]);
    }

    /// <summary>A value as it stands in the table.</summary>
    public string Write(double value, CultureInfo culture) => value.ToString(Format, culture);

    private static List<TrendPoint> PointsOf(IReadOnlyList<CesPart> parts, Func<CesFigure, double?> value, Func<CesFigure, Interval?> interval) =>
        [.. parts.Where(part => part.Key is not null).Select(part => new TrendPoint(part.Key!, value(part.Ces), interval(part.Ces), part.Ces.Answers))];
}

/// <summary>One day, week or month of a trend.</summary>
/// <param name="Key">Which.</param>
/// <param name="Value">The figure; null without.</param>
/// <param name="Interval">Its 95 % interval; null without.</param>
/// <param name="Answers">How many answers it is made from.</param>
public sealed record TrendPoint(string Key, double? Value, Interval? Interval, long Answers);
