using System.Text.Json;

namespace Collector.Tests.Support.Contract;

/// <summary>What in a later document of the API would break callers of an earlier one: less that is answered, more that is asked for, other forms.</summary>
public sealed class BreakingChanges
{
    private readonly JsonElement before, after;
    private readonly SchemaCheck schemasBefore, schemasAfter;
    private readonly SortedSet<string> found = new(StringComparer.Ordinal);
    private readonly HashSet<(string Schema, bool IsAnswer)> seen = [];

    private BreakingChanges(string before, string after)
    {
        this.before = JsonDocument.Parse(before).RootElement;
        this.after = JsonDocument.Parse(after).RootElement;
        (schemasBefore, schemasAfter) = (new SchemaCheck(this.before), new SchemaCheck(this.after));
    }

    /// <summary>Each of them, in a few words that a changelog can repeat.</summary>
    public static IReadOnlyCollection<string> Between(string before, string after)
    {
        var changes = new BreakingChanges(before, after);
        foreach (var path in changes.before.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                changes.Compare($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value, Get(Get(Get(changes.after, "paths"), path.Name), operation.Name));
            }
        }

        return changes.found;
    }

    private void Compare(string name, JsonElement old, JsonElement? changed)
    {
        if (changed is not { } now)
        {
            found.Add($"{name} is gone");
            return;
        }

        ComparePresence(name, old, now);
        CompareParameters(name, old, now);
        if (Get(Get(now, "requestBody"), "content") is { } content)
        {
            CompareContents(name, Get(Get(old, "requestBody"), "content"), content, isAnswer: false);
        }
    }

    private void ComparePresence(string name, JsonElement old, JsonElement now)
    {
        if (Text(old, "operationId") != Text(now, "operationId"))
        {
            found.Add($"{name} is no longer called {Text(old, "operationId")}");
        }

        foreach (var response in Members(Get(old, "responses")))
        {
            if (Get(Get(now, "responses"), response.Name) is not { } answered)
            {
                found.Add($"{name} no longer answers {response.Name}");
                continue;
            }

            foreach (var header in Members(Get(response.Value, "headers")).Where(header => Get(Get(answered, "headers"), header.Name) is null))
            {
                found.Add($"{name} answers {response.Name} without {header.Name}");
            }

            CompareContents($"{name} {response.Name}", Get(response.Value, "content"), Get(answered, "content"), isAnswer: true);
        }
    }

    private void CompareParameters(string name, JsonElement old, JsonElement now)
    {
        var known = Items(Get(old, "parameters")).ToDictionary(parameter => Text(parameter, "name")!);
        var current = Items(Get(now, "parameters")).ToDictionary(parameter => Text(parameter, "name")!);
        foreach (var gone in known.Keys.Except(current.Keys))
        {
            found.Add($"{name} no longer takes {gone}");
        }

        foreach (var (parameter, definition) in current)
        {
            var earlier = known.GetValueOrDefault(parameter);
            if (IsTrue(definition, "required") && !IsTrue(earlier, "required"))
            {
                found.Add($"{name} now needs {parameter}");
            }

            if (earlier.ValueKind == JsonValueKind.Object)
            {
                CompareSchemas($"{name} {parameter}", earlier.GetProperty("schema"), definition.GetProperty("schema"), isAnswer: false);
            }
        }
    }

    private void CompareContents(string name, JsonElement? old, JsonElement? now, bool isAnswer)
    {
        foreach (var content in Members(old))
        {
            if (Get(now, content.Name) is not { } later)
            {
                found.Add($"{name} is no longer {content.Name}");
            }
            else if (Get(content.Value, "schema") is { } before && Get(later, "schema") is { } after)
            {
                CompareSchemas(name, before, after, isAnswer);
            }
        }
    }

    // What is answered may come to say more and to leave less out; what is taken may come to need less and to allow more.
    private void CompareSchemas(string name, JsonElement old, JsonElement now, bool isAnswer)
    {
        if (Text(old, "$ref") is { } reference && !seen.Add(($"{reference} {Text(now, "$ref")}", isAnswer)))
        {
            return; // Told already, where it was first met.
        }

        (old, now) = (schemasBefore.Resolve(old), schemasAfter.Resolve(now));
        (old, var oldNull) = WithoutNull(old, schemasBefore);
        (now, var nowNull) = WithoutNull(now, schemasAfter);
        var (less, more) = (Types(old), Types(now));
        if (oldNull != nowNull && nowNull == isAnswer)
        {
            found.Add(isAnswer ? $"{name} may now be null" : $"{name} may no longer be null");
        }

        if (!(isAnswer ? more.All(type => Covers(less, type)) : less.All(type => Covers(more, type))))
        {
            found.Add($"{name} is {string.Join(" or ", more)}, no longer {string.Join(" or ", less)}");
        }

        CompareEnums(name, old, now, isAnswer);
        CompareLimits(name, old, now, isAnswer);
        CompareMembers(name, old, now, isAnswer);
        if (Get(old, "items") is { } itemsBefore && Get(now, "items") is { } itemsAfter)
        {
            CompareSchemas($"{name}/*", itemsBefore, itemsAfter, isAnswer);
        }

        if (Get(old, "additionalProperties") is { ValueKind: JsonValueKind.Object } valuesBefore && Get(now, "additionalProperties") is { ValueKind: JsonValueKind.Object } valuesAfter)
        {
            CompareSchemas($"{name}/*", valuesBefore, valuesAfter, isAnswer);
        }
    }

    // A value that callers do not know breaks them, as one does that they may no longer send.
    private void CompareEnums(string name, JsonElement old, JsonElement now, bool isAnswer)
    {
        var known = Items(Get(old, "enum")).Select(value => value.GetRawText()).ToList();
        var current = Items(Get(now, "enum")).Select(value => value.GetRawText()).ToList();
        if (isAnswer && known.Count > 0)
        {
            found.UnionWith(current.Count == 0 ? [$"{name} is no longer one of a few"] : current.Except(known).Select(value => $"{name} may now be {value}"));
        }
        else if (!isAnswer && current.Count > 0)
        {
            found.UnionWith(known.Count == 0 ? [$"{name} is now one of a few"] : known.Except(current).Select(value => $"{name} may no longer be {value}"));
        }
    }

    private void CompareLimits(string name, JsonElement old, JsonElement now, bool isAnswer)
    {
        var (wide, narrow) = isAnswer ? (now, old) : (old, now);
        foreach (var (keyword, sign) in ((string, int)[])[("minimum", 1), ("minLength", 1), ("maximum", -1), ("exclusiveMaximum", -1), ("maxLength", -1), ("maxItems", -1)])
        {
            if (Get(narrow, keyword) is { } limit && (Get(wide, keyword) is not { } earlier || sign * limit.GetDouble() > sign * earlier.GetDouble()))
            {
                found.Add(isAnswer ? $"{name} may go past its {keyword} of {limit}" : $"{name} has a {keyword} of {limit}");
            }
        }
    }

    private void CompareMembers(string name, JsonElement old, JsonElement now, bool isAnswer)
    {
        var needed = Items(Get(old, "required")).Select(member => member.GetString()!).ToHashSet();
        var neededNow = Items(Get(now, "required")).Select(member => member.GetString()!).ToHashSet();
        foreach (var member in Members(Get(old, "properties")))
        {
            if (Get(Get(now, "properties"), member.Name) is { } later)
            {
                CompareSchemas($"{name}/{member.Name}", member.Value, later, isAnswer);
            }
            else
            {
                found.Add($"{name}/{member.Name} is gone");
            }
        }

        found.UnionWith(isAnswer
            ? needed.Except(neededNow).Where(member => Get(Get(now, "properties"), member) is not null).Select(member => $"{name}/{member} may now be left out")
            : neededNow.Except(needed).Select(member => $"{name}/{member} is now needed"));
    }

    private static (JsonElement Schema, bool MayBeNull) WithoutNull(JsonElement schema, SchemaCheck schemas)
    {
        if (Get(schema, "oneOf") is { } choices && choices.EnumerateArray().ToList() is [var none, var one] && Text(none, "type") == "null")
        {
            return (schemas.Resolve(one), true);
        }

        return (schema, SchemaCheck.Types(schema).Contains("null"));
    }

    private static List<string> Types(JsonElement schema) => [.. SchemaCheck.Types(schema).Where(type => type != "null").Order(StringComparer.Ordinal)];

    private static bool Covers(List<string> types, string type) => types.Contains(type) || (type == "integer" && types.Contains("number"));

    private static JsonElement? Get(JsonElement? element, string name) => element is { ValueKind: JsonValueKind.Object } one && one.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement element, string name) => Get(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static bool IsTrue(JsonElement element, string name) => Get(element, name) is { ValueKind: JsonValueKind.True };

    private static IEnumerable<JsonProperty> Members(JsonElement? element)
    {
        if (element is { ValueKind: JsonValueKind.Object } one)
        {
            foreach (var member in one.EnumerateObject())
            {
                yield return member;
            }
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement? element)
    {
        if (element is { ValueKind: JsonValueKind.Array } many)
        {
            foreach (var item in many.EnumerateArray())
            {
                yield return item;
            }
        }
    }
}
