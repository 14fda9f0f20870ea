using System.Data.Common;
using System.Text.Json;
using Collector.Feedback;
using Dapper;

namespace Collector.Surveys;

/// <summary>Writes surveys to the database.</summary>
internal static class SurveyWrites
{
    /// <summary>Adds a version of a survey, and makes it the one that is shown.</summary>
    public static Task InsertLiveAsync(DbTransaction transaction, string site, Survey survey, DateTimeOffset now) => transaction.Connection!.ExecuteAsync(
        """
        insert into surveys (site, id, version, live, definition, created_at)
        values (@site, @Id, @Version, 1, @Definition, @Now)
        """,
        new { site, survey.Id, survey.Version, Definition = JsonSerializer.Serialize(survey, SurveysJson.Default.Survey), Now = now.ToUnixTimeMilliseconds() },
        transaction);
}
