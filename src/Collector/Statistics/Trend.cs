using System.Runtime.InteropServices;

namespace Collector.Statistics;

/// <summary>What is known of one day's values.</summary>
/// <param name="Day">The day, counted from any day.</param>
/// <param name="Values">How many values, their sum and the sum of their squares.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DaySums(int Day, GroupSums Values);

/// <summary>The straight line through values by day: ordinary least squares over single values (Legendre 1805), from what each day adds up to.</summary>
/// <param name="PerDay">The slope: how much the values rise from one day to the next, in their own unit.</param>
/// <param name="Interval">Its 95 % t interval, with two degrees of freedom less than there are values. Null with fewer than three values.</param>
public sealed record Trend(double PerDay, Interval? Interval)
{
    /// <summary>Whether the slope differs from 0 by more than chance explains.</summary>
    public bool IsClear => Interval is { } interval && (interval.Low > 0 || interval.High < 0);

    /// <summary>The trend of some days; null unless two different days have values.</summary>
    /// <param name="days">Each with at least one value.</param>
    public static Trend? Of(IReadOnlyList<DaySums> days)
    {
        var size = days.Sum(day => day.Values.Answers);
        if (size == 0)
        {
            return null;
        }

        var middle = days.Sum(day => day.Values.Answers * (double)day.Day) / size;
        var mean = days.Sum(day => day.Values.Sum) / size;
        double dayScatter = 0, together = 0, scatter = 0;
        foreach (var (day, values) in days)
        {
            dayScatter += values.Answers * Square(day - middle);
            together += (day - middle) * values.Answers * (values.Mean - mean);
            scatter += values.Scatter + (values.Answers * Square(values.Mean - mean));
        }

        if (dayScatter == 0)
        {
            return null;
        }

        var slope = together / dayScatter;
        if (size < 3)
        {
            return new Trend(slope, null);
        }

        var residual = Math.Max(0, scatter - (slope * together));
        var margin = StudentsT.Quantile(0.975, size - 2) * Math.Sqrt(residual / (size - 2) / dayScatter);
        return new Trend(slope, new Interval(slope - margin, slope + margin));
    }

    private static double Square(double value) => value * value;
}
