using System.Globalization;
using System.Text.Json.Serialization;

namespace Collector.Feedback;

/// <summary>The corner of the page in which surveys show.</summary>
public enum Corner
{
    /// <summary>At the end of the line: on the right, where lines run to the right.</summary>
    BottomEnd,

    /// <summary>At the start of the line.</summary>
    BottomStart,
}

/// <summary>How a site's surveys look. What is left out looks as it does by default, which is readable in light and dark.</summary>
public sealed record Appearance
{
    private const int LargestRadius = 32, LongestFont = 200, LongestLogo = 2_048;

    /// <summary>The corner; <c>bottomEnd</c> by default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Corner? Position { get; init; }

    /// <summary>The colours on a light page, and on a dark one where <see cref="DarkColors"/> is left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Palette? Colors { get; init; }

    /// <summary>The colours for visitors who prefer dark pages.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Palette? DarkColors { get; init; }

    /// <summary>How round the corners are, 0 to 32 CSS pixels.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? CornerRadius { get; init; }

    /// <summary>A list of fonts as CSS has it: <c>"Open Sans", sans-serif</c>. 1 to 200 letters, digits, spaces, commas, quotes and hyphens. The page must have loaded them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Font { get; init; }

    /// <summary>The https URL of a logo. The visitor's browser asks its host for it, so keep it on the site's own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Logo { get; init; }

    /// <summary>The same in its one form. What is wrong is added to <paramref name="errors"/>.</summary>
    public Appearance Checked(string pointer, FieldErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (CornerRadius is < 0 or > LargestRadius)
        {
            errors.Add($"{pointer}/cornerRadius", string.Create(CultureInfo.InvariantCulture, $"A whole number from 0 to {LargestRadius}."));
        }

        if (Font is not null && (string.IsNullOrWhiteSpace(Font) || Font.Length > LongestFont || !Font.All(letter => char.IsLetterOrDigit(letter) || letter is ' ' or ',' or '-' or '\'' or '"')))
        {
            errors.Add($"{pointer}/font", string.Create(CultureInfo.InvariantCulture, $"A list of fonts: 1 to {LongestFont} letters, digits, spaces, commas, quotes and hyphens."));
        }

        if (Logo is not null && (Logo.Length > LongestLogo || !Logo.StartsWith("https://", StringComparison.Ordinal) || !Page.TryParse(Logo, out _)))
        {
            errors.Add($"{pointer}/logo", string.Create(CultureInfo.InvariantCulture, $"Must be an https URL of at most {LongestLogo} characters."));
        }

        return this with { Colors = Colors?.Checked($"{pointer}/colors", errors), DarkColors = DarkColors?.Checked($"{pointer}/darkColors", errors) };
    }
}
