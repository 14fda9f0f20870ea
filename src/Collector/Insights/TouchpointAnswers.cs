namespace Collector.Insights;

/// <summary>What was answered at one touchpoint, over all intents.</summary>
internal sealed class TouchpointAnswers
{
    /// <summary>The effort scores.</summary>
    public EffortCounts Effort { get; } = new();

    /// <summary>The scores added up.</summary>
    public EaseSums Sums { get; private set; }

    /// <summary>How many told whether it worked out.</summary>
    public long Told { get; private set; }

    /// <summary>For how many it did.</summary>
    public long Worked { get; private set; }

    /// <summary>How many of each intent found it difficult, of those who told it.</summary>
    public Dictionary<string, long> DifficultByIntent { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds what one intent answered here.</summary>
    public void Add(TouchpointIntent counts)
    {
        Effort.Add(counts.Effort);
        var sums = EaseSums.Of(counts.Effort);
        Sums += sums;
        Told += counts.Told;
        Worked += counts.Worked;
        if (counts.Intent.Length > 0)
        {
            DifficultByIntent[counts.Intent] = DifficultByIntent.GetValueOrDefault(counts.Intent) + sums.Count.Difficult;
        }
    }
}
