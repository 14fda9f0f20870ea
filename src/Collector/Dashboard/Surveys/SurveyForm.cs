using System.Globalization;
using System.Text.Json.Nodes;

namespace Collector.Dashboard.Surveys;

/// <summary>
/// What stands in the editor's fields. Each is named by the JSON pointer of what it becomes in the API (<c>/questions/0/text/nl</c>), so that what the API's check finds wrong
/// finds its field.
/// </summary>
public sealed class SurveyForm
{
    // More than any list may have; a field that was made up must not make one that is endless.
    private const int MostItems = 100;

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>What is wrong, by field.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; internal set; } = new Dictionary<string, string[]>();

    /// <summary>What stands in a field; nothing where there is no such field.</summary>
    public string this[string pointer]
    {
        get => values.GetValueOrDefault(pointer, "");
        internal set => values[pointer] = value;
    }

    /// <summary>What was sent. Other fields than those of the survey are left out.</summary>
    public static SurveyForm Of(IFormCollection sent)
    {
        ArgumentNullException.ThrowIfNull(sent);
        var form = new SurveyForm();
        foreach (var (name, value) in sent.Where(pair => pair.Key.StartsWith('/')))
        {
            form[name] = value.ToString();
        }

        return form;
    }

    /// <summary>Whether a box is ticked.</summary>
    public bool Has(string pointer) => this[pointer] == "true";

    /// <summary>How many items a list has.</summary>
    public int CountOf(string list) => Below(list).Select(pair => IndexOf(pair.Key, list) + 1).DefaultIfEmpty(0).Max();

    /// <summary>The members of an object that have something in them, by name.</summary>
    public IReadOnlyDictionary<string, string> Members(string pointer) => Below(pointer)
        .Where(pair => pair.Value.Trim().Length > 0)
        .ToDictionary(pair => pair.Key[(pointer.Length + 1)..], pair => pair.Value.Trim(), StringComparer.Ordinal);

    /// <summary>The lines of a text that have something in them.</summary>
    public IReadOnlyList<string> Lines(string pointer) => this[pointer].Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What is wrong with a field, or below it: a line of a list is a place of its own to the API, and has no field of its own here.</summary>
    public IEnumerable<(string Pointer, string Message)> ErrorsIn(string pointer) => Errors
        .Where(error => error.Key == pointer || error.Key.StartsWith($"{pointer}/", StringComparison.Ordinal))
        .SelectMany(error => error.Value.Select(message => (error.Key, message)));

    /// <summary>Takes an item out of its list.</summary>
    internal void Remove(string item)
    {
        var (list, index) = PlaceOf(item);
        Renumber(list, at => at == index ? null : at > index ? at - 1 : at);
    }

    /// <summary>Moves an item up (-1) or down (1) in its list.</summary>
    internal void Move(string item, int by)
    {
        var (list, index) = PlaceOf(item);
        if (index + by >= 0 && index + by < CountOf(list))
        {
            Renumber(list, at => at == index ? at + by : at == index + by ? index : at);
        }
    }

    /// <summary>Puts what a JSON document says into the fields of a place.</summary>
    internal void Put(string pointer, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, member) in members)
                {
                    Put($"{pointer}/{name}", member);
                }

                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    Put(string.Create(CultureInfo.InvariantCulture, $"{pointer}/{i}"), items[i]);
                }

                break;
            case JsonValue value:
                this[pointer] = value.ToString();
                break;
        }
    }

    private static (string List, int Index) PlaceOf(string item)
    {
        var slash = item.LastIndexOf('/');
        return (item[..slash], int.Parse(item.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }

    private static int IndexOf(string pointer, string list)
    {
        var rest = pointer.AsSpan(list.Length + 1);
        var slash = rest.IndexOf('/');
        return int.TryParse(slash < 0 ? rest : rest[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < MostItems ? index : -1;
    }

    private IEnumerable<KeyValuePair<string, string>> Below(string pointer) => values.Where(pair => pair.Key.StartsWith($"{pointer}/", StringComparison.Ordinal));

    private void Renumber(string list, Func<int, int?> to)
    {
        var items = Below(list).ToList();
        foreach (var (pointer, _) in items)
        {
            values.Remove(pointer);
        }

        foreach (var (pointer, value) in items)
        {
            var index = IndexOf(pointer, list);
            if (to(index) is { } place)
            {
                var rest = pointer[(list.Length + 1 + index.ToString(CultureInfo.InvariantCulture).Length)..];
                this[string.Create(CultureInfo.InvariantCulture, $"{list}/{place}{rest}")] = value;
            }
        }
    }
}
