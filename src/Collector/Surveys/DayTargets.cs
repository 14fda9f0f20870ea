using System.Data.Common;
using Collector.Feedback;
using Dapper;

namespace Collector.Surveys;

/// <summary>Which surveys have had as many answers on a day as they want.</summary>
internal static class DayTargets
{
    /// <summary>The ids of those that have.</summary>
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
            select survey, cast(sum(answered) as bigint)
            from cells
            where site = @site and day = @Day
            group by survey
            """,
            new { site, Day = DayNumber.Of(day) },
            cancellationToken: cancellation));
        return counts.Where(count => targets.TryGetValue(count.Survey, out var target) && count.Answered >= target).Select(count => count.Survey).ToHashSet();
    }
}
