using Collector.Statistics;

namespace Collector.Insights;

/// <summary>
/// The table touchpoint × intent × (difficult or not) of a selection, by formula <c>patterns-1</c>. Each touchpoint × intent that has answers is tested against the
/// rest of the selection, and so is each touchpoint over all intents and each intent over all touchpoints. An answer whose visitor did not tell an intent is in no cell of
/// an intent: there it belongs to the rest. It counts in its touchpoint and in the selection.
/// </summary>
internal sealed class PatternTable
{
    private readonly Dictionary<(long? Number, string? Intent), TestedCell> cells = [];
    private long answers, difficult;

    /// <summary>The whole selection.</summary>
    public CellCount All => new(answers, difficult);

    /// <summary>Adds what one intent answered at one touchpoint.</summary>
    public void Add(TouchpointIntent counts)
    {
        var count = EaseSums.Of(counts.Effort).Count;
        answers += count.Answers;
        difficult += count.Difficult;
        CellOf(counts.Number, counts.Touchpoint, intent: null).Add(count, counts);
        if (counts.Intent.Length > 0)
        {
            CellOf(counts.Number, counts.Touchpoint, counts.Intent).Add(count, counts);
            CellOf(number: null, touchpoint: null, counts.Intent).Add(count, counts);
        }
    }

    /// <summary>How strongly intent and difficulty go together, over the answers whose intent is known; null where there is nothing to compare.</summary>
    public Association? Association() => Statistics.Association.Of([.. cells.Values.Where(cell => cell.Touchpoint is null).Select(cell => cell.Count)]);

    /// <summary>All cells that have answers, each tested, the surest first.</summary>
    public IReadOnlyList<TestedCell> Test()
    {
        var answered = cells.Values.Where(cell => cell.Count.Answers > 0).ToList();
        foreach (var (cell, test) in answered.Zip(CellTest.Of(All, answered.ConvertAll(cell => cell.Count))))
        {
            cell.Test = test;
        }

        foreach (var cell in answered.Where(cell => cell is { Touchpoint: not null, Intent: not null }))
        {
            foreach (var whole in new[] { cells[(cell.Number, null)], cells[(null, cell.Intent)] })
            {
                whole.IsOneCell |= whole.Count.Answers == cell.Count.Answers;
            }
        }

        // Where p is too small for a number, the residual still tells them apart.
        return [.. answered
            .OrderBy(cell => cell.Test.P).ThenByDescending(cell => Math.Abs(cell.Test.Residual))
            .ThenBy(cell => cell.Touchpoint, StringComparer.Ordinal).ThenBy(cell => cell.Intent, StringComparer.Ordinal)];
    }

    private TestedCell CellOf(long? number, string? touchpoint, string? intent)
    {
        if (!cells.TryGetValue((number, intent), out var cell))
        {
            cells[(number, intent)] = cell = new TestedCell { Number = number, Touchpoint = touchpoint, Intent = intent };
        }

        return cell;
    }
}

/// <summary>One cell of the table.</summary>
internal sealed class TestedCell
{
    // Nothing that is called a pattern has a q of this or above.
    private const double HighestQ = 0.05;

    /// <summary>The touchpoint's number; null for all of them.</summary>
    public required long? Number { get; init; }

    /// <summary>The touchpoint's name; null for all of them.</summary>
    public required string? Touchpoint { get; init; }

    /// <summary>The intent; null for all of them, untold ones included.</summary>
    public required string? Intent { get; init; }

    /// <summary>How many answered, and how many found it difficult.</summary>
    public CellCount Count { get; private set; }

    /// <summary>How many told whether it worked out.</summary>
    public long Told { get; private set; }

    /// <summary>For how many it did.</summary>
    public long Worked { get; private set; }

    /// <summary>Against the rest of the selection.</summary>
    public CellTest Test { get; set; } = null!;

    /// <summary>Whether all answers of a touchpoint are of one intent, or all of an intent at one touchpoint: then that cell says it already.</summary>
    public bool IsOneCell { get; set; }

    /// <summary>Whether it is a pattern: the correction for many comparisons supports it, and there are enough answers.</summary>
    public bool IsPattern(int minimumAnswers) => Stands(Test, minimumAnswers) && !IsOneCell;

    /// <summary>Whether the correction for many comparisons supports it, and there are enough answers.</summary>
    public static bool Stands(CellTest test, int minimumAnswers) => test.Q < HighestQ && test.Answers >= minimumAnswers;

    /// <summary>Adds what was answered here.</summary>
    public void Add(CellCount count, TouchpointIntent counts)
    {
        Count = new CellCount(Count.Answers + count.Answers, Count.Difficult + count.Difficult);
        Told += counts.Told;
        Worked += counts.Worked;
    }
}
