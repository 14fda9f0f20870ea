using System.Runtime.CompilerServices;
using System.Text.Json;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Collector.Surveys;
using Dapper;

namespace Collector.Transfer.Incoming;

/// <summary>Files that were uploaded by somebody who has still to say what their columns are: they can be checked again and again, and are brought in once.</summary>
internal sealed class WaitingImports(Database database, SurveyDirectory surveys, DryRun dryRun, Importing importing)
{
    /// <summary>So many of a file's records are checked before it is started.</summary>
    public const int MostChecked = 20_000;

    /// <summary>An import of the site, waiting or started; null where there is none.</summary>
    public async Task<ImportRow?> FindAsync(Site site, string id, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        return await ImportRow.FindAsync(connection, site.Id, id, transaction: null, cancellation);
    }

    /// <summary>How its records would be read; what is wrong with that is added to <paramref name="errors"/>.</summary>
    public async Task<(ImportForm Form, Survey? Survey)> ResolveAsync(Site site, ImportRow import, ImportWishes wishes, FieldErrors errors, CancellationToken cancellation)
    {
        var survey = wishes.Survey is null ? null : await surveys.FindAsync(site.Id, wishes.Survey, null, cancellation);
        return (ColumnMap.Resolve(import.ToForm(), wishes, survey, errors), survey);
    }

    /// <summary>What would come of its first records.</summary>
    public Task<ImportCheck> CheckAsync(Site site, ImportRow import, ImportForm form, CancellationToken cancellation) =>
        dryRun.RunAsync(site, form, ReadAsync(import, form, cancellation).GetAsyncEnumerator(cancellation), cancellation);

    /// <summary>Brings it in; false where that was done already.</summary>
    public async Task<bool> StartAsync(Site site, ImportRow import, ImportForm form, Audit audit, CancellationToken cancellation)
    {
        var isStarted = await database.WriteAsync(
            site.Id,
            async transaction =>
            {
                var started = await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                    "update imports set state = 'running', form = @Form where site = @Site and id = @Id and state = 'waiting'",
                    new { Site = site.Id, import.Id, Form = JsonSerializer.Serialize(form, TransferJson.Default.ImportForm) },
                    transaction,
                    cancellationToken: cancellation)) > 0;
                if (started)
                {
                    await audit.WriteAsync(transaction, site.Id, Act.ResponsesImported, import.Name);
                }

                return started;
            },
            cancellation);
        importing.Wake();
        return isStarted;
    }

    private async IAsyncEnumerable<ImportRecord> ReadAsync(ImportRow import, ImportForm form, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var read = 0;
        for (var part = 0; part < import.Parts && read < MostChecked; part++)
        {
            IReadOnlyList<ImportRecord>? records;
            await using (var connection = await database.ReadAsync(cancellation))
            {
                records = await ImportRow.PartAsync(connection, import.Site, import.Id, part, cancellation);
            }

            foreach (var record in (records ?? []).Skip(part == 0 ? form.LinesOfHeader - 1 : 0))
            {
                read++;
                yield return record;
            }
        }
    }
}
