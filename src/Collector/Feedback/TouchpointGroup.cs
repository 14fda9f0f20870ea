using System.Globalization;

namespace Collector.Feedback;

/// <summary>A series of touchpoints with a common goal (to inform, compare, buy, get help …), given by the patterns of their pages.</summary>
public sealed record TouchpointGroup
{
    /// <summary>The most patterns that a group has.</summary>
    public const int MostPatterns = 50;

    private const int LongestName = 200;

    private TouchpointGroup(string id, string name, IReadOnlyList<PagePattern> patterns) => (Id, Name, Patterns) = (id, name, patterns);

    /// <summary>Its name in addresses and figures, unique in the site.</summary>
    public string Id { get; }

    /// <summary>What people call it.</summary>
    public string Name { get; }

    /// <summary>The pages it is about: those that any of these means.</summary>
    public IReadOnlyList<PagePattern> Patterns { get; }

    /// <summary>The journey that it is part of, if it is.</summary>
    public Journey? Journey { get; private init; }

    /// <summary>The stage of the journey: one of <see cref="Stages"/>, or a word of the site's own.</summary>
    public string? Stage { get; private init; }

    /// <summary>Makes a group; null when something is wrong, which is added to <paramref name="errors"/> then.</summary>
    public static TouchpointGroup? Check(
        string id, string name, IReadOnlyList<string?> patterns, Journey? journey, string? stage, FieldErrors errors)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        ArgumentNullException.ThrowIfNull(errors);
        if (!Names.IsSlug(id))
        {
            errors.Add("/id", Slug);
        }

        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl))
        {
            errors.Add("/name", string.Create(CultureInfo.InvariantCulture, $"1 to {LongestName} characters, none of them a control character."));
        }

        if (stage is not null && !Names.IsSlug(stage))
        {
            errors.Add("/stage", Slug);
        }

        if (patterns.Count is 0 or > MostPatterns)
        {
            errors.Add("/patterns", string.Create(CultureInfo.InvariantCulture, $"1 to {MostPatterns} patterns."));
            return null;
        }

        var pages = patterns.Select((pattern, i) => PagePattern.Read(pattern ?? "", JsonPointer.To("/patterns", i), errors)).OfType<PagePattern>();
        var group = new TouchpointGroup(id, name, [.. pages.DistinctBy(pattern => pattern.ToString())]) { Journey = journey, Stage = stage };
        return errors.Any ? null : group;
    }

    /// <summary>Whether a touchpoint belongs to it: whether all pages that it stands for do.</summary>
    public bool Holds(Touchpoint touchpoint) => Patterns.Any(pattern => pattern.Covers(touchpoint));

    private static string Slug => string.Create(CultureInfo.InvariantCulture, $"1 to {Names.Longest} lower-case letters, digits and '-', the first no '-'.");
}
