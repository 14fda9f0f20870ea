namespace Collector.Feedback;

/// <summary>What a site makes of a URL: the page that is stored, and the touchpoint it counts for.</summary>
/// <param name="Page">The page, with the parameters that the site's rules keep.</param>
/// <param name="Touchpoint">Its touchpoint.</param>
public sealed record Placement(Page Page, Touchpoint Touchpoint)
{
    /// <summary>
    /// Places a page by the first rule whose pattern it matches, or else by its own name. Placed again with the query that was kept,
    /// it comes to the same place.
    /// </summary>
    public static Placement Of(Page page, ReadOnlySpan<char> query, IReadOnlyList<TouchpointRule> rules, bool collapseIdentifiers)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(rules);
        for (var i = 0; i < rules.Count; i++)
        {
            var rule = rules[i];
            if (rule.Pattern.Matches(page))
            {
                page = page.Keeping(rule.KeepParameters, query);
                return new Placement(page, rule.KeepParameters.Count == 0 ? Touchpoint.Of(page, rule.Pattern) : Touchpoint.Of(page, collapseIdentifiers));
            }
        }

        page = page.Keeping([], []);
        return new Placement(page, Touchpoint.Of(page, collapseIdentifiers));
    }
}
