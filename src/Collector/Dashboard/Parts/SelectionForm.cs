using Collector.Dashboard.Shell;
using Collector.Insights;

namespace Collector.Dashboard.Parts;

/// <summary>Which responses a goal or a change is about, as a form has it. What the form does not show (a page, marks) stays as it was.</summary>
public sealed record SelectionForm
{
    /// <summary>A touchpoint's name.</summary>
    public string? Touchpoint { get; init; }

    /// <summary>A group's name in routes.</summary>
    public string? Group { get; init; }

    /// <summary>A stage.</summary>
    public string? Stage { get; init; }

    /// <summary>An intent.</summary>
    public string? Intent { get; init; }

    /// <summary>How it worked out.</summary>
    public string? Success { get; init; }

    /// <summary>A kind of device.</summary>
    public string? Device { get; init; }

    /// <summary>A language.</summary>
    public string? Language { get; init; }

    /// <summary>A survey.</summary>
    public string? Survey { get; init; }

    /// <summary>Whether it narrows by anything that is not shown at once.</summary>
    public bool HasMore => (Stage ?? Success ?? Device ?? Language ?? Survey) is { Length: > 0 };

    /// <summary>What a page is filtered by.</summary>
    public static SelectionForm Of(Filters filters) => new()
    {
        Touchpoint = filters["touchpoint"],
        Group = filters["group"],
        Stage = filters["stage"],
        Intent = filters["intent"],
        Success = filters["success"],
        Device = filters["device"],
        Language = filters["language"],
        Survey = filters["survey"],
    };

    /// <summary>What is stored.</summary>
    public static SelectionForm Of(SavedSelection saved) => new()
    {
        Touchpoint = saved.Touchpoint,
        Group = saved.Group,
        Stage = saved.Stage,
        Intent = saved.Intent,
        Success = saved.Success,
        Device = saved.Device,
        Language = saved.Language,
        Survey = saved.Survey,
    };

    /// <summary>What is to be stored.</summary>
    /// <param name="before">What was stored before; null where it is new.</param>
    public SavedSelection ToSaved(SavedSelection? before) => (before ?? new SavedSelection()) with
    {
        Page = Given(Touchpoint) is null ? before?.Page : null,
        Touchpoint = Given(Touchpoint),
        Group = Given(Group),
        Stage = Given(Stage),
        Intent = Given(Intent),
        Success = Given(Success),
        Device = Given(Device),
        Language = Given(Language),
        Survey = Given(Survey),
    };

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
