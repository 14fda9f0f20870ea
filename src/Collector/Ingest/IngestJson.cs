using System.Text.Json;
using System.Text.Json.Serialization;
using Collector.Feedback;
using Collector.Web;

namespace Collector.Ingest;

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    Converters = [typeof(CamelCaseEnum<ResponseState>), typeof(CamelCaseEnum<Device>), typeof(CamelCaseEnum<EasyEnd>)],
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<Answer>))]
[JsonSerializable(typeof(VisitContext))]
[JsonSerializable(typeof(SortedDictionary<string, string>))]
[JsonSerializable(typeof(BotLists))]
[JsonSerializable(typeof(Submission))]
[JsonSerializable(typeof(List<SubmittedAnswer>))]
[JsonSerializable(typeof(Dictionary<string, Dictionary<string, string>>))]
[JsonSerializable(typeof(Stored))]
[JsonSerializable(typeof(CompletedResponse))]
internal sealed partial class IngestJson : JsonSerializerContext;
