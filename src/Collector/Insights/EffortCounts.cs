using System.Data.Common;
using Collector.Feedback;
using Collector.Statistics;

namespace Collector.Insights;

/// <summary>How often each score was given, per scale: what the cells hold of effort, added up.</summary>
public sealed class EffortCounts
{
    /// <summary>The columns of the cells to select, added up; <see cref="AddRow"/> reads them.</summary>
    public static readonly string Columns = string.Join(
        ", ", Enumerable.Range(Scale.Lowest, Scores).Select(score => $"cast(sum(cells.effort_{score}) as bigint) as effort_{score}"));

    /// <summary>The same columns as they are.</summary>
    public static readonly string EachColumn = string.Join(", ", Enumerable.Range(Scale.Lowest, Scores).Select(score => $"cells.effort_{score}"));

    private const int Scores = Scale.Highest - Scale.Lowest + 1;

    private readonly Dictionary<Scale, long[]> scales = [];

    /// <summary>The counts of each scale that has answers; the i-th is that of score <see cref="Scale.Lowest"/> + i.</summary>
    public IReadOnlyDictionary<Scale, long[]> Scales => scales;

    /// <summary>The scales on which somebody answered: bots leave cells without.</summary>
    internal IEnumerable<Scale> Answered => scales.Where(scale => scale.Value.Any(count => count > 0)).Select(scale => scale.Key);

    /// <summary>Adds a row's counts; its effort columns begin at <paramref name="first"/>.</summary>
    public void AddRow(string scale, DbDataReader row, int first)
    {
        if (scale.Length == 0)
        {
            return; // The cells of responses without an effort score.
        }

        var counts = Of(Scale.Parse(scale));
        for (var i = 0; i < Scores; i++)
        {
            counts[i] += row.GetInt64(first + i);
        }
    }

    /// <summary>Adds other counts.</summary>
    public void Add(EffortCounts other)
    {
        foreach (var (scale, added) in other.scales)
        {
            var counts = Of(scale);
            for (var i = 0; i < Scores; i++)
            {
                counts[i] += added[i];
            }
        }
    }

    /// <summary>How often each ease was given on a scale; none at all where nobody answered on it.</summary>
    public ScoreCounts EaseOn(Scale scale)
    {
        var byEase = new long[scale.Max - scale.Min + 1];
        if (scales.TryGetValue(scale, out var counts))
        {
            for (var score = scale.Min; score <= scale.Max; score++)
            {
                byEase[scale.Ease(score) - scale.Min] = counts[score - Scale.Lowest];
            }
        }

        return new ScoreCounts(scale.Min, byEase);
    }

    /// <summary>The answers as indexes, 0 (hardest) to 100 (easiest), so that different scales can be laid side by side.</summary>
    internal GroupSums Indexes()
    {
        var (answers, sum, squares) = (0L, 0.0, 0.0);
        foreach (var (scale, counts) in scales)
        {
            for (var score = scale.Min; score <= scale.Max; score++)
            {
                var (count, index) = (counts[score - Scale.Lowest], 100.0 * (scale.Ease(score) - scale.Min) / (scale.Max - scale.Min));
                answers += count;
                sum += count * index;
                squares += count * index * index;
            }
        }

        return new GroupSums(answers, sum, squares);
    }

    private long[] Of(Scale scale)
    {
        if (!scales.TryGetValue(scale, out var counts))
        {
            scales[scale] = counts = new long[Scores];
        }

        return counts;
    }
}
