using System.Text.Json.Serialization;

namespace Collector.Dashboard.Shell;

/// <summary>What the dashboard reads and writes as JSON.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class DashboardJson : JsonSerializerContext;
