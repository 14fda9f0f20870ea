using Collector.Dashboard.Shell;
using Collector.Insights;
using Microsoft.Extensions.Primitives;

namespace Collector.Dashboard.Parts;

/// <summary>What a goal or a change is about, in words and as an address.</summary>
internal static class SelectionText
{
    /// <summary>In words, such as "shop.example/contact · Compare".</summary>
    public static string Of(SavedSelection selection, FilterChoices known, Words words)
    {
        IEnumerable<string?> parts =
        [
            selection.Page,
            selection.Touchpoint == Feedback.Touchpoint.Other.Name ? words.Say("Other pages") : selection.Touchpoint,
            NameIn(known.Groups, selection.Group),
            selection.Stage is { } stage ? words.Say(stage) : null,
            NameIn(known.Intents, selection.Intent),
            selection.Success switch { null => null, "yes" => words.Say("Worked out"), "partly" => words.Say("Partly"), "no" => words.Say("Did not work out"), _ => words.Say("Still busy") },
            selection.Device switch { "desktop" => words.Say("Desktop"), "mobile" => words.Say("Mobile"), "tablet" => words.Say("Tablet"), var other => other },
            NameIn(known.Languages, selection.Language),
            selection.Survey,
            .. (selection.Tags ?? new Dictionary<string, string>()).Select(tag => $"{tag.Key} = {tag.Value}"),
        ];
        return string.Join(" · ", parts.OfType<string>()) is { Length: > 0 } text ? text : words.Say("The whole site");
    }

    /// <summary>The path with the selection as its filters, by their names in the API and in the dashboard.</summary>
    public static string Link(string path, SavedSelection selection, params (string Name, string? Value)[] others)
    {
        IEnumerable<(string Name, string? Value)> all =
        [
            ("page", selection.Page), ("touchpoint", selection.Touchpoint), ("group", selection.Group), ("stage", selection.Stage), ("survey", selection.Survey),
            ("intent", selection.Intent), ("success", selection.Success), ("device", selection.Device), ("language", selection.Language),
            .. (selection.Tags ?? new Dictionary<string, string>()).Select(tag => ($"tag.{tag.Key}", (string?)tag.Value)),
            .. others,
        ];
        return path + QueryString.Create(all.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Name, new StringValues(pair.Value))));
    }

    private static string? NameIn(IReadOnlyList<(string Id, string Text)> known, string? id) => id is null ? null : known.FirstOrDefault(item => item.Id == id).Text ?? id;
}
