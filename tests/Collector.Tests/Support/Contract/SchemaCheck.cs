using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Collector.Tests.Support.Contract;

/// <summary>Holds JSON to the schemas of a document: JSON Schema 2020-12 as far as the document goes. A keyword that is not known here is an error, so that nothing passes unseen.</summary>
public sealed class SchemaCheck(JsonElement document)
{
    private static readonly HashSet<string> Words = ["description", "example", "default", "title", "format", "x-enumNames", "deprecated"];

    /// <summary>Where and how a value differs from what its schema says; nothing where it does not.</summary>
    public IEnumerable<string> Violations(JsonElement value, JsonElement schema, string at = "")
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            foreach (var violation in Violations(value, schema, keyword, at))
            {
                yield return violation;
            }
        }
    }

    /// <summary>What a reference stands for, or the schema itself.</summary>
    public JsonElement Resolve(JsonElement schema) => schema.TryGetProperty("$ref", out var reference)
        ? reference.GetString()!.TrimStart('#', '/').Split('/').Aggregate(document, (element, name) => element.GetProperty(name))
        : schema;

    /// <summary>The types that a schema allows; all, when it names none.</summary>
    public static IReadOnlyList<string> Types(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? ["null", "boolean", "number", "integer", "string", "array", "object"]
        : type.ValueKind == JsonValueKind.String ? [type.GetString()!]
        : [.. type.EnumerateArray().Select(one => one.GetString()!)];

    private IEnumerable<string> Violations(JsonElement value, JsonElement schema, JsonProperty keyword, string at)
    {
        var limit = keyword.Value;
        return keyword.Name switch
        {
            "$ref" => Violations(value, Resolve(schema), at),
            "type" => Types(schema).Any(type => Is(value, type)) ? Format(value, schema, at) : [$"{at} is {value.GetRawText()}, not {limit.GetRawText()}"],
            "enum" => Unless(limit.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value))),
            "oneOf" => Unless(limit.EnumerateArray().Count(one => !Violations(value, one, at).Any()) == 1, () => string.Join("; ", limit.EnumerateArray().SelectMany(one => Violations(value, one, at)))),
            "properties" => Members(value).SelectMany(member => limit.TryGetProperty(member.Name, out var its) ? Violations(member.Value, its, $"{at}/{member.Name}") : []),
            "patternProperties" => Members(value).SelectMany(member => limit.EnumerateObject().Where(pattern => Fits(member.Name, pattern.Name))
                .SelectMany(pattern => Violations(member.Value, pattern.Value, $"{at}/{member.Name}"))),
            "additionalProperties" => Members(value).Where(member => !IsNamed(schema, member.Name)).SelectMany(member => limit.ValueKind switch
            {
                JsonValueKind.True => [],
                JsonValueKind.False => [$"{at}/{member.Name} is not declared"],
                _ => Violations(member.Value, limit, $"{at}/{member.Name}"),
            }),
            "required" => value.ValueKind != JsonValueKind.Object ? [] : limit.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{at}/{name} is left out"),
            "items" => value.ValueKind != JsonValueKind.Array ? [] : value.EnumerateArray().SelectMany((item, i) => Violations(item, limit, $"{at}/{i}")),
            "minimum" => Unless(value.ValueKind != JsonValueKind.Number || value.GetDouble() >= limit.GetDouble()),
            "maximum" => Unless(value.ValueKind != JsonValueKind.Number || value.GetDouble() <= limit.GetDouble()),
            "exclusiveMaximum" => Unless(value.ValueKind != JsonValueKind.Number || value.GetDouble() < limit.GetDouble()),
            "minLength" => Unless(value.ValueKind != JsonValueKind.String || Letters(value) >= limit.GetInt32()),
            "maxLength" => Unless(value.ValueKind != JsonValueKind.String || Letters(value) <= limit.GetInt32()),
            "maxItems" => Unless(value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= limit.GetInt32()),
            _ when Words.Contains(keyword.Name) => [],
            _ => throw new NotSupportedException($"The document has the keyword {keyword.Name}, which is not looked at yet."),
        };

        IEnumerable<string> Unless(bool holds, Func<string>? why = null) => holds ? [] : [$"{at} is {value.GetRawText()}, against {keyword.Name} {why?.Invoke() ?? limit.GetRawText()}"];
    }

    private static IEnumerable<string> Format(JsonElement value, JsonElement schema, string at)
    {
        if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number) || !schema.TryGetProperty("format", out var format))
        {
            return [];
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        var holds = format.GetString() switch
        {
            "uuid" => Guid.TryParseExact(text, "D", out _),
            "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "date-time" => text.Contains('T', StringComparison.Ordinal) && value.TryGetDateTimeOffset(out _),
            "int32" => value.TryGetInt32(out _),
            "int64" => value.TryGetInt64(out _),
            "double" => value.TryGetDouble(out var number) && double.IsFinite(number),
            var other => throw new NotSupportedException($"The document has the format {other}, which is not looked at yet."),
        };
        return holds ? [] : [$"{at} is {text}, no {format}"];
    }

    private static bool Is(JsonElement value, string type) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
        "string" => value.ValueKind == JsonValueKind.String,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => throw new NotSupportedException($"The document has the type {type}."),
    };

    private static bool IsNamed(JsonElement schema, string member) =>
        (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member, out _))
        || (schema.TryGetProperty("patternProperties", out var patterns) && patterns.EnumerateObject().Any(pattern => Fits(member, pattern.Name)));

    private static bool Fits(string name, string pattern) => Regex.IsMatch(name, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static IEnumerable<JsonProperty> Members(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                yield return member;
            }
        }
    }

    // Code points, as the document counts.
    private static int Letters(JsonElement value) => value.GetString()!.EnumerateRunes().Count();
}
