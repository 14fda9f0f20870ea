using System.Text.Json;

namespace Collector.Tests.Reference;

/// <summary>The URLs of pages.json with what Node 20 makes of them: host and path, or null for what is no web address.</summary>
public static class Pages
{
    public static IReadOnlyList<Entry> All { get; } = [.. Read()];

    private static IEnumerable<Entry> Read()
    {
        // Three folders up from bin/Debug/net10.0: the test project itself.
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "../../../Reference/pages.json")));
        foreach (var entry in json.RootElement.EnumerateArray())
        {
            var input = entry.TryGetProperty("input", out var text)
                ? text.GetString()!
                : string.Concat(entry.GetProperty("units").EnumerateArray().Select(unit => (char)unit.GetInt32()));
            yield return entry.TryGetProperty("host", out var host)
                ? new Entry(input, (host.GetString()!, entry.GetProperty("path").GetString()!))
                : new Entry(input, null);
        }
    }

    public sealed record Entry(string Input, (string Host, string Path)? Expected);
}
