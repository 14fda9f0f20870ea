using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Collector.Feedback;

/// <summary>Which end of a scale means "easy".</summary>
public enum EasyEnd
{
    /// <summary>High scores are easy: single ease, CES 2.0.</summary>
    High,

    /// <summary>Low scores are easy: CES 1.0, which asks for effort.</summary>
    Low,
}

/// <summary>The scale on which a score was given: its ends, between 0 and 10, and which of them is easy.</summary>
public sealed record Scale
{
    /// <summary>The lowest and highest score that any scale can have; the rollup cells have a column for each between them.</summary>
    public const int Lowest = 0, Highest = 10;

    // There are 110. Figures read them from thousands of rows.
    private static readonly FrozenDictionary<string, Scale> All = (
        from min in Enumerable.Range(Lowest, Highest - Lowest)
        from max in Enumerable.Range(min + 1, Highest - min)
        from easy in Enum.GetValues<EasyEnd>()
        select new Scale(min, max, easy)).ToFrozenDictionary(scale => scale.text, StringComparer.Ordinal);

    private readonly string text;

    /// <summary>A scale from <paramref name="min"/> to <paramref name="max"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The ends are not ordered, or lie outside 0 to 10.</exception>
    public Scale(int min, int max, EasyEnd easy)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(min, Lowest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, Highest);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(min, max);
        (Min, Max, Easy) = (min, max, easy);
        text = string.Create(CultureInfo.InvariantCulture, $"{(easy == EasyEnd.High ? min : max)}-{(easy == EasyEnd.High ? max : min)}");
    }

    /// <summary>The lowest score.</summary>
    public int Min { get; }

    /// <summary>The highest score.</summary>
    public int Max { get; }

    /// <summary>The end that means "easy".</summary>
    public EasyEnd Easy { get; }

    /// <summary>The middle of the scale, itself neither easy nor difficult. May lie between two scores.</summary>
    [JsonIgnore]
    public double Midpoint => (Min + Max) / 2.0;

    /// <summary>Whether a score lies on the scale.</summary>
    public bool Contains(int score) => score >= Min && score <= Max;

    /// <summary>The score turned so that higher always means easier, on the same range.</summary>
    public int Ease(int score) => Easy == EasyEnd.High ? score : Min + Max - score;

    /// <summary>Whether who gave this score found it difficult: it lies on that side of the middle.</summary>
    public bool IsDifficult(int score) => Ease(score) < Midpoint;

    /// <summary>The scale as it is stored: <c>1-7</c>, or <c>5-1</c> where the low end is easy.</summary>
    public override string ToString() => text;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static Scale Parse(string text) => All.TryGetValue(text, out var scale) ? scale : throw new FormatException($"No scale: {text}");
}
