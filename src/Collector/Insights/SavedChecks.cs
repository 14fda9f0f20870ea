using System.Globalization;
using Collector.Feedback;

namespace Collector.Insights;

/// <summary>What the members of goals and changes may hold.</summary>
internal static class SavedChecks
{
    public static void Text(string field, string text, int shortest, int longest, FieldErrors errors)
    {
        if (text.Length < shortest || text.Length > longest || string.IsNullOrWhiteSpace(text) != (text.Length == 0) || text.Any(letter => char.IsControl(letter) && letter != '\n'))
        {
            errors.Add(field, string.Create(CultureInfo.InvariantCulture, $"{shortest} to {longest} characters, and not blank."));
        }
    }

    public static void Number(string field, double number, double lowest, double highest, FieldErrors errors)
    {
        if (!(number >= lowest && number <= highest))
        {
            errors.Add(field, string.Create(CultureInfo.InvariantCulture, $"From {lowest} to {highest}."));
        }
    }

    public static void Date(string field, DateOnly date, FieldErrors errors)
    {
        if (date.Year is < 2000 or > 2099)
        {
            errors.Add(field, "A date from 2000-01-01 to 2099-12-31.");
        }
    }
}
