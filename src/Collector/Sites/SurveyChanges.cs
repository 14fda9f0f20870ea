using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Collector.Feedback;
using Collector.Storage;
using Collector.Surveys;
using Collector.Web;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Collector.Sites;

/// <summary>Changes the surveys of a site, each alone of all that change it.</summary>
internal sealed class SurveyChanges(Database database, SurveyDirectory directory, WidgetFiles files, TimeProvider time)
{
    private const int MostSurveys = 200, LargestDefinition = 65_536;

    /// <summary>A survey that asks nothing yet.</summary>
    public static Survey Blank(Site site, string id) =>
        new() { Id = id, Version = 1, Show = new ShowRule(), Questions = [], Labels = StandardQuestions.Labels(site.Informal) };

    /// <summary>The draft laid over a survey, with its standard questions; what is wrong with it is added to <paramref name="errors"/>.</summary>
    public static Survey Check(SurveyDraft draft, Survey basis, Site site, FieldErrors errors)
    {
        var filled = draft with { Questions = StandardQuestions.Fill(draft.Questions, site.Name, site.Informal, errors) };
        var survey = SurveyCheck.Apply(filled, basis, site.Languages[0], errors);
        if (!errors.Any && SurveyWrites.Write(survey).Length > LargestDefinition)
        {
            errors.Add("", string.Create(CultureInfo.InvariantCulture, $"A survey has at most {LargestDefinition} characters as JSON, for each page loads it."));
        }

        return survey;
    }

    /// <summary>Adds a survey.</summary>
    public async Task<Results<Created<SurveyAnswer>, ProblemHttpResult>> AddAsync(Site site, Survey survey, SurveyState state, Audit audit, CancellationToken cancellation)
    {
        var (errors, conflicts) = (new FieldErrors(), new FieldErrors());
        var answer = await database.WriteAsync(
            site.Id,
            async transaction =>
            {
                await CheckGroupsAsync(transaction, site, survey.Where, errors, cancellation);
                var ids = (await transaction.Connection!.QueryAsync<string>(new CommandDefinition(
                    "select id from surveys where site = @Id", new { site.Id }, transaction, cancellationToken: cancellation))).AsList();
                if (ids.Contains(survey.Id))
                {
                    conflicts.Add("/id", "The site has, or had, a survey of this name.");
                }
                else if (ids.Count >= MostSurveys)
                {
                    conflicts.Add("", string.Create(CultureInfo.InvariantCulture, $"A site has at most {MostSurveys} surveys."));
                }
                else if (!errors.Any)
                {
                    await SurveyWrites.InsertAsync(transaction, site.Id, survey, state, time.GetUtcNow(), cancellation);
                    await audit.WriteAsync(transaction, site.Id, Act.SurveyMade, survey.Id, SurveyWrites.NameOf(state));
                }

                return errors.Any || conflicts.Any ? null : await SurveyRows.ReadAsync(transaction.Connection!, site.Id, survey.Id, transaction, cancellation);
            },
            cancellation);
        files.Forget(site.Key);
        return errors.Any ? Problems.Invalid(errors)
            : answer is null ? Problems.Invalid(conflicts, StatusCodes.Status409Conflict)
            : TypedResults.Created($"/v1/sites/{site.Id}/surveys/{survey.Id}", answer);
    }

