using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Collector.Tests.Support;
using Collector.Tests.Support.Contract;

namespace Collector.Tests.Web.Contract;

/// <summary>Makes requests of the API's document: what its schemas allow, and now and then something that they do not. The same random numbers make the same requests.</summary>
internal sealed class AnyRequest(ApiContract contract, Random random)
{
    private static readonly string[] Oddities =
        ["", " ", "0", "-1", "99999999999999999999", "1e400", "NaN", "null", "true", "\0", "\ud83d", "a\u0301", "'; drop table sites --", "%00", "../..", "{id}", "2026-02-30", "0001-01-01", "9999-12-31", new string('a', 3_000), "http://[::1", "data:,x"];

    /// <summary>Names of things that are there, by the parameter that they may stand for.</summary>
    public Dictionary<string, List<string>> Known { get; } = [];

    /// <summary>A request for this operation.</summary>
    public HttpRequestMessage Of(ApiOperation operation)
    {
        var path = operation.Path;
        var query = new List<string>();
        foreach (var parameter in operation.Json.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().ToList() : [])
        {
            var name = parameter.GetProperty("name").GetString()!;
            var schema = contract.Schemas.Resolve(parameter.GetProperty("schema"));
            if (parameter.GetProperty("in").GetString() == "path")
            {
                // A zero in a path the server refuses by itself, before there is an operation.
                path = path.Replace($"{{{name}}}", Uri.EscapeDataString(WellFormed(Value(name, schema)).Replace("\0", "", StringComparison.Ordinal)), StringComparison.Ordinal);
            }
            else if (Rarely(parameter.TryGetProperty("required", out _) ? 0.9 : 0.2))
            {
                var key = schema.TryGetProperty("patternProperties", out _) ? $"{name}.{(Rarely(0.9) ? "segment" : Oddity())}" : name;
                query.Add($"{Uri.EscapeDataString(WellFormed(key))}={Uri.EscapeDataString(WellFormed(Value(name, schema)))}");
            }
        }

        if (Rarely(0.03))
        {
            query.Add(Rarely(0.5) ? "unknown=1" : "%ff&=&a=%zz");
        }

        var request = new HttpRequestMessage(new HttpMethod(operation.Method), new Uri($"{path}{(query.Count > 0 ? "?" : "")}{string.Join('&', query)}", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Authorization", Rarely(0.95) ? $"Bearer {RunningCollector.AdminKey}" : Rarely(0.5) ? "Bearer " + string.Concat(Oddity().Where(char.IsAscii).Where(letter => !char.IsControl(letter))) : null);
        request.Headers.TryAddWithoutValidation("If-None-Match", Rarely(0.1) ? "W/\"x\", *" : null);
        if (operation.Json.TryGetProperty("requestBody", out var body))
        {
            var (type, content) = (body.GetProperty("content").EnumerateObject().First().Name, body.GetProperty("content").EnumerateObject().First().Value);
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body(type, content)));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", Rarely(0.97) ? type : Rarely(0.5) ? "application/xml" : "application/json; charset=utf-16");
        }

        return request;
    }

    /// <summary>A value of a schema, or nearly one.</summary>
    public JsonNode? Json(string name, JsonElement schema, int depth = 0)
    {
        if (Rarely(0.02))
        {
            return Rarely(0.3) ? null : Rarely(0.3) ? JsonValue.Create(random.NextDouble() * 1e12) : Rarely(0.3) ? new JsonArray(1, "a") : Rarely(0.3) ? new JsonObject { ["a"] = 1 } : JsonValue.Create(WellFormed(Oddity()));
        }

        schema = contract.Schemas.Resolve(schema);
        if (schema.TryGetProperty("oneOf", out var choices))
        {
            return Json(name, choices[random.Next(choices.GetArrayLength())], depth);
        }

        var types = SchemaCheck.Types(schema);
        return types[random.Next(types.Count)] switch
        {
            "null" => null,
            "boolean" => JsonValue.Create(Rarely(0.5)),
            "integer" => JsonValue.Create((long)Number(schema)),
            "number" => JsonValue.Create(Math.Round(Number(schema), 3)),
            "string" => JsonValue.Create(Text(name, schema)),
            "array" => schema.TryGetProperty("items", out var items)
                ? new JsonArray([.. Enumerable.Range(0, depth > 4 ? 0 : random.Next(4)).Select(_ => Json(name, items, depth + 1))])
                : [],
            _ => Members(schema, depth),
        };
    }

    private JsonObject Members(JsonElement schema, int depth)
    {
        var made = new JsonObject();
        var needed = schema.TryGetProperty("required", out var required) ? required.EnumerateArray().Select(member => member.GetString()!).ToHashSet() : [];
        foreach (var member in schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().ToList() : [])
        {
            if (needed.Contains(member.Name) ? !Rarely(0.02) : Rarely(depth > 4 ? 0 : 0.4))
            {
                made[member.Name] = Json(member.Name, member.Value, depth + 1);
            }
        }

        if (schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object)
        {
            made[Rarely(0.8) ? "en" : WellFormed(Oddity())] = Json("text", others, depth + 1);
        }

        if (Rarely(0.02))
        {
            made["unknown"] = 1;
        }

        return made;
    }

    private string Body(string type, JsonElement content)
    {
        if (!ApiContract.IsJsonType(type))
        {
            return $"question=effort&score={random.Next(9)}&{Uri.EscapeDataString(WellFormed(Oddity()))}=x";
        }

        var body = Json("body", content.GetProperty("schema"))?.ToJsonString() ?? "null";
        return Rarely(0.95) ? body : Rarely(0.5) ? body[..random.Next(body.Length)] : string.Concat(Enumerable.Repeat("[", 200));
    }

    private string Value(string name, JsonElement schema) => Rarely(0.07) ? Oddity() : SchemaCheck.Types(schema)[0] switch
    {
        "integer" => ((long)Number(schema)).ToString(CultureInfo.InvariantCulture),
        "number" => Number(schema).ToString("0.###", CultureInfo.InvariantCulture),
        "boolean" => Rarely(0.5) ? "true" : "false",
        "object" => $"{random.Next(30)}",
        _ => Text(name, schema),
    };

    private string Text(string name, JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var values))
        {
            return values[random.Next(values.GetArrayLength())].GetString()!;
        }

        if (Known.TryGetValue(name, out var known) && Rarely(0.85))
        {
            return known[random.Next(known.Count)];
        }

        return (schema.TryGetProperty("format", out var format) ? format.GetString() : null) switch
        {
            "date" => new DateOnly(2026, 11, 22).AddDays(random.Next(-400, 40)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "date-time" => $"2026-11-{random.Next(1, 23):00}T12:00:00Z",
            "uuid" => Uuid(),
            _ => Rarely(0.2) ? WellFormed(Oddity()) : $"text-{random.Next(20)}",
        };
    }

    private string Uuid()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    private double Number(JsonElement schema)
    {
        var low = schema.TryGetProperty("minimum", out var minimum) ? minimum.GetDouble() : -5;
        var high = schema.TryGetProperty("maximum", out var maximum) ? maximum.GetDouble() : low + 20;
        return Rarely(0.05) ? (Rarely(0.5) ? high + 1 : low - 1) : low + (random.NextDouble() * (Math.Min(high, low + 20) - low));
    }

    private string Oddity() => Oddities[random.Next(Oddities.Length)];

    private bool Rarely(double chance) => random.NextDouble() < chance;

    // What HttpClient can send at all.
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
