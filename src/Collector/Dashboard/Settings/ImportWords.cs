using Collector.Dashboard.Shell;
using Collector.Transfer.Incoming;

namespace Collector.Dashboard.Settings;

/// <summary>What is said of imports, in English.</summary>
internal static class ImportWords
{
    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["answeredAt"] = Words.Text("When it was answered"),
        ["page"] = Words.Text("Page"),
        ["score"] = Words.Text("Score"),
        ["comment"] = Words.Text("Comment"),
        ["scale"] = Words.Text("Scale"),
        ["id"] = Words.Text("Its id"),
        ["state"] = Words.Text("Whether it was finished"),
        ["device"] = Words.Text("Device"),
        ["language"] = Words.Text("Language"),
    };

    /// <summary>How far one is.</summary>
    public static string Of(ImportState state) => state switch
    {
        ImportState.Running => Words.Text("Running"),
        ImportState.Done => Words.Text("Done"),
        _ => Words.Text("Broke off"),
    };

    /// <summary>A field that a column may be for; null where it is a question's.</summary>
    public static string? OfField(string field) => Fields.GetValueOrDefault(field);
}
