namespace Collector.Feedback;

/// <summary>What is wrong with a request, field by field, so that all of it can be told at once.</summary>
/// <remarks>A field is named by its JSON pointer (<c>/answers/0/score</c>; the whole body is the empty pointer) or its query parameter.</remarks>
public sealed class FieldErrors
{
    // What is wrong with a hundred fields is wrong with the whole; naming thousands would only be work for a hostile sender to cause.
    private const int MostFields = 100;

    private Dictionary<string, List<string>>? messages; // Made when something is wrong: mostly, nothing is.

    /// <summary>How many messages there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether something is wrong.</summary>
    public bool Any => Count > 0;

    /// <summary>Whether something has the wrong form, rather than a value that is not allowed.</summary>
    public bool Malformed { get; private set; }

    /// <summary>A value of the wrong form: a wrong type, an unknown member, a required member that is missing.</summary>
    public void AddMalformed(string field, string message)
    {
        Malformed = true;
        Add(field, message);
    }

    /// <summary>A value of the right form that is not allowed.</summary>
    public void Add(string field, string message)
    {
        Count++;
        messages ??= new Dictionary<string, List<string>>(StringComparer.Ordinal);
        if (!messages.TryGetValue(field, out var list))
        {
            if (messages.Count == MostFields)
            {
                return;
            }

            messages[field] = list = [];
        }

        list.Add(message);
    }

    /// <summary>Whether something is wrong with this very field.</summary>
    public bool Has(string field) => messages?.ContainsKey(field) == true;

    /// <summary>The errors in the shape that problem details carry.</summary>
    public Dictionary<string, string[]> ToDictionary() =>
        messages?.ToDictionary(entry => entry.Key, entry => entry.Value.ToArray(), StringComparer.Ordinal) ?? [];
}
