using System.Globalization;
using Collector.Dashboard.Shell;
using Collector.Insights.Changes;
using Collector.Statistics;

namespace Collector.Dashboard.Changes;

/// <summary>What a change did, in plain words.</summary>
internal static class EffectWords
{
    /// <summary>A difference with its sign.</summary>
    public static string Signed(double value, CultureInfo culture) => value.ToString("+0.00;\u22120.00;0.00", culture);

    /// <summary>An interval of differences.</summary>
    public static string Range(Interval interval, Words words) => words.Say("{0} to {1}", Signed(interval.Low, words.Culture), Signed(interval.High, words.Culture));

    /// <summary>The verdict as a sentence.</summary>
    public static string Sentence(ChangeAnswer change, Words words)
    {
        var effect = change.Effect!;
        if (effect.Verdict == Verdict.TooEarly)
        {
            return words.Say("It is too early to tell. It can be told on {0}, when {1} days after the change are over.", Day(change.After.To.AddDays(1), words), change.Days);
        }

        if (effect.Effect is not { } difference || effect.Scale is not { } scale)
        {
            return words.Say("Nothing can be told: nobody answered, before or after.");
        }

        var beyond = effect.BeyondControl is not null;
        var by = Math.Abs(difference.Value).ToString("0.00", words.Culture);
        var sure = difference.BoundedInterval is { } interval ? $" ({Range(interval, words)})" : "";
        var points = words.Say("{0} points on a scale of {1} to {2}", by, scale.Min, scale.Max) + sure;
        return effect.Verdict switch
        {
            Verdict.Improved => words.Say(beyond ? "It became easier, by {0} more than elsewhere." : "It became easier, by {0}.", points),
            Verdict.Worse => words.Say(beyond ? "It became harder, by {0} more than elsewhere." : "It became harder, by {0}.", points),
            _ when difference.BoundedInterval is null => words.Say("No effect can be told: there are too few answers on one side."),
            _ when difference.SmallestDetectable is { } smallest => words.Say(
                "No effect can be told from chance. The difference is {0}{1}; with so many answers, an effect of {2} points or more would most likely have shown.",
                Signed(difference.Value, words.Culture), sure, smallest.ToString("0.00", words.Culture)),
            _ => words.Say("No effect can be told from chance. The difference is {0}{1}.", Signed(difference.Value, words.Culture), sure),
        };
    }

    private static string Day(DateOnly day, Words words) => day.ToString("d MMMM yyyy", words.Culture);
}
