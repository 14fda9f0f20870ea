using System.Text.Json;
using System.Text.Json.Serialization;
using Collector.Insights.Changes;
using Collector.Insights.Goals;

namespace Collector.Insights;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CesAnswer))]
[JsonSerializable(typeof(NpsAnswer))]
[JsonSerializable(typeof(CsatAnswer))]
[JsonSerializable(typeof(NewChange))]
[JsonSerializable(typeof(ChangeRequest))]
[JsonSerializable(typeof(ChangeAnswer))]
[JsonSerializable(typeof(ChangeList))]
[JsonSerializable(typeof(NewGoal))]
[JsonSerializable(typeof(GoalChange))]
[JsonSerializable(typeof(GoalAnswer))]
[JsonSerializable(typeof(GoalList))]
[JsonSerializable(typeof(SavedSelection))]
[JsonSerializable(typeof(IntentList))]
[JsonSerializable(typeof(TouchpointList))]
[JsonSerializable(typeof(PatternsAnswer))]
[JsonSerializable(typeof(PriorityList))]
internal sealed partial class InsightsJson : JsonSerializerContext;
