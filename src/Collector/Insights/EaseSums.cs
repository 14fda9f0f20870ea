using System.Runtime.InteropServices;
using Collector.Feedback;
using Collector.Statistics;

namespace Collector.Insights;

/// <summary>Effort scores added up across their scales: how many are difficult, each by its own scale's midpoint, and their sums as an index of 0 to 100.</summary>
/// <param name="Count">How many, and how many of them lie on the difficult side.</param>
/// <param name="Index">Their sums, each score as 100 · (ease − min) / (max − min): so can answers on different scales be laid together.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EaseSums(CellCount Count, GroupSums Index)
{
    /// <summary>Both together.</summary>
    public static EaseSums operator +(EaseSums one, EaseSums other) => new(
        new CellCount(one.Count.Answers + other.Count.Answers, one.Count.Difficult + other.Count.Difficult),
        new GroupSums(one.Index.Answers + other.Index.Answers, one.Index.Sum + other.Index.Sum, one.Index.SumOfSquares + other.Index.SumOfSquares));

    /// <summary>Adds up the scores.</summary>
    public static EaseSums Of(EffortCounts effort)
    {
        long answers = 0, difficult = 0;
        double sum = 0, squares = 0;
        foreach (var (scale, counts) in effort.Scales)
        {
            for (var score = scale.Min; score <= scale.Max; score++)
            {
                var count = counts[score - Scale.Lowest];
                var ease = scale.Ease(score);
                var index = 100.0 * (ease - scale.Min) / (scale.Max - scale.Min);
                answers += count;
                difficult += scale.IsDifficult(score) ? count : 0;
                sum += count * index;
                squares += count * index * index;
            }
        }

        return new EaseSums(new CellCount(answers, difficult), new GroupSums(answers, sum, squares));
    }
}
