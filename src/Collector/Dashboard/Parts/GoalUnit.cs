using System.Globalization;
using Collector.Dashboard.Shell;
using Collector.Insights.Goals;
using Collector.Statistics;

namespace Collector.Dashboard.Parts;

/// <summary>How the figure of a goal is written.</summary>
internal static class GoalUnit
{
    /// <summary>Whether a metric is a share, which people know as a percentage.</summary>
    public static bool IsShare(GoalMetric metric) => metric is GoalMetric.Easy or GoalMetric.Success;

    /// <summary>A value in the metric's unit.</summary>
    public static string Format(GoalMetric metric, double value, CultureInfo culture) => metric switch
    {
        GoalMetric.Ces => value.ToString("0.00", culture),
        GoalMetric.Easy or GoalMetric.Success => $"{(100 * value).ToString("0.#", culture)}\u00a0%",
        _ => value.ToString("0.#", culture),
    };

    /// <summary>An interval of such values.</summary>
    public static string Range(GoalMetric metric, Interval interval, CultureInfo culture) =>
        $"{(IsShare(metric) ? (100 * interval.Low).ToString("0.#", culture) : Format(metric, interval.Low, culture))}–{Format(metric, interval.High, culture)}";

    /// <summary>How far two values of it lie apart.</summary>
    public static string Difference(GoalMetric metric, double value, Words words) => IsShare(metric)
        ? words.Say("{0} percentage points", (100 * value).ToString("0.#", words.Culture))
        : words.Say("{0} points", value.ToString(metric == GoalMetric.Ces ? "0.00" : "0.#", words.Culture));

    /// <summary>What a metric is called.</summary>
    public static string NameOf(GoalMetric metric) => metric switch
    {
        GoalMetric.Ces => "Customer Effort Score",
        GoalMetric.Index => "Ease, 0 to 100",
        GoalMetric.Easy => "Share that found it easy",
        GoalMetric.Success => "Share for whom it worked out",
        GoalMetric.Nps => "Net Promoter Score",
        _ => "Satisfaction, 0 to 100",
    };
}
