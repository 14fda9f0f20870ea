using System.Text.Json;
using System.Text.Json.Serialization;
using Collector.Feedback;
using Collector.Insights.Responses;
using Collector.Transfer.Incoming;
using Collector.Web;

namespace Collector.Transfer;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(CamelCaseEnum<EasyEnd>), typeof(CamelCaseEnum<ImportState>)])]
[JsonSerializable(typeof(SingleResponse))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyList<ImportRecord>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string[]>))]
[JsonSerializable(typeof(ImportForm))]
[JsonSerializable(typeof(ImportStarted))]
[JsonSerializable(typeof(ImportAnswer))]
[JsonSerializable(typeof(ImportCheck))]
[JsonSerializable(typeof(ImportList))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class TransferJson : JsonSerializerContext
{
    /// <summary>Marks in one text, in the order of their names.</summary>
    public static string Write(IReadOnlyDictionary<string, string> tags) =>
        JsonSerializer.Serialize(new SortedDictionary<string, string>(tags.ToDictionary(), StringComparer.Ordinal), Default.IReadOnlyDictionaryStringString);
}
