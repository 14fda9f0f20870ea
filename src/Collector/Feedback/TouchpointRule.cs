using System.Globalization;

namespace Collector.Feedback;

/// <summary>
/// A site's own word on what a touchpoint is: all pages of a pattern are one; or, with parameters to keep, each of them is one for each value
/// of these parameters.
/// </summary>
public sealed record TouchpointRule
{
    /// <summary>The most parameters that a rule keeps.</summary>
    public const int MostParameters = 10;

    private const int LongestParameter = 100;

    private TouchpointRule(PagePattern pattern, IReadOnlyList<string> keepParameters) => (Pattern, KeepParameters) = (pattern, keepParameters);

    /// <summary>The pages it is about.</summary>
    public PagePattern Pattern { get; }

    /// <summary>The names of the query parameters that tell its pages apart; when there are none, all its pages are one touchpoint.</summary>
    public IReadOnlyList<string> KeepParameters { get; }

    /// <summary>Makes a rule; null when something is wrong, which is added to <paramref name="errors"/> then.</summary>
    public static TouchpointRule? Check(string pattern, IReadOnlyList<string?> keepParameters, FieldErrors errors)
    {
        ArgumentNullException.ThrowIfNull(keepParameters);
        ArgumentNullException.ThrowIfNull(errors);
        var pages = PagePattern.Read(pattern, "/pattern", errors);
        if (keepParameters.Count > MostParameters || keepParameters.Distinct(StringComparer.Ordinal).Count() < keepParameters.Count)
        {
            errors.Add("/keepParameters", string.Create(CultureInfo.InvariantCulture, $"At most {MostParameters}, each once."));
        }

        for (var i = 0; i < keepParameters.Count; i++)
        {
            if (string.IsNullOrEmpty(keepParameters[i]) || keepParameters[i]!.Length > LongestParameter || keepParameters[i]!.Any(char.IsControl))
            {
                errors.Add(
                    string.Create(CultureInfo.InvariantCulture, $"/keepParameters/{i}"),
                    string.Create(CultureInfo.InvariantCulture, $"A name of 1 to {LongestParameter} characters, none of them a control character."));
            }
        }

        return errors.Any || pages is null ? null : new TouchpointRule(pages, [.. keepParameters!]);
    }
}
