using Collector.Dashboard.Shell;
using Collector.Sites;

namespace Collector.Dashboard.Settings;

/// <summary>What events are called.</summary>
internal static class WebhookWords
{
    /// <summary>A type of event in words, in English.</summary>
    public static string Of(string type) => type switch
    {
        EventTypes.ResponseCompleted => Words.Text("A visitor has answered"),
        EventTypes.GoalStatusChanged => Words.Text("A goal comes to stand otherwise"),
        EventTypes.PatternFound => Words.Text("A new pattern is found"),
        EventTypes.CesDropped => Words.Text("Something becomes harder, beyond chance"),
        _ => Words.Text("A trial"),
    };
}
