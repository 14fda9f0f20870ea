namespace Collector.Feedback;

/// <summary>Names of languages, as BCP 47 writes them.</summary>
public static class LanguageTag
{
    private const int Longest = 35;

    /// <summary>Whether a text has the form of a tag: <c>nl</c>, <c>pt-BR</c>.</summary>
    public static bool IsOne(string? text)
    {
        if (text is null or { Length: > Longest })
        {
            return false;
        }

        var subtags = text.Split('-');
        return subtags[0].Length is 2 or 3 && subtags[0].All(char.IsAsciiLetter)
            && subtags.Skip(1).All(subtag => subtag.Length is >= 1 and <= 8 && subtag.All(char.IsAsciiLetterOrDigit));
    }

    /// <summary>Whether a text is the first part of a tag alone, in lower case.</summary>
    public static bool IsPrimary(string? text) => text?.Length is 2 or 3 && text.All(char.IsAsciiLetterLower);

    /// <summary>The first part of a tag, in lower case.</summary>
    public static string Primary(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        return tag.Split('-')[0].ToLowerInvariant();
    }
}
