using Collector.Feedback;
using Collector.Sites;
using Collector.Statistics;

namespace Collector.Insights.Changes;

/// <summary>A change as it lies in the table.</summary>
internal sealed record ChangeRow
{
    public required string Site { get; init; }
    public required string Id { get; init; }
    public string Title { get; init; } = "";
    public string Note { get; init; } = "";
    public int Day { get; init; }
    public int Days { get; init; } = 28;
    public string Selection { get; init; } = SavedSelection.Everything.ToStored();
    public string? Control { get; init; }
    public required long CreatedAt { get; init; }

    public SavedSelection Selects => SavedSelection.FromStored(Selection);

    public SavedSelection? Controls => Control is null ? null : SavedSelection.FromStored(Control);

    public ChangeWindow Window => new(DayNumber.ToDay(Day), Days);

    /// <summary>The change with what a request says; null when that is not allowed, and added to <paramref name="errors"/>.</summary>
    public ChangeRow? With(ChangeRequest request, Site site, FieldErrors errors)
    {
        var row = this with
        {
            Title = request.Title ?? Title,
            Note = request.Note ?? Note,
            Day = request.Day is { } date ? DayNumber.Of(date) : Day,
            Days = request.Days ?? Days,
            Selection = request.Selection?.ToStored() ?? Selection,
            Control = request.Control is null ? Control : request.Control == SavedSelection.Everything ? null : request.Control.ToStored(),
        };
        var before = errors.Count;
        SavedChecks.Text("/title", row.Title, shortest: 1, longest: 200, errors);
        SavedChecks.Text("/note", row.Note, shortest: 0, longest: 5_000, errors);
        SavedChecks.Date("/date", DayNumber.ToDay(row.Day), errors);
        SavedChecks.Number("/days", row.Days, 1, 366, errors);
        row.Selects.Check("/selection", site, errors);
        row.Controls?.Check("/control", site, errors);
        if (row.Control == row.Selection)
        {
            errors.Add("/control", "Is what was changed; it must be something else.");
        }

        return errors.Count > before ? null : row;
    }
}
