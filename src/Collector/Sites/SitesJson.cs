using System.Text.Json;
using System.Text.Json.Serialization;

namespace Collector.Sites;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(NewSite))]
[JsonSerializable(typeof(SiteChange))]
[JsonSerializable(typeof(SiteAnswer))]
[JsonSerializable(typeof(SiteList))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(KeyAnswer))]
[JsonSerializable(typeof(NewKeyAnswer))]
[JsonSerializable(typeof(KeyList))]
internal sealed partial class SitesJson : JsonSerializerContext;
