using System.Globalization;

namespace Collector.Feedback;

/// <summary>Colours that are read on each other, as <c>#rrggbb</c>. Each text has a contrast of at least 4.5 to 1 with what is behind it (WCAG 2.2, AA).</summary>
/// <param name="Background">Behind the questions.</param>
/// <param name="Text">The questions and answers.</param>
/// <param name="Accent">What can be pressed and what is chosen; read on the background too.</param>
/// <param name="OnAccent">Text on the accent.</param>
public sealed record Palette(string Background, string Text, string Accent, string OnAccent)
{
    private const double LowestContrast = 4.5;

    /// <summary>The same in lower case. What is no colour, or cannot be read, is added to <paramref name="errors"/>.</summary>
    public Palette Checked(string pointer, FieldErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var before = errors.Count;
        IsColor(Background, "background");
        IsColor(Text, "text");
        IsColor(Accent, "accent");
        IsColor(OnAccent, "onAccent");
        if (errors.Count == before)
        {
            CanBeRead(Text, Background, "text", "background");
            CanBeRead(Accent, Background, "accent", "background");
            CanBeRead(OnAccent, Accent, "onAccent", "accent");
        }

        return errors.Count > before ? this : new Palette(Lower(Background), Lower(Text), Lower(Accent), Lower(OnAccent));

        void IsColor(string? color, string member)
        {
            if (color?.Length != 7 || color[0] != '#' || !color.Skip(1).All(char.IsAsciiHexDigit))
            {
                errors.Add($"{pointer}/{member}", "Must be a colour, such as #2a58bf.");
            }
        }

        void CanBeRead(string color, string behind, string member, string on)
        {
            if (Contrast(color, behind) is < LowestContrast and var contrast)
            {
                // Rounded down: 4.499 is not 4.5.
                errors.Add($"{pointer}/{member}", string.Create(CultureInfo.InvariantCulture, $"Its contrast with {on} is {Math.Floor(contrast * 100) / 100} to 1; it must be at least {LowestContrast}."));
            }
        }
    }

    /// <summary>How well one colour is read on another: 1 not at all, 21 black on white (WCAG 2.2).</summary>
    public static double Contrast(string color, string other)
    {
        var (one, two) = (Luminance(color), Luminance(other));
        return (Math.Max(one, two) + 0.05) / (Math.Min(one, two) + 0.05);
    }

    private static double Luminance(string color) => (0.2126 * Light(color, 1)) + (0.7152 * Light(color, 3)) + (0.0722 * Light(color, 5));

    private static double Light(string color, int at)
    {
        var part = int.Parse(color.AsSpan(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
    }

    private static string Lower(string color) => color.ToLowerInvariant();
}
