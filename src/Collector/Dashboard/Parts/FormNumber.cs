using System.Globalization;
using Collector.Feedback;

namespace Collector.Dashboard.Parts;

/// <summary>Reads numbers and days out of forms, where people type them.</summary>
internal static class FormNumber
{
    /// <summary>A number, with a point or a comma; null, which is added to <paramref name="errors"/>, for any other text.</summary>
    public static double? Read(string field, string? text, FieldErrors errors, bool isOptional = false)
    {
        if (isOptional && string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (double.TryParse(text?.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        errors.AddMalformed(field, "Must be a number.");
        return null;
    }

    /// <summary>A whole number; null where nothing was typed.</summary>
    public static int? ReadWhole(string field, string? text, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        errors.AddMalformed(field, "Must be a whole number.");
        return null;
    }

    /// <summary>A day.</summary>
    public static DateOnly? ReadDay(string field, string? text, FieldErrors errors)
    {
        if (DateOnly.TryParseExact(text?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        errors.AddMalformed(field, "Must be a date.");
        return null;
    }
}
