using System.Globalization;
using System.Text.Json.Serialization;

namespace Collector.Feedback;

/// <summary>How often a survey asks.</summary>
public sealed record Often
{
    private const int MostDays = 3_650, MostPerDay = 10_000_000;

    /// <summary>The part of all visits that are asked, 0 to 1; all when left out. Rolled once per visit, for all surveys alike.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Share { get; init; }

    /// <summary>So many days after a visitor answered it, it does not ask that visitor again; 0 to 3,650.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? QuietDaysAfterAnswer { get; init; }

    /// <summary>So many days after a visitor closed it without an answer, it does not ask that visitor again; 0 to 3,650.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? QuietDaysAfterDismissal { get; init; }

    /// <summary>After so many answered responses on a day of the site it does not ask for more, until the next day.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? PerDay { get; init; }

    /// <summary>
    /// The name of a survey beside which it may ask in the same visit, so that what visitors come for can be asked on arrival and how it went in the
    /// end. Otherwise a visit gets one survey. The site's quiet days do not count from that one either.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Alongside { get; init; }

    /// <summary>The same without what says nothing; null when nothing is left. What is wrong is added to <paramref name="errors"/>.</summary>
    public Often? Checked(string pointer, FieldErrors errors)
    {
        if (Share is not (null or (>= 0 and <= 1)))
        {
            errors.Add($"{pointer}/share", "A number from 0 to 1.");
        }

        InRange(QuietDaysAfterAnswer, 0, MostDays, "quietDaysAfterAnswer");
        InRange(QuietDaysAfterDismissal, 0, MostDays, "quietDaysAfterDismissal");
        InRange(PerDay, 1, MostPerDay, "perDay");
        if (Alongside is not null && !Names.IsSlug(Alongside))
        {
            errors.Add($"{pointer}/alongside", "Must be the name of a survey.");
        }

        var often = new Often
        {
            Share = Share == 1 ? null : Share,
            QuietDaysAfterAnswer = QuietDaysAfterAnswer == 0 ? null : QuietDaysAfterAnswer,
            QuietDaysAfterDismissal = QuietDaysAfterDismissal == 0 ? null : QuietDaysAfterDismissal,
            PerDay = PerDay,
            Alongside = Alongside,
        };
        return often == new Often() ? null : often;

        void InRange(int? value, int lowest, int highest, string member)
        {
            if (value < lowest || value > highest)
            {
                errors.Add($"{pointer}/{member}", string.Create(CultureInfo.InvariantCulture, $"A whole number from {lowest} to {highest}."));
            }
        }
    }
}
