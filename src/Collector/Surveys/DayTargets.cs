using System.Data.Common;
using Collector.Feedback;
using Dapper;

namespace Collector.Surveys;

/// <summary>Which surveys have had as many answers on a day as they want.</summary>
internal static class DayTargets
{
    /// <summary>The ids of those that have. By touchpoint, so that the cost follows these and not the site's whole past.</summary>
    public static async Task<IReadOnlySet<string>> ReachedAsync(
        DbConnection connection, string site, IReadOnlyList<Survey> surveys, DateOnly day, CancellationToken cancellation)
    {
        var targets = surveys.Where(survey => survey.Often?.PerDay is not null).ToDictionary(survey => survey.Id, survey => survey.Often!.PerDay!.Value);
        if (targets.Count == 0)
        {
            return new HashSet<string>();
        }

        var counts = await connection.QueryAsync<(string Survey, long Answered)>(new CommandDefinition(
            """
            select cells.survey, cast(sum(cells.answered) as bigint)
            from touchpoints join cells on cells.site = touchpoints.site and cells.touchpoint = touchpoints.number and cells.day = @Day
            where touchpoints.site = @site
            group by cells.survey
            """,
            new { site, Day = DayNumber.Of(day) },
            cancellationToken: cancellation));
        return counts.Where(count => targets.TryGetValue(count.Survey, out var target) && count.Answered >= target).Select(count => count.Survey).ToHashSet();
    }
}
