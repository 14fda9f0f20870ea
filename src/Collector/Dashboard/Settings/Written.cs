using System.Globalization;
using Collector.Feedback;

namespace Collector.Dashboard.Settings;

/// <summary>Reads what people write into the fields of a form.</summary>
internal static class Written
{
    /// <summary>A text without spaces around it; null for none.</summary>
    public static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>What stands in it, one a line.</summary>
    public static string[] Lines(string? text) => (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What stands in it between commas or spaces.</summary>
    public static string[] List(string? text) => (text ?? "").Split([',', ' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A whole number; what is none is added to <paramref name="errors"/>.</summary>
    public static int? Whole(string? text, string field, FieldErrors errors)
    {
        if (int.TryParse(Text(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        errors.Add(field, "A whole number.");
        return null;
    }

    /// <summary>A number as a field of a form holds it.</summary>
    public static string Of(int number) => number.ToString(CultureInfo.InvariantCulture);
}
