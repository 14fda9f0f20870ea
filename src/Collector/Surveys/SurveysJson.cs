using System.Text.Json;
using System.Text.Json.Serialization;
using Collector.Feedback;
using Collector.Web;

namespace Collector.Surveys;

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    Converters = [typeof(CamelCaseEnum<EasyEnd>), typeof(CamelCaseEnum<QuestionType>), typeof(CamelCaseEnum<Device>), typeof(CamelCaseEnum<Corner>)],
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Survey))]
[JsonSerializable(typeof(Appearance))]
[JsonSerializable(typeof(WidgetSettings))]
[JsonSerializable(typeof(StandardQuestions.StandardTexts))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class SurveysJson : JsonSerializerContext;
