namespace Collector.Feedback;

/// <summary>What names that are written into addresses, answers and figures may look like.</summary>
internal static class Names
{
    /// <summary>The most characters in the name of a survey, a question or a choice.</summary>
    public const int Longest = 100;

    /// <summary>Letters, digits, <c>_</c>, <c>-</c> and <c>.</c>.</summary>
    public static bool AreLetters(string? name, int longest = Longest) =>
        name?.Length > 0 && name.Length <= longest && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.');

    /// <summary>Lower-case letters, digits and <c>-</c>, as they look best in an address.</summary>
    public static bool IsSlug(string? name) =>
        name?.Length is > 0 and <= Longest && name[0] != '-' && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
