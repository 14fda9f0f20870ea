namespace Collector.Insights.Responses;

/// <summary>A label that people put on responses.</summary>
internal static class ResponseLabel
{
    /// <summary>What it must be.</summary>
    public const string Rule = "1 to 50 characters, and not blank.";

    /// <summary>At most so many are on one response.</summary>
    public const int Most = 20;

    private const int Longest = 50;

    /// <summary>A label as it is stored, with nothing around it; null where it is none.</summary>
    public static string? Read(string? text)
    {
        var label = text?.Trim();
        return label?.Length is > 0 and <= Longest && !label.Any(char.IsControl) ? label : null;
    }
}
