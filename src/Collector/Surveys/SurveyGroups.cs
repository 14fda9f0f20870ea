using System.Data.Common;
using System.Text.Json;
using Collector.Feedback;
using Dapper;

namespace Collector.Surveys;

/// <summary>Puts the patterns of groups in the place of their names: the page, which decides what shows, knows patterns alone.</summary>
internal static class SurveyGroups
{
    /// <summary>The surveys, each for the pages of its groups beside those that it names itself.</summary>
    public static async Task<IReadOnlyList<Survey>> ExpandAsync(
        DbConnection connection, string site, IReadOnlyList<Survey> surveys, CancellationToken cancellation)
    {
        if (surveys.All(survey => survey.Where?.Groups is null))
        {
            return surveys;
        }

        var groups = (await connection.QueryAsync<(string Id, string Patterns)>(new CommandDefinition(
            "select id, patterns from groups where site = @site", new { site }, cancellationToken: cancellation)))
            .ToDictionary(group => group.Id, group => JsonSerializer.Deserialize(group.Patterns, SurveysJson.Default.StringArray)!);
        return [.. surveys.Select(survey => survey.Where is { Groups: { } names } where
            ? survey with
            {
                // A group that is gone means no page; a list that is empty then keeps the survey from all of them.
                Where = where with { Groups = null, Include = [.. (where.Include ?? []).Concat(names.SelectMany(name => groups.GetValueOrDefault(name, []))).Distinct()] },
            }
            : survey)];
    }
}
