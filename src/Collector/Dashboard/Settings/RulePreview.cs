using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Dapper;

namespace Collector.Dashboard.Settings;

/// <summary>A touchpoint whose pages would count elsewhere.</summary>
/// <param name="Before">Where they count now.</param>
/// <param name="After">Where they would.</param>
/// <param name="Pages">How many pages that is, as far as they are known.</param>
public sealed record MovedPages(string Before, string After, int Pages);

/// <summary>What would count elsewhere by other rules.</summary>
/// <param name="Count">How many touchpoints.</param>
/// <param name="First">The first of them.</param>
public sealed record RulePreview(int Count, IReadOnlyList<MovedPages> First)
{
    // The pages of the newest responses tell apart what a rule has put together; those of a single touchpoint are known by its name.
    private const int NewestResponses = 5_000, MostShown = 50;

    /// <summary>Works it out for the touchpoints of a site, as they are known now.</summary>
    public static async Task<RulePreview> ReadAsync(Database database, Site site, IReadOnlyList<TouchpointRule> rules, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        var pages = (await connection.QueryAsync<string>(new CommandDefinition(
            "select page from responses where site = @Id order by day desc limit @Most", new { site.Id, Most = NewestResponses }, cancellationToken: cancellation)))
            .Where(page => page.Length > 0).Distinct(StringComparer.Ordinal).Select(Page.FromStored);
        var names = await connection.QueryAsync<string>(new CommandDefinition(
            "select name from touchpoints where site = @Id and number > 0", new { site.Id }, cancellationToken: cancellation));

        var moved = new List<MovedPages>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var page in pages)
        {
            var (before, after) = (Place(page, site.TouchpointRules, site), Place(page, rules, site));
            seen.Add(before);
            moved.Add(new MovedPages(before, after, 1));
        }

        moved.AddRange(names.Where(seen.Add).Select(name => new MovedPages(name, Place(name, rules), 1)));
        var all = moved.Where(each => each.Before != each.After).GroupBy(each => (each.Before, each.After))
            .Select(same => new MovedPages(same.Key.Before, same.Key.After, same.Count()))
            .OrderBy(each => each.After, StringComparer.Ordinal).ThenBy(each => each.Before, StringComparer.Ordinal).ToList();
        return new RulePreview(all.Count, [.. all.Take(MostShown)]);
    }

    private static string Place(Page page, IReadOnlyList<TouchpointRule> rules, Site site) => Placement.Of(page, page.Query, rules, site.CollapseIdentifiers).Touchpoint.Name;

    // A touchpoint without a page among the newest responses: all its pages go where a rule takes all of them.
    private static string Place(string name, IReadOnlyList<TouchpointRule> rules) =>
        Touchpoint.TryParse(name, out var touchpoint) && rules.FirstOrDefault(rule => rule.Pattern.Covers(touchpoint)) is { KeepParameters.Count: 0 } rule
            ? name[..name.IndexOf('/', StringComparison.Ordinal)] + rule.Pattern.Path
            : name;
}
