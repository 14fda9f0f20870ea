using System.Data.Common;
using System.Text.Json;
using Collector.Feedback;
using Dapper;

namespace Collector.Surveys;

/// <summary>Writes surveys to the database.</summary>
internal static class SurveyWrites
{
    /// <summary>Adds a survey with its first version.</summary>
    public static async Task InsertAsync(DbTransaction transaction, string site, Survey survey, SurveyState state, DateTimeOffset now, CancellationToken cancellation)
    {
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "insert into surveys (site, id, state, version, created_at) values (@site, @Id, @State, @Version, @Now)",
            new { site, survey.Id, State = NameOf(state), survey.Version, Now = now.ToUnixTimeMilliseconds() },
            transaction,
            cancellationToken: cancellation));
        await AddVersionAsync(transaction, site, survey, now, cancellation);
    }

    /// <summary>Adds a version.</summary>
    public static Task AddVersionAsync(DbTransaction transaction, string site, Survey survey, DateTimeOffset now, CancellationToken cancellation) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "insert into survey_versions (site, id, version, definition, created_at) values (@site, @Id, @Version, @Definition, @Now)",
            new { site, survey.Id, survey.Version, Definition = Write(survey), Now = now.ToUnixTimeMilliseconds() },
            transaction,
            cancellationToken: cancellation));

    /// <summary>A survey as it is stored.</summary>
    public static string Write(Survey survey) => JsonSerializer.Serialize(survey, SurveysJson.Default.Survey);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Survey Read(string definition) => JsonSerializer.Deserialize(definition, SurveysJson.Default.Survey)!;

    /// <summary>A state as it is stored.</summary>
    public static string NameOf(SurveyState state) => state.ToString().ToLowerInvariant();
}
