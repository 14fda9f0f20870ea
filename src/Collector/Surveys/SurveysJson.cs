using System.Text.Json;
using System.Text.Json.Serialization;
using Collector.Feedback;
using Collector.Web;

namespace Collector.Surveys;

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    Converters = [typeof(CamelCaseEnum<EasyEnd>), typeof(CamelCaseEnum<QuestionType>)],
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Survey))]
[JsonSerializable(typeof(WidgetSettings))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class SurveysJson : JsonSerializerContext;
