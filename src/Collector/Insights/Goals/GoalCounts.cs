using Collector.Feedback;
using Collector.Statistics;

namespace Collector.Insights.Goals;

/// <summary>What the cells hold of a goal's selection, by day, and what each metric makes of it.</summary>
internal sealed class GoalCounts
{
    private readonly Dictionary<int, Day> days = [];

    /// <summary>The counts of a day, to be added to.</summary>
    public Day On(int day)
    {
        if (!days.TryGetValue(day, out var counts))
        {
            days[day] = counts = new Day();
        }

        return counts;
    }

    /// <summary>The scale on which all effort scores were given; null where that is not one.</summary>
    public Scale? Scale => CesFigure.Of(AllEffort(), minimumAnswers: 0).Scale;

    /// <summary>Adds a day's counts as they are and will be.</summary>
    public Day Add(int day, Day counts) => days[day] = counts;

    /// <summary>The figure of all days, as its own route gives it, and the values that it is the mean of, day by day.</summary>
    public (long Answers, double? Value, Interval? Interval, IReadOnlyList<DaySums> Days) Of(GoalMetric metric)
    {
        var ces = CesFigure.Of(AllEffort(), minimumAnswers: 0);
        switch (metric)
        {
            case GoalMetric.Ces:
                return (ces.Answers, ces.Mean, ces.MeanInterval, ces.Mean is null ? [] : EaseByDay((scale, ease) => ease));

            case GoalMetric.Index:
                var byDay = EaseByDay((scale, ease) => 100.0 * (ease - scale.Min) / (scale.Max - scale.Min));
                return (ces.Answers, ces.Index, new GroupSums(ces.Answers, byDay.Sum(day => day.Values.Sum), byDay.Sum(day => day.Values.SumOfSquares)).MeanInterval(), byDay);

            case GoalMetric.Easy:
                return (ces.Answers, ces.Easy?.Share, IntervalOf(ces.Easy), EaseByDay((scale, ease) => ease > scale.Midpoint ? 1 : 0));

            case GoalMetric.Success:
                var told = days.Values.Sum(day => day.Told);
                var share = ShareFigure.Of(new Proportion(days.Values.Sum(day => day.Worked), told));
                return (told, share?.Share, IntervalOf(share),
                    [.. days.Where(day => day.Value.Told > 0).Select(day => new DaySums(day.Key, new GroupSums(day.Value.Told, day.Value.Worked, day.Value.Worked)))]);

            case GoalMetric.Nps:
                var nps = NpsFigure.Of(AllScores(), minimumAnswers: 0);
                return (nps.Answers, nps.Score, nps.Interval, ScoresByDay(score => score >= 9 ? 100 : score <= 6 ? -100 : 0));

            case GoalMetric.Csat:
                var csat = CsatFigure.Of(AllScores(), minimumAnswers: 0);
                return (csat.Answers, csat.Index, csat.IndexInterval, ScoresByDay(score => 100.0 * (score - CsatFigure.Lowest) / (CsatFigure.Highest - CsatFigure.Lowest)));

            default:
                throw new InvalidOperationException($"No rule says how {metric} is measured.");
        }
    }

    private EffortCounts AllEffort()
    {
        var effort = new EffortCounts();
        foreach (var day in days.Values)
        {
            effort.Add(day.Effort);
        }

        return effort;
    }

    private List<DaySums> EaseByDay(Func<Scale, int, double> worth)
    {
        var sums = new List<DaySums>();
        foreach (var (number, day) in days)
        {
            var values = default(GroupSums);
            foreach (var scale in day.Effort.Scales.Keys)
            {
                var ease = day.Effort.EaseOn(scale);
                for (var i = 0; i < ease.Counts.Count; i++)
                {
                    values = values.And(worth(scale, ease.Lowest + i), ease.Counts[i]);
                }
            }

            if (values.Answers > 0)
            {
                sums.Add(new DaySums(number, values));
            }
        }

        return sums;
    }

    private long[] AllScores()
    {
        var all = new long[ScoreReading.Scores];
        foreach (var day in days.Values)
        {
            for (var score = 0; score < all.Length; score++)
            {
                all[score] += day.Scores[score];
            }
        }

        return all;
    }

    private List<DaySums> ScoresByDay(Func<int, double> worth) =>
        [.. days.Select(day => new DaySums(day.Key, day.Value.Scores.Select((count, score) => (Count: count, Score: score)).Aggregate(default(GroupSums), (sums, given) => sums.And(worth(given.Score), given.Count))))
            .Where(day => day.Values.Answers > 0)];

    private static Interval? IntervalOf(ShareFigure? share) => share is null ? null : new Interval(share.Low, share.High);

    /// <summary>What the cells hold of one day.</summary>
    public sealed class Day
    {
        public EffortCounts Effort { get; } = new();

        /// <summary>How many told whether it worked out; who was still busy is left out.</summary>
        public long Told { get; set; }

        /// <summary>For how many it did.</summary>
        public long Worked { get; set; }

        /// <summary>How often each score from 0 to 10 was given, where the metric is one of scores.</summary>
        public long[] Scores { get; } = new long[ScoreReading.Scores];
    }
}
