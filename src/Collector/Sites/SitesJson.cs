using System.Text.Json;
using System.Text.Json.Serialization;
using Collector.Web;

namespace Collector.Sites;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(CamelCaseEnum<PlacingState>)])]
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
internal sealed partial class SitesJson : JsonSerializerContext;
