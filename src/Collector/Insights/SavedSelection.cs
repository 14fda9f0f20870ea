using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Collector.Feedback;
using Collector.Sites;

namespace Collector.Insights;

/// <summary>
/// Which responses a goal or a change is about: the filters of all figures, but for their days. What is left out selects everything. A name that nothing has,
/// or has any more, selects nothing, as in the query of a figure; the goal or change stays.
/// </summary>
public sealed record SavedSelection
{
    // In one order, so that the same marks are stored as the same text.
    private readonly SortedDictionary<string, string>? tags;

    /// <summary>A page's URL: the touchpoint that it belongs to by the rules of the day. Not together with <c>touchpoint</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Page { get; init; }

    /// <summary>A touchpoint's name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Touchpoint { get; init; }

    /// <summary>A group's name: its touchpoints.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }

    /// <summary>A stage: the touchpoints of all groups at this stage.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Stage { get; init; }

    /// <summary>A survey's name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Survey { get; init; }

    /// <summary>An intent, such as <c>compare</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Intent { get; init; }

    /// <summary>How it worked out: <c>yes</c>, <c>partly</c>, <c>no</c> or <c>busy</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Success { get; init; }

    /// <summary>A kind of device: <c>desktop</c>, <c>mobile</c> or <c>tablet</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Device { get; init; }

    /// <summary>The language in which the survey was shown, as a BCP 47 tag.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Language { get; init; }

    /// <summary>
    /// Marks that the page gave the visit, by their names; of several, all. They are looked for in each response of the days rather than in counts, so that they take longer, and those
    /// that were erased when their time was over are not among them.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Tags
    {
        get => tags;
        init => tags = value is { Count: > 0 } ? new SortedDictionary<string, string>(value.ToDictionary(), StringComparer.Ordinal) : null;
    }

    /// <summary>Everything.</summary>
    internal static SavedSelection Everything { get; } = new();

    /// <summary>Reads what <see cref="ToStored"/> wrote.</summary>
    internal static SavedSelection FromStored(string text) => JsonSerializer.Deserialize(text, InsightsJson.Default.SavedSelection)!;

    /// <summary>The text under which it is stored.</summary>
    internal string ToStored() => JsonSerializer.Serialize(this, InsightsJson.Default.SavedSelection);

    /// <summary>Adds what is wrong with it to <paramref name="errors"/>, below the member that holds it.</summary>
    internal void Check(string member, Site site, FieldErrors errors)
    {
        var wrong = new FieldErrors();
        Selection.Read(ToQuery(site.DayOf(site.CreatedAt), site.DayOf(site.CreatedAt)), site, site.CreatedAt, wrong);
        foreach (var (field, messages) in wrong.ToDictionary())
        {
            foreach (var message in messages)
            {
                errors.Add(
                    field.StartsWith(TagFilter.Family, StringComparison.Ordinal) ? JsonPointer.To($"{member}/tags", field[TagFilter.Family.Length..]) : $"{member}/{field}", message);
            }
        }
    }

    /// <summary>The responses of some days; null when it selects nothing any more.</summary>
    internal async Task<Selection?> OverAsync(DateOnly from, DateOnly to, Site site, Selections selections, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var selection = await selections.ReadAsync(ToQuery(from, to), site, errors, cancellation);
        return errors.Any ? null : selection;
    }

    /// <summary>What a query asks for, and where it leaves something open, this.</summary>
    internal SelectionQuery FillIn(SelectionQuery query) => query with
    {
        Page = query.Touchpoint is null ? query.Page ?? Page : query.Page,
        Touchpoint = query.Page is null ? query.Touchpoint ?? Touchpoint : query.Touchpoint,
        Group = query.Group ?? Group,
        Stage = query.Stage ?? Stage,
        Survey = query.Survey ?? Survey,
        Intent = query.Intent ?? Intent,
        Success = query.Success ?? Success,
        Device = query.Device ?? Device,
        Language = query.Language ?? Language,
        Request = RequestWith(query.Request.Query),
    };

    /// <summary>The query that asks a figure for it, over some days.</summary>
    internal SelectionQuery ToQuery(DateOnly from, DateOnly to) => FillIn(new SelectionQuery
    {
        From = from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        To = to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Request = new DefaultHttpContext().Request,
    });

    // Marks are only known by the names that a query has for them.
    private HttpRequest RequestWith(IQueryCollection query)
    {
        var all = query.ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in tags ?? [])
        {
            all.TryAdd(TagFilter.Family + name, value);
        }

        var request = new DefaultHttpContext().Request;
        request.Query = new QueryCollection(all);
        return request;
    }
}
