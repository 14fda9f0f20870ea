using System.Globalization;
using Collector.Dashboard.Parts;
using Collector.Feedback;
using Collector.Insights.Changes;

namespace Collector.Dashboard.Changes;

/// <summary>What the form of a change sends.</summary>
public sealed record ChangeForm
{
    /// <summary>What was done.</summary>
    public string? Title { get; init; }

    /// <summary>More about it.</summary>
    public string? Note { get; init; }

    /// <summary>The day on which it was done.</summary>
    public string? Date { get; init; }

    /// <summary>How many days before it are compared with as many after it.</summary>
    public string? Days { get; init; }

    /// <summary>Which responses it was to change.</summary>
    public SelectionForm? Selection { get; init; }

    /// <summary>Similar ones that it was not to change.</summary>
    public SelectionForm? Control { get; init; }

    /// <summary>What is stored.</summary>
    public static ChangeForm Of(ChangeAnswer change) => new()
    {
        Title = change.Title,
        Note = change.Note,
        Date = change.Date.ToString("O", CultureInfo.InvariantCulture),
        Days = change.Days.ToString(CultureInfo.InvariantCulture),
        Selection = SelectionForm.Of(change.Selection),
        Control = change.Control is null ? null : SelectionForm.Of(change.Control),
    };

    /// <summary>What is to be stored; what cannot be read is added to <paramref name="errors"/>.</summary>
    internal ChangeRequest Read(ChangeAnswer? before, FieldErrors errors) => new()
    {
        Title = Title?.Trim(),
        Note = Note?.ReplaceLineEndings("\n").Trim() ?? "",
        Day = FormNumber.ReadDay("/date", Date, errors),
        Days = FormNumber.ReadWhole("/days", Days, errors),
        Selection = (Selection ?? new SelectionForm()).ToSaved(before?.Selection),
        Control = (Control ?? new SelectionForm()).ToSaved(before?.Control),
    };
}
