using System.Text.Json.Serialization;

namespace Collector.Insights;

[JsonSerializable(typeof(CesAnswer))]
[JsonSerializable(typeof(IntentList))]
[JsonSerializable(typeof(TouchpointList))]
internal sealed partial class InsightsJson : JsonSerializerContext;
