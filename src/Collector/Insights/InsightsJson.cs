using System.Text.Json;
using System.Text.Json.Serialization;
using Collector.Feedback;
using Collector.Insights.Changes;
using Collector.Insights.Goals;
using Collector.Insights.Responses;
using Collector.Insights.Watch;
using Collector.Statistics;
using Collector.Web;

namespace Collector.Insights;

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    Converters = [typeof(CamelCaseEnum<GoalMetric>), typeof(CamelCaseEnum<GoalStatus>), typeof(CamelCaseEnum<PatternDirection>), typeof(CamelCaseEnum<EasyEnd>)])]
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
[JsonSerializable(typeof(GoalHistory))]
[JsonSerializable(typeof(SavedSelection))]
[JsonSerializable(typeof(GoalStatusChanged))]
[JsonSerializable(typeof(PatternFound))]
[JsonSerializable(typeof(CesDropped))]
[JsonSerializable(typeof(IntentList))]
[JsonSerializable(typeof(TouchpointList))]
[JsonSerializable(typeof(PatternsAnswer))]
[JsonSerializable(typeof(PriorityList))]
[JsonSerializable(typeof(ResponseList))]
[JsonSerializable(typeof(ResponseMarks))]
[JsonSerializable(typeof(IReadOnlyList<StoredAnswer>))]
[JsonSerializable(typeof(VisitContext))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class InsightsJson : JsonSerializerContext;
