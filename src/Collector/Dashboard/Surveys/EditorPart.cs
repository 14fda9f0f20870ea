using System.Globalization;
using Collector.Dashboard.Shell;
using Microsoft.AspNetCore.Components;

namespace Collector.Dashboard.Surveys;

/// <summary>A part of the editor.</summary>
public abstract class EditorPart : View
{
    /// <summary>The editor.</summary>
    [CascadingParameter]
    public required EditorModel Editor { get; set; }

    /// <summary>Its fields.</summary>
    protected SurveyForm Form => Editor.Form;

    /// <summary>What is wrong with a field, in the reader's language.</summary>
    protected string? ErrorAt(string pointer) => Form.Errors.GetValueOrDefault(pointer) is { } messages ? Told(messages) : null;

    /// <summary>What is wrong with a field, or with a line of it, which is named.</summary>
    protected string? ErrorIn(string pointer)
    {
        var lines = Form.Lines(pointer);
        var errors = Form.ErrorsIn(pointer).Select(error => (Line: LineOf(error.Pointer, pointer, lines), Message: Page.Words.SayError(error.Message))).ToList();
        return errors.Count == 0 ? null : string.Join(" ", errors.Select(error => error.Line is null ? error.Message : $"{error.Line}: {error.Message}"));
    }

    /// <summary>Where the form is sent by a button, so that the page shows the place afterwards.</summary>
    protected string To(string place) => $"{Editor.Path}#{place}";

    private static string? LineOf(string pointer, string field, IReadOnlyList<string> lines) =>
        pointer.Length == field.Length ? null : int.TryParse(pointer.AsSpan(field.Length + 1), CultureInfo.InvariantCulture, out var line) && line < lines.Count ? lines[line] : pointer[(field.Length + 1)..];

    private string Told(string[] messages) => string.Join(" ", messages.Select(Page.Words.SayError));
}
