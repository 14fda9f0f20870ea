using System.Text.Json.Serialization;

namespace Collector.Insights;

[JsonSerializable(typeof(CesAnswer))]
[JsonSerializable(typeof(IntentList))]
[JsonSerializable(typeof(TouchpointList))]
[JsonSerializable(typeof(PatternsAnswer))]
[JsonSerializable(typeof(PriorityList))]
internal sealed partial class InsightsJson : JsonSerializerContext;
