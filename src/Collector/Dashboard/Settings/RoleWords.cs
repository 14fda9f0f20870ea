using Collector.Dashboard.Shell;

namespace Collector.Dashboard.Settings;

/// <summary>What roles are called, in English, by their names as they are stored.</summary>
internal static class RoleWords
{
    /// <summary>The role.</summary>
    public static string Of(string role) => role switch
    {
        "viewer" => Words.Text("Viewer"),
        "analyst" => Words.Text("Analyst"),
        _ => Words.Text("Owner"),
    };

    /// <summary>What it means.</summary>
    public static string MeaningOf(string role) => role switch
    {
        "viewer" => Words.Text("Sees figures, and nothing that people wrote."),
        "analyst" => Words.Text("Also reads comments, and edits surveys, groups, goals and changes."),
        _ => Words.Text("Also changes the site itself, its keys and its people."),
    };
}
