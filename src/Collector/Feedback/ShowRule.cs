using System.Globalization;
using System.Text.Json.Serialization;

namespace Collector.Feedback;

/// <summary>
/// What makes a survey show by itself: the first of these that happens. Where none is given, it shows only by hand: by the tab, inline, by
/// a call of the page, or as a page of its own.
/// </summary>
public sealed record ShowRule
{
    private const int LongestSelector = 500, LongestEvent = 100, MostSeconds = 3_600, MostPages = 1_000;

    /// <summary>So many seconds after the page has loaded, 0 to 3,600.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? AfterSeconds { get; init; }

    /// <summary>At so many percent of the page, 1 to 100.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Scroll { get; init; }

    /// <summary>When the visitor is about to leave.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Exit { get; init; }

    /// <summary>After so many seconds in which the visitor did nothing, 1 to 3,600.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? InactiveSeconds { get; init; }

    /// <summary>When an element of this CSS selector is clicked; at most 500 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Click { get; init; }

    /// <summary>When a form of this CSS selector is sent; at most 500 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Success { get; init; }

    /// <summary>When a form of this CSS selector cannot be sent, or an element of it (an error message) appears; at most 500 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Failure { get; init; }

    /// <summary>When the page calls <c>collector('event', …)</c> with this name; at most 100 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Event { get; init; }

    /// <summary>By hand: from a tab at the edge of the page.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Tab { get; init; }

    /// <summary>By hand: in the page, where it has an element with <c>data-collector</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Inline { get; init; }

    /// <summary>Not by itself before so many pages of the visit, 1 to 1,000.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Pages { get; init; }

    /// <summary>Whether anything makes it show by itself.</summary>
    [JsonIgnore]
    public bool IsAutomatic => (AfterSeconds ?? Scroll ?? InactiveSeconds) is not null || Exit == true || (Click ?? Success ?? Failure ?? Event) is not null;

    /// <summary>The same without what says nothing. What is wrong is added to <paramref name="errors"/>.</summary>
    public ShowRule Checked(string pointer, FieldErrors errors)
    {
        InRange(AfterSeconds, 0, MostSeconds, "afterSeconds");
        InRange(Scroll, 1, 100, "scroll");
        InRange(InactiveSeconds, 1, MostSeconds, "inactiveSeconds");
        InRange(Pages, 1, MostPages, "pages");
        HasLength(Click, LongestSelector, "click");
        HasLength(Success, LongestSelector, "success");
        HasLength(Failure, LongestSelector, "failure");
        HasLength(Event, LongestEvent, "event");
        return this with { Exit = OrNull(Exit), Tab = OrNull(Tab), Inline = OrNull(Inline) };

        bool? OrNull(bool? given) => given == true ? true : null;

        void InRange(int? value, int lowest, int highest, string member)
        {
            if (value < lowest || value > highest)
            {
                errors.Add($"{pointer}/{member}", string.Create(CultureInfo.InvariantCulture, $"A whole number from {lowest} to {highest}."));
            }
        }

        void HasLength(string? text, int longest, string member)
        {
            if (text is not null && (string.IsNullOrWhiteSpace(text) || text.Length > longest || text.Any(char.IsControl)))
            {
                errors.Add($"{pointer}/{member}", string.Create(CultureInfo.InvariantCulture, $"1 to {longest} characters, none of them a control character."));
            }
        }
    }
}
