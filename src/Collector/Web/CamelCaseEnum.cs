using System.Text.Json;
using System.Text.Json.Serialization;

namespace Collector.Web;

/// <summary>Writes and reads an enumeration by its names in camel case, never by its numbers.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class CamelCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
