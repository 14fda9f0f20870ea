using Collector.Dashboard.Shell;

namespace Collector.Dashboard.Settings;

/// <summary>What stages are called.</summary>
internal static class StageWords
{
    private static readonly Dictionary<string, string> Usual = new(StringComparer.Ordinal)
    {
        ["awareness"] = Words.Text("Awareness"),
        ["interest"] = Words.Text("Interest"),
        ["consideration"] = Words.Text("Consideration"),
        ["decision"] = Words.Text("Decision"),
        ["onboarding"] = Words.Text("Onboarding"),
        ["use"] = Words.Text("Use"),
        ["loyalty"] = Words.Text("Loyalty"),
        ["advocacy"] = Words.Text("Advocacy"),
        ["discovery"] = Words.Text("Discovery"),
        ["relation"] = Words.Text("Relation"),
        ["purchase"] = Words.Text("Purchase"),
        ["follow-up"] = Words.Text("Follow-up"),
    };

    /// <summary>A usual stage in the reader's words; the site's own as it stands.</summary>
    public static string Of(string stage, Words words) => Usual.TryGetValue(stage, out var name) ? words.Say(name) : stage;
}
