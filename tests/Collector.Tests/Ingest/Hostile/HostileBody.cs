using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Ingest.Hostile;

/// <summary>A valid body with every member that there is, of which one is damaged.</summary>
internal static class HostileBody
{
    private const string Hole = "@@@";

    /// <summary>Where something can be put instead of what is there.</summary>
    public static readonly string[] Places =
    [
        "/id", "/site", "/survey", "/surveyVersion", "/visit", "/page", "/revision", "/state", "/answers", "/answers/0", "/answers/0/question",
        "/answers/0/score", "/answers/1/text", "/answers/2/choice", "/answers/3/text", "/language", "/device", "/context", "/context/referrer",
        "/context/pagesInVisit", "/context/secondsInVisit", "/tags", "/tags/segment", "/website", "/answeredAt", "/unknown",
    ];

    public static JsonObject Valid(string siteKey) => new SomeResponse(siteKey)
        .Answering("effort", score: 6).Answering("intent", choice: "other", text: "Look").Answering("success", choice: "partly").Answering("reason", text: "Price")
        .With("surveyVersion", 1).With("visit", Guid.NewGuid().ToString()).With("language", "nl").With("device", "mobile")
        .With("context", new JsonObject { ["referrer"] = "https://search.example/", ["pagesInVisit"] = 4, ["secondsInVisit"] = 183 })
        .With("tags", new JsonObject { ["segment"] = "business" })
        .With("answeredAt", "2026-11-22T09:00:00Z").Json;

    /// <summary>The body with these bytes at this place, whatever they are.</summary>
    public static byte[] With(string siteKey, string place, ReadOnlySpan<byte> value)
    {
        var body = Valid(siteKey);
        var steps = place.Split('/');
        JsonNode parent = body;
        foreach (var step in steps[1..^1])
        {
            parent = parent is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : parent[step]!;
        }

        if (parent is JsonArray items)
        {
            items[int.Parse(steps[^1], CultureInfo.InvariantCulture)] = Hole;
        }
        else
        {
            parent[steps[^1]] = Hole;
        }

        return Filled(body.ToJsonString(), $"\"{Hole}\"", value);
    }

    /// <summary>The body with a tag of this name, as raw JSON.</summary>
    public static byte[] WithTagNamed(string siteKey, ReadOnlySpan<byte> name)
    {
        var body = Valid(siteKey);
        body["tags"] = new JsonObject { [Hole] = "x" };
        return Filled(body.ToJsonString(), $"\"{Hole}\"", name);
    }

    /// <summary>A text as a JSON string, lone surrogates and all; <paramref name="escaped"/> with each character escaped.</summary>
    public static byte[] Quoted(string text, bool escaped = false)
    {
        var json = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = escaped || char.IsControl(c) || char.IsSurrogate(c) || c is '"' or '\\'
                ? json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")
                : json.Append(c);
        }

        return Encoding.UTF8.GetBytes(json.Append('"').ToString());
    }

    private static byte[] Filled(string json, string hole, ReadOnlySpan<byte> value)
    {
        var at = json.IndexOf(hole, StringComparison.Ordinal);
        return [.. Encoding.UTF8.GetBytes(json[..at]), .. value, .. Encoding.UTF8.GetBytes(json[(at + hole.Length)..])];
    }
}
