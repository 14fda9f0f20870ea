using System.Text.Json;
using Collector.Feedback;
using Collector.Insights.Responses;
using Collector.Sites;
using Collector.Storage;
using Collector.Surveys;
using Dapper;

namespace Collector.Transfer.Incoming;

/// <summary>Checks a file as an import would, and stores nothing.</summary>
internal sealed class DryRun(Database database, SurveyDirectory surveys, TimeProvider time)
{
    private const int MostShown = 10, RecordsAtOnce = 500;

    public async Task<ImportCheck> RunAsync(Site site, ImportForm form, IAsyncEnumerator<ImportRecord> records, CancellationToken cancellation)
    {
        var check = new RecordCheck(site, form, surveys, time);
        var (errors, preview, ids) = (new List<ImportError>(), new List<ImportedResponse>(), new List<Guid>());
        var (read, repeated, refused) = (0L, 0L, 0L);
        while (await records.MoveNextAsync())
        {
            read++;
            var found = await check.CheckAsync(records.Current, cancellation);
            if (found.Response is not { } response)
            {
                refused++;
                if (errors.Count < ImportRow.MostErrors)
                {
                    errors.Add(new ImportError(found.Line, found.Errors!));
                }

                continue;
            }

            if (preview.Count < MostShown)
            {
                preview.Add(Show(found.Line, response));
            }

            ids.Add(response.Id);
            if (ids.Count == RecordsAtOnce)
            {
                repeated += await CountAsync(site, ids, cancellation);
                ids.Clear();
            }
        }

        repeated += await CountAsync(site, ids, cancellation);
        return new ImportCheck
        {
            Read = read,
            Stored = read - refused - repeated,
            Repeated = repeated,
            Refused = refused,
            Errors = errors,
            Columns = form.IsCsv ? form.Columns.OrderBy(column => column.Value).ToDictionary(column => column.Key, column => form.Header[column.Value], StringComparer.Ordinal) : null,
            Preview = preview,
        };
    }

    // Which of them are there; whether with other content, only storing them would tell.
    private async Task<long> CountAsync(Site site, List<Guid> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0)
        {
            return 0;
        }

        await using var connection = await database.ReadAsync(cancellation);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            $"select count(*) from responses where site = @Id and id {database.InTexts("@Ids")}",
            new { site.Id, Ids = JsonSerializer.Serialize(ids.Select(id => id.ToString())) },
            cancellationToken: cancellation));
    }

    private static ImportedResponse Show(long line, Response response) => new()
    {
        Line = line,
        Id = response.Id,
        AnsweredAt = response.AnsweredAt,
        Page = response.Page.ToString(),
        Touchpoint = response.Touchpoint.Name,
        Survey = response.Survey.Id,
        State = response.State.ToString().ToLowerInvariant(),
        Answers = [.. response.Answers.Select(answer => new StoredAnswer { Question = answer.Question, Score = answer.Score, Choice = answer.Choice, Choices = answer.Choices, Text = answer.Text })],
    };
}
