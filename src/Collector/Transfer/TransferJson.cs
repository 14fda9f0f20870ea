using System.Text.Json;
using System.Text.Json.Serialization;
using Collector.Feedback;
using Collector.Insights.Responses;
using Collector.Web;

namespace Collector.Transfer;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(CamelCaseEnum<EasyEnd>)])]
[JsonSerializable(typeof(SingleResponse))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class TransferJson : JsonSerializerContext
{
    /// <summary>Marks in one text, in the order of their names.</summary>
    public static string Write(IReadOnlyDictionary<string, string> tags) =>
        JsonSerializer.Serialize(new SortedDictionary<string, string>(tags.ToDictionary(), StringComparer.Ordinal), Default.IReadOnlyDictionaryStringString);
}
