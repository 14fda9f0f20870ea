using System.Globalization;
using System.Text.Json.Serialization;
using Collector.Feedback;
using Collector.Statistics;

namespace Collector.Insights;

/// <summary>A Customer Effort Score, by formula <c>ces-1</c>. All but the distribution is about ease: the score turned so that higher is easier.</summary>
public sealed record CesFigure
{
    /// <summary>How many effort scores it is made from.</summary>
    public required long Answers { get; init; }

    /// <summary>The mean ease, on the scale. Null without answers, and when the answers are on different scales: those are never averaged raw.</summary>
    public required double? Mean { get; init; }

    /// <summary>The 95 % t interval of the mean. Null with fewer than two answers. It is not cut off at the ends of the scale.</summary>
    public required Interval? MeanInterval { get; init; }

    /// <summary>The mean as 0 (hardest) to 100 (easiest): 100 · (ease − min) / (max − min).</summary>
    public required double? Index { get; init; }

    /// <summary>The share of answers above the scale's midpoint.</summary>
    public required ShareFigure? Easy { get; init; }

    /// <summary>The share of answers below the scale's midpoint.</summary>
    public required ShareFigure? Difficult { get; init; }

    /// <summary>The share that is easy less the share that is difficult, −1 to 1.</summary>
    public required double? Net { get; init; }

    /// <summary>How often each score was given: raw scores, as visitors saw them. Null without answers, and when the answers are on different scales.</summary>
    public required IReadOnlyDictionary<string, long>? Distribution { get; init; }

    /// <summary>The scale. Null without answers, and when the answers are on different scales.</summary>
    public required Scale? Scale { get; init; }

    /// <summary>When the answers are on different scales: each scale's own part. Otherwise left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ScaleFigure>? Scales { get; init; }

    /// <summary>Whether there are as many answers as the site asks for before a figure is to be relied on.</summary>
    public required bool Enough { get; init; }

    /// <summary>The formula's name.</summary>
    public required string Formula { get; init; }

    /// <summary>The figure of these counts.</summary>
    public static CesFigure Of(EffortCounts effort, int minimumAnswers)
    {
        var scales = effort.Scales
            .Select(part => ScaleFigure.Of(part.Key, part.Value))
            .OfType<ScaleFigure>()
            .OrderByDescending(part => part.Answers).ThenBy(part => part.Scale.ToString(), StringComparer.Ordinal)
            .ToList();
        var answers = scales.Sum(part => part.Answers);
        var one = scales.Count == 1 ? scales[0] : null;
        var easy = answers == 0 ? null : new Proportion(scales.Sum(part => part.EasyAnswers), answers);
        var difficult = answers == 0 ? null : new Proportion(scales.Sum(part => part.DifficultAnswers), answers);
        return new CesFigure
        {
            Answers = answers,
            Mean = one?.Mean,
            MeanInterval = one?.MeanInterval,
            Index = answers == 0 ? null : scales.Sum(part => part.Index * part.Answers) / answers,
            Easy = ShareFigure.Of(easy),
            Difficult = ShareFigure.Of(difficult),
            Net = easy?.Share - difficult?.Share,
            Distribution = one?.Distribution,
            Scale = one?.Scale,
            Scales = scales.Count > 1 ? scales : null,
            Enough = answers >= minimumAnswers,
            Formula = "ces-1",
        };
    }
}

/// <summary>The answers that were given on one scale.</summary>
public sealed record ScaleFigure
{
    /// <summary>The scale.</summary>
    public required Scale Scale { get; init; }

    /// <summary>How many effort scores were given on it.</summary>
    public required long Answers { get; init; }

    /// <summary>The mean ease on this scale.</summary>
    public required double Mean { get; init; }

    /// <summary>The 95 % t interval of the mean. Null for a single answer.</summary>
    public required Interval? MeanInterval { get; init; }

    /// <summary>The mean as 0 (hardest) to 100 (easiest).</summary>
    public required double Index { get; init; }

    /// <summary>How often each score was given: raw scores.</summary>
    public required IReadOnlyDictionary<string, long> Distribution { get; init; }

    internal long EasyAnswers { get; private init; }

    internal long DifficultAnswers { get; private init; }

    /// <summary>The figure of one scale; null when nobody answered on it.</summary>
    internal static ScaleFigure? Of(Scale scale, long[] counts)
    {
        var scores = Enumerable.Range(scale.Min, scale.Max - scale.Min + 1).ToList();
        long CountOf(int score) => counts[score - Scale.Lowest];

        var byEase = new long[scores.Count];
        foreach (var score in scores)
        {
            byEase[scale.Ease(score) - scale.Min] = CountOf(score);
        }

        return Sample.Of(scale.Min, byEase) is not { } sample ? null : new ScaleFigure
        {
            Scale = scale,
            Answers = sample.Size,
            Mean = sample.Mean,
            MeanInterval = sample.MeanInterval(),
            Index = 100 * (sample.Mean - scale.Min) / (scale.Max - scale.Min),
            Distribution = scores.ToDictionary(score => score.ToString(CultureInfo.InvariantCulture), CountOf),
            EasyAnswers = scores.Where(score => scale.Ease(score) > scale.Midpoint).Sum(CountOf),
            DifficultAnswers = scores.Where(scale.IsDifficult).Sum(CountOf),
        };
    }
}

/// <summary>A share with its 95 % Wilson interval, all between 0 and 1.</summary>
/// <param name="Share">The share.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
public sealed record ShareFigure(double Share, double Low, double High)
{
    /// <summary>The figure of a proportion; none of none.</summary>
    public static ShareFigure? Of(Proportion? proportion)
    {
        if (proportion is not { Of: > 0 } known)
        {
            return null;
        }

        var interval = known.WilsonInterval();
        return new ShareFigure(known.Share, interval.Low, interval.High);
    }
}
