namespace Collector.Dashboard.Parts;

/// <summary>The id of a part of a page, made of what it is about, so that other pages can lead to it.</summary>
internal static class Anchor
{
    /// <summary>The id: the same each time.</summary>
    /// <param name="kind">What kind of part it is.</param>
    /// <param name="names">What tells it from others of its kind.</param>
    public static string Of(string kind, params string?[] names) =>
        $"{kind}-{(uint)string.Join(' ', names).Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter)):x}";
}
