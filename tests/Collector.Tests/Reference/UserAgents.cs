using System.Text.Json;

namespace Collector.Tests.Reference;

/// <summary>What bots, HTTP libraries and people's browsers say of themselves, of user-agents.json.</summary>
public sealed record UserAgents(IReadOnlyList<string> Bots, IReadOnlyList<string> Libraries, IReadOnlyList<string> People)
{
    // Three folders up from bin/Debug/net10.0: the test project itself.
    public static UserAgents All { get; } = JsonSerializer.Deserialize<UserAgents>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "../../../Reference/user-agents.json")), JsonSerializerOptions.Web)!;
}