    /// <summary>Makes a new version of a survey where something has changed, and takes it into another state; null when the site has none of this name.</summary>
    public async Task<Results<Ok<SurveyAnswer>, ProblemHttpResult>?> ApplyAsync(Site site, string id, SurveyChange change, bool replaces, Audit audit, CancellationToken cancellation)
    {
        var (errors, conflicts) = (new FieldErrors(), new FieldErrors());
        var answer = await database.WriteAsync(
            site.Id,
            async transaction =>
            {
                var connection = transaction.Connection!;
                if (await SurveyRows.FindAsync(connection, site.Id, id, transaction, cancellation) is not { } row)
                {
                    return null;
                }

                var before = SurveyWrites.Read(row.Definition);
                var basis = replaces
                    ? Blank(site, id) with { Version = before.Version }
                    : before with { Labels = change.Labels is null ? before.Labels : StandardQuestions.Labels(site.Informal, before.Labels) };
                var after = replaces || !change.SaysNothing ? Check(change, basis, site, errors) : before;
                await CheckGroupsAsync(transaction, site, change.Where is null ? null : after.Where, errors, cancellation);
                CheckState(row.ToState(), change.State, errors, conflicts);
                if (errors.Any || conflicts.Any)
                {
                    return null;
                }

                // Not as texts: in which order the languages of a text stand says nothing.
                if (!JsonNode.DeepEquals(JsonNode.Parse(SurveyWrites.Write(after)), JsonNode.Parse(row.Definition)))
                {
                    after = after with { Version = before.Version + 1 };
                    await SurveyWrites.AddVersionAsync(transaction, site.Id, after, time.GetUtcNow(), cancellation);
                    await audit.WriteAsync(transaction, site.Id, Act.SurveySaved, id, after.Version.ToString(CultureInfo.InvariantCulture));
                }

                if (change.State is { } state && state != row.ToState())
                {
                    await audit.WriteAsync(transaction, site.Id, state == SurveyState.Live ? Act.SurveyWentLive : Act.SurveyPaused, id);
                }

                await connection.ExecuteAsync(new CommandDefinition(
                    "update surveys set state = @State, version = @Version where site = @Site and id = @id",
                    new { Site = site.Id, id, State = SurveyWrites.NameOf(change.State ?? row.ToState()), after.Version },
                    transaction,
                    cancellationToken: cancellation));
                return await SurveyRows.ReadAsync(connection, site.Id, id, transaction, cancellation);
            },
            cancellation);
        directory.Forget(site.Id, id, answer?.Version);
        files.Forget(site.Key);
        if (errors.Any || conflicts.Any)
        {
            return errors.Any ? Problems.Invalid(errors) : Problems.Invalid(conflicts, StatusCodes.Status409Conflict);
        }

        if (answer is null)
        {
            return null;
        }

        return TypedResults.Ok(answer);
    }

    /// <summary>Removes a survey, or retires it where it has responses; false when the site has none of this name.</summary>
    public async Task<bool> RemoveAsync(Site site, string id, Audit audit, CancellationToken cancellation)
    {
        var version = await database.WriteAsync(
            site.Id,
            async transaction =>
            {
                var connection = transaction.Connection!;
                var survey = new { Site = site.Id, id };
                var version = await connection.ExecuteScalarAsync<int?>(new CommandDefinition(
                    "select version from surveys where site = @Site and id = @id", survey, transaction, cancellationToken: cancellation));
                // The cells know of responses that were erased, too.
                var isAnswered = await connection.ExecuteScalarAsync<int?>(new CommandDefinition(
                    "select 1 from cells where site = @Site and survey = @id limit 1", survey, transaction, cancellationToken: cancellation)) is not null;
                await connection.ExecuteAsync(new CommandDefinition(
                    isAnswered
                        ? "update surveys set state = 'retired' where site = @Site and id = @id"
                        : "delete from survey_versions where site = @Site and id = @id; delete from surveys where site = @Site and id = @id",
                    survey,
                    transaction,
                    cancellationToken: cancellation));
                if (version is not null)
                {
                    await audit.WriteAsync(transaction, site.Id, Act.SurveyRemoved, id);
                }

                return version;
            },
            cancellation);
        directory.Forget(site.Id, id, version);
        files.Forget(site.Key);
        return version is not null;
    }

    private static async Task CheckGroupsAsync(DbTransaction transaction, Site site, Where? where, FieldErrors errors, CancellationToken cancellation)
    {
        if (where?.Groups is null)
        {
            return;
        }

        var known = (await GroupRows.ReadAsync(transaction.Connection!, site.Id, transaction, cancellation)).Select(row => row.Id).ToList();
        foreach (var group in where.Groups.Except(known))
        {
            errors.Add("/where/groups", $"The site has no group {group}.");
        }
    }

    private static void CheckState(SurveyState before, SurveyState? after, FieldErrors errors, FieldErrors conflicts)
    {
        if (before == SurveyState.Retired)
        {
            conflicts.Add("", "The survey is retired.");
        }
        else if (after == SurveyState.Retired)
        {
            errors.Add("/state", "Delete a survey to retire it.");
        }
        else if (after == SurveyState.Draft && before != SurveyState.Draft)
        {
            conflicts.Add("/state", "It was shown, so it is no draft any more; pause it.");
        }
        else if (after == SurveyState.Paused && before == SurveyState.Draft)
        {
            conflicts.Add("/state", "It is a draft, which is not shown anyway.");
        }
    }
}
