using Collector.Dashboard.Parts;
using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Insights;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Dashboard.Touchpoints;

/// <summary>All touchpoints, to sort and to search.</summary>
internal static class TouchpointsPage
{
    private const string PageLength = "25";

    /// <summary>Maps the page.</summary>
    public static void MapTouchpointsPage(this RouteGroupBuilder site) => site.MapGet("/touchpoints", GetAsync);

    private static async Task<IResult> GetAsync(
        Site site,
        PageContext page,
        [FromQuery] string? sort,
        [FromQuery] string? search,
        [FromQuery] string? cursor,
        Selections selections,
        SettledTotals settled,
        Database database,
        TimeProvider time,
        CancellationToken cancellation)
    {
        var (query, wanted) = (page.Filters.Query, string.IsNullOrWhiteSpace(search) ? null : search.Trim());
        var result = await TouchpointsRoute.GetAsync(
            site, query, sort, wanted, new PagingQuery { Limit = PageLength, Cursor = cursor }, selections, settled, database, time, cancellation);
        if (result.ValueOf<TouchpointList>() is not { } list)
        {
            return page.Refuse(result);
        }

        var selection = await selections.ReadAsync(query, site, new FieldErrors(), cancellation);
        return HtmlPage.Of<TouchpointsView, TouchpointsModel>(page, page.Words.Say("Touchpoints"), new TouchpointsModel
        {
            Choices = await FilterChoices.ReadAsync(page, database, time, cancellation),
            List = list,
            Trends = await Sparklines.ReadAsync(database, selection, [.. list.Items.Select(item => item.Touchpoint)], cancellation),
            Sort = sort ?? "ease",
            Search = wanted,
            IsFirst = cursor is null,
        });
    }
}

/// <summary>The list of touchpoints.</summary>
public sealed record TouchpointsModel
{
    /// <summary>The period and what can be filtered by.</summary>
    public required FilterChoices Choices { get; init; }

    /// <summary>The touchpoints.</summary>
    public required TouchpointList List { get; init; }

    /// <summary>The trend of each, as an index from 0 to 100 by its part of the period; null where nobody answered.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<double?>> Trends { get; init; }

    /// <summary>How they are sorted, as the API says it.</summary>
    public required string Sort { get; init; }

    /// <summary>What is looked for in their names.</summary>
    public required string? Search { get; init; }

    /// <summary>Whether this is the first page of them.</summary>
    public required bool IsFirst { get; init; }
}
