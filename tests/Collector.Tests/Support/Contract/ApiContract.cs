using System.Text.Json;

namespace Collector.Tests.Support.Contract;

/// <summary>What the API's document promises, to hold answers against.</summary>
public sealed class ApiContract
{
    private readonly JsonElement document;
    private readonly List<ApiOperation> operations;

    public ApiContract(string json)
    {
        document = JsonDocument.Parse(json).RootElement;
        Schemas = new SchemaCheck(document);
        operations = [.. document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => new ApiOperation(operation.Name.ToUpperInvariant(), path.Name, operation.Value)))];
    }

    /// <summary>The one that clients are made of: a test holds it to the one that is served.</summary>
    public static ApiContract Kept { get; } = new(File.ReadAllText(KeptPath));

    /// <summary>Five folders up from bin/Release/net10.0.</summary>
    public static string KeptPath => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../src/Collector.Client/openapi.json"));

    public SchemaCheck Schemas { get; }

    public IReadOnlyList<ApiOperation> Operations => operations;

    /// <summary>The operation that a request is for: of several whose path fits, the one that says most of it.</summary>
    public ApiOperation? Find(string method, string path)
    {
        var segments = path.Split('/');
        return operations.Where(operation => operation.Method == method && operation.Fits(segments)).MaxBy(operation => operation.LiteralSegments);
    }

    /// <summary>Whether a media type is one JSON value, and not lines of them.</summary>
    public static bool IsJsonType(string mediaType) => mediaType == "application/json" || mediaType.EndsWith("+json", StringComparison.Ordinal);

    /// <summary>All in which an answer is another one than the document promises. A <paramref name="body"/> that is null was not read, and is not looked at.</summary>
    public IEnumerable<string> Violations(ApiOperation operation, int status, string? contentType, Func<string, bool> hasHeader, ReadOnlyMemory<byte>? body)
    {
        if (!operation.Json.GetProperty("responses").TryGetProperty($"{status}", out var response))
        {
            return [$"answers {status}, which is not declared"];
        }

        var violations = new List<string>();
        if (response.TryGetProperty("headers", out var headers))
        {
            violations.AddRange(headers.EnumerateObject()
                .Where(header => header.Value.TryGetProperty("required", out var required) && required.GetBoolean() && !hasHeader(header.Name))
                .Select(header => $"answers {status} without {header.Name}"));
        }

        var mediaType = contentType?.Split(';')[0].Trim();
        if (!response.TryGetProperty("content", out var contents))
        {
            if (body is { Length: > 0 } || mediaType is not null)
            {
                violations.Add($"answers {status} with a body, of which none is declared");
            }
        }
        else if (mediaType is null || !contents.TryGetProperty(mediaType, out var content))
        {
            violations.Add($"answers {status} as {mediaType ?? "nothing"}, which is not declared");
        }
        else if (body is { } bytes && IsJsonType(mediaType))
        {
            using var json = JsonDocument.Parse(bytes);
            violations.AddRange(Schemas.Violations(json.RootElement, content.GetProperty("schema")).Select(violation => $"answers {status}: {violation}"));
        }

        return violations;
    }
}

/// <summary>One operation of it.</summary>
public sealed record ApiOperation(string Method, string Path, JsonElement Json)
{
    private readonly string[] template = Path.Split('/');

    public string Id => Json.GetProperty("operationId").GetString()!;

    public int LiteralSegments => template.Count(segment => !segment.Contains('{', StringComparison.Ordinal));

    /// <summary>Whether all that it may answer is JSON, and so may be read whole.</summary>
    public bool IsJson => Json.GetProperty("responses").EnumerateObject()
        .SelectMany(response => response.Value.TryGetProperty("content", out var content) ? content.EnumerateObject().Select(type => type.Name) : [])
        .All(ApiContract.IsJsonType);

    public bool Fits(string[] segments) => segments.Length == template.Length
        && segments.Zip(template).All(pair => pair.Second.Contains('{', StringComparison.Ordinal) ? pair.First.Length > 0 : pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));

    public override string ToString() => $"{Method} {Path}";
}
