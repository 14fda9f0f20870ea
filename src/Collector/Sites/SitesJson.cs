using System.Text.Json;
using System.Text.Json.Serialization;
using Collector.Feedback;
using Collector.Surveys;
using Collector.Web;

namespace Collector.Sites;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters =
    [
        typeof(CamelCaseEnum<PlacingState>), typeof(CamelCaseEnum<SurveyState>), typeof(CamelCaseEnum<QuestionType>), typeof(CamelCaseEnum<EasyEnd>),
        typeof(CamelCaseEnum<Device>), typeof(CamelCaseEnum<Corner>), typeof(CamelCaseEnum<Journey>),
    ])]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(NewSite))]
[JsonSerializable(typeof(SiteChange))]
[JsonSerializable(typeof(SiteAnswer))]
[JsonSerializable(typeof(SiteList))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(KeyAnswer))]
[JsonSerializable(typeof(NewKeyAnswer))]
[JsonSerializable(typeof(KeyList))]
[JsonSerializable(typeof(TouchpointRuleRequest))]
[JsonSerializable(typeof(NewTouchpointRule))]
[JsonSerializable(typeof(TouchpointRuleAnswer))]
[JsonSerializable(typeof(TouchpointRuleList))]
[JsonSerializable(typeof(GroupRequest))]
[JsonSerializable(typeof(NewGroup))]
[JsonSerializable(typeof(GroupAnswer))]
[JsonSerializable(typeof(GroupList))]
[JsonSerializable(typeof(Appearance))]
[JsonSerializable(typeof(NewSurvey))]
[JsonSerializable(typeof(SurveyChange))]
[JsonSerializable(typeof(SurveyAnswer))]
[JsonSerializable(typeof(SurveyList))]
[JsonSerializable(typeof(Survey))]
[JsonSerializable(typeof(Explanation))]
internal sealed partial class SitesJson : JsonSerializerContext;
