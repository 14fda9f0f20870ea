using System.Globalization;
using System.Text.Json.Serialization;

namespace Collector.Feedback;

/// <summary>Whom a survey is for. Every part that is given must hold; a part that is left out always does.</summary>
public sealed record Where
{
    private const int MostPatterns = 50, MostTags = 20, MostValues = 50, MostGroups = 20, LongestTagName = 40, LongestTagValue = 200;

    /// <summary>Pages, one of which it must be: patterns as those of touchpoint rules, about host and path, <c>*</c> for one segment and <c>**</c> for any number. At most 50.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Include { get; init; }

    /// <summary>Groups whose pages are meant as well, by their names: it must be a page of these or of <c>include</c>. At most 20.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Pages, none of which it may be: patterns as in <c>include</c>. At most 50.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Exclude { get; init; }

    /// <summary>The kinds of device.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Device>? Devices { get; init; }

    /// <summary>The visitor's languages, by primary subtag: <c>nl</c> is <c>nl-BE</c> too. At most 50.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>Marks that the page gives its visits: each of these must have one of its values. At most 20 tags of at most 50 values.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Tags { get; init; }

    /// <summary>The same in its one form, without what says nothing; null when nothing is left. What is wrong is added to <paramref name="errors"/>.</summary>
    public Where? Checked(string pointer, FieldErrors errors)
    {
        var where = new Where
        {
            Include = Patterns(Include, $"{pointer}/include", errors),
            Groups = CheckedGroups($"{pointer}/groups", errors),
            Exclude = Patterns(Exclude, $"{pointer}/exclude", errors),
            Devices = Devices is { Count: > 0 } ? [.. Devices.Distinct()] : null,
            Languages = CheckedLanguages($"{pointer}/languages", errors),
            Tags = CheckedTags($"{pointer}/tags", errors),
        };
        return where == new Where() ? null : where;
    }

    private static List<string>? Patterns(IReadOnlyList<string?>? patterns, string pointer, FieldErrors errors)
    {
        if (patterns is null or { Count: 0 })
        {
            return null;
        }

        if (patterns.Count > MostPatterns)
        {
            errors.Add(pointer, string.Create(CultureInfo.InvariantCulture, $"At most {MostPatterns}."));
            return null;
        }

        return [.. patterns
            .Select((pattern, i) => PagePattern.Read(pattern ?? "", JsonPointer.To(pointer, i), errors)?.ToString())
            .OfType<string>()
            .Distinct()];
    }

    // Whether the site has them is asked where the survey is stored.
    private List<string>? CheckedGroups(string pointer, FieldErrors errors)
    {
        if (Groups is null or { Count: 0 })
        {
            return null;
        }

        if (Groups.Count > MostGroups || !Groups.All(Names.IsSlug))
        {
            errors.Add(pointer, string.Create(CultureInfo.InvariantCulture, $"At most {MostGroups} names of groups."));
        }

        return [.. Groups.Distinct()];
    }

    private List<string>? CheckedLanguages(string pointer, FieldErrors errors)
    {
        if (Languages is null or { Count: 0 })
        {
            return null;
        }

        if (Languages.Count > MostValues || !Languages.All(LanguageTag.IsPrimary))
        {
            errors.Add(pointer, string.Create(CultureInfo.InvariantCulture, $"At most {MostValues} primary subtags in lower case, such as nl."));
        }

        return [.. Languages.Distinct()];
    }

    private IReadOnlyDictionary<string, IReadOnlyList<string>>? CheckedTags(string pointer, FieldErrors errors)
    {
        if (Tags is null or { Count: 0 })
        {
            return null;
        }

        if (Tags.Count > MostTags)
        {
            errors.Add(pointer, string.Create(CultureInfo.InvariantCulture, $"At most {MostTags}."));
            return null;
        }

        foreach (var (name, values) in Tags)
        {
            var place = JsonPointer.To(pointer, name);
            if (!Names.AreLetters(name, LongestTagName))
            {
                errors.Add(place, string.Create(CultureInfo.InvariantCulture, $"A tag's name has 1 to {LongestTagName} letters, digits, '_', '-' and '.'."));
            }

            if (values is null or { Count: 0 or > MostValues } || !values.All(value => value?.Length is > 0 and <= LongestTagValue))
            {
                errors.Add(place, string.Create(CultureInfo.InvariantCulture, $"1 to {MostValues} values of 1 to {LongestTagValue} characters."));
            }
        }

        return Tags;
    }
}
