using System.Data.Common;
using Collector.Feedback;
using Collector.Surveys;
using Dapper;

namespace Collector.Insights;

/// <summary>The surveys of a site, as they are asked now: what answers are called after.</summary>
internal static class LatestSurveys
{
    /// <summary>Reads the latest version of each, by its name.</summary>
    public static async Task<IReadOnlyList<Survey>> ReadAsync(DbConnection connection, string site, CancellationToken cancellation)
    {
        var definitions = await connection.QueryAsync<string>(new CommandDefinition(
            """
            select survey_versions.definition
            from surveys join survey_versions
              on survey_versions.site = surveys.site and survey_versions.id = surveys.id and survey_versions.version = surveys.version
            where surveys.site = @site
            order by surveys.id
            """,
            new { site },
            cancellationToken: cancellation));
        return [.. definitions.Select(SurveyWrites.Read)];
    }
}
