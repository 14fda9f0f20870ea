using Collector.Dashboard.Parts;
using Collector.Dashboard.Shell;
using Collector.Insights;
using Collector.Sites;
using Collector.Storage;
using Collector.Surveys;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Dashboard.Patterns;

/// <summary>Intents beside effort: where they go together more than chance explains.</summary>
internal static class PatternsPage
{
    // As many touchpoints as one can take in at a glance; and as many as a page can hold.
    private const int FewRows = 14, ManyRows = 100;

    private const string MostPatterns = "12";

    /// <summary>Maps the page.</summary>
    public static void MapPatternsPage(this RouteGroupBuilder site) => site.MapGet("/patterns", GetAsync);

    private static async Task<IResult> GetAsync(
        Site site,
        PageContext page,
        [FromQuery] string? by,
        [FromQuery] string? rows,
        Selections selections,
        Memberships memberships,
        Database database,
        SurveyDirectory surveys,
        TimeProvider time,
        CancellationToken cancellation)
    {
        var result = await PatternsRoute.GetAsync(site, page.Filters.Query, page.Words.Language, MostPatterns, page.Caller, page.Audit, selections, database, surveys, cancellation);
        if (result.ValueOf<PatternsAnswer>() is not { } patterns)
        {
            return page.Refuse(result);
        }

        var (isByGroup, isLong) = (by == "group", rows == "more");
        return HtmlPage.Of<PatternsView, PatternsModel>(page, page.Words.Say("Patterns"), new PatternsModel
        {
            Choices = await FilterChoices.ReadAsync(page, database, time, cancellation),
            Answer = patterns,
            Found = patterns.AllCells.Count(cell => cell.IsPattern(site.MinimumAnswers)),
            Map = isByGroup ? HeatMap.OfGroups(patterns, await ReadGroupsAsync(), site.MinimumAnswers)
                : HeatMap.OfTouchpoints(patterns, isLong ? ManyRows : FewRows, site.MinimumAnswers),
            IsByGroup = isByGroup,
            IsLong = isLong,
        });

        async Task<IReadOnlyList<GroupMembers>> ReadGroupsAsync()
        {
            await using var connection = await database.ReadAsync(cancellation);
            return await memberships.OfAsync(connection, site.Id, _ => true, cancellation);
        }
    }
}

/// <summary>The page of patterns.</summary>
public sealed record PatternsModel
{
    /// <summary>The period and what can be filtered by.</summary>
    public required FilterChoices Choices { get; init; }

    /// <summary>What was tested, and the surest patterns.</summary>
    public required PatternsAnswer Answer { get; init; }

    /// <summary>How many patterns there are in all.</summary>
    public required int Found { get; init; }

    /// <summary>The map.</summary>
    public required HeatMap Map { get; init; }

    /// <summary>Whether its rows are groups; otherwise they are touchpoints.</summary>
    public required bool IsByGroup { get; init; }

    /// <summary>Whether it shows as many touchpoints as it can.</summary>
    public required bool IsLong { get; init; }
}
