using System.Data.Common;
using System.Globalization;
using System.Threading.Channels;
using Collector.Ingest;
using Collector.Sites;
using Collector.Storage;
using Collector.Surveys;
using Dapper;

namespace Collector.Transfer.Incoming;

/// <summary>
/// Brings in what was uploaded, part by part: the responses of a part, what is told of them, and that the part is done are one transaction. So a kill loses nothing and counts nothing twice, whichever process goes
/// on; and two that take the same part do it once, since the site's lock lets one of them find it done.
/// </summary>
internal sealed partial class Importing(Database database, SiteDirectory sites, SurveyDirectory surveys, Upload uploads, TimeProvider time, ILogger<Importing> logger) : BackgroundService
{
    // What another process was told is found as late as this, when that one is gone.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // Somebody is uploading it still, or looks at what its columns are. Later, nobody comes back.
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private readonly Channel<bool> started = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly TouchpointNumbers touchpoints = new();

    /// <summary>Says that there is something to bring in.</summary>
    public void Wake() => started.Writer.TryWrite(true);

    /// <summary>Brings in all that is there, one part of each site in turn.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        bool isMore;
        do
        {
            isMore = false;
            foreach (var id in await SitesAsync(cancellation))
            {
                isMore |= await sites.FindAsync(id, cancellation) is { } site && await RunAsync(site, cancellation);
            }
        }
        while (isMore);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception);
            }

            using var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            over.CancelAfter(LongestPause);
            try
            {
                await started.Reader.ReadAsync(over.Token);
            }
            catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
            {
                // The time is over.
            }
        }
    }

    private async Task<List<string>> SitesAsync(CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        return (await connection.QueryAsync<string>(new CommandDefinition("select id from sites where importing = 1 order by id", cancellationToken: cancellation))).AsList();
    }

    // One part of the oldest import that has one; false when nothing is left to do now.
    private async Task<bool> RunAsync(Site site, CancellationToken cancellation)
    {
        List<ImportRow> imports;
        await using (var connection = await database.ReadAsync(cancellation))
        {
            imports = await ImportRow.ListUnfinishedAsync(connection, site.Id, cancellation);
        }

        foreach (var old in imports.Where(import => import.State != ImportRow.Running && time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(import.CreatedAt) > Abandoned))
        {
            await uploads.ForgetAsync(site.Id, old.Id, cancellation);
        }

        if (imports.Count == 0)
        {
            await RestAsync(site, cancellation);
        }

        if (imports.Find(import => import.State == ImportRow.Running) is not { } running)
        {
            return false;
        }

        await BringInAsync(site, running, cancellation);
        return true;
    }

    private async Task BringInAsync(Site site, ImportRow import, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        try
        {
            var (now, found) = (time.GetUtcNow(), await CheckAsync(site, import, cancellation));
            start = time.GetTimestamp();
            await StoreAsync(site, import, found, now, cancellation);
        }
        catch (Exception exception) when (database.BlamesData(exception) && exception is not OperationCanceledException)
        {
            // It would fail again, and so would all that waits behind it.
            LogBrokenOff(exception, import.Id, site.Id);
            await FailAsync(site, import, cancellation);
        }

        // At most half of the writer's time, so that it comes to the responses that have come in meanwhile.
        await Task.Delay(time.GetElapsedTime(start), time, cancellation);
    }

    private async Task<List<CheckedRecord>> CheckAsync(Site site, ImportRow import, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        var records = await ImportRow.PartAsync(connection, site.Id, import.Id, import.PartsDone, cancellation);
        var form = import.ToForm();
        var check = new RecordCheck(site, form, surveys, time);
        var found = new List<CheckedRecord>();
        foreach (var record in (records ?? []).Skip(import.PartsDone == 0 ? form.LinesOfHeader - 1 : 0))
        {
            found.Add(await check.CheckAsync(record, cancellation));
        }

        return found;
    }

    private async Task StoreAsync(Site site, ImportRow import, List<CheckedRecord> found, DateTimeOffset now, CancellationToken cancellation)
    {
        var isCommitted = false;
        try
        {
            await database.WriteAsync(transaction => StoreAsync(transaction, site, import, found, now, cancellation), cancellation);
            isCommitted = true;
        }
        finally
        {
            touchpoints.End(isCommitted);
        }
    }

    private async Task<bool> StoreAsync(DbTransaction transaction, Site site, ImportRow import, List<CheckedRecord> found, DateTimeOffset now, CancellationToken cancellation)
    {
        // Once the site is locked: another process may have done it.
        await Ledger.RaiseAsync(transaction, [site.Id], cancellation);
        if (await ImportRow.FindAsync(transaction.Connection!, site.Id, import.Id, transaction, cancellation) is not { State: ImportRow.Running } current || current.PartsDone != import.PartsDone)
        {
            return false;
        }

        // What happened long ago is no news to anybody's webhook.
        var quiet = site with { ReportsTo = [] };
        var whole = found.Where(record => record.Response is not null).ToList();
        var outcomes = whole.Count == 0 ? [] : await ResponseStore.StoreAsync(transaction, whole.ConvertAll(record => Arrival.Of(record.Response!, quiet, now)), touchpoints, cancellation);
        var refused = found.Where(record => record.Response is null).ToList();
        foreach (var (record, outcome) in whole.Zip(outcomes).Where(pair => pair.Second == Outcome.Conflict))
        {
            refused.Add(record with { Errors = new Dictionary<string, string[]> { ["/id"] = ["Is there already, with other content."] } });
        }

        await ImportErrors.InsertAsync(transaction, site.Id, import.Id, refused.OrderBy(record => record.Line).Take((int)Math.Max(0, ImportRow.MostErrors - current.Refused)), cancellation);
        var isDone = current.PartsDone + 1 >= current.Parts;
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            update imports set state = @State, finished_at = @FinishedAt, parts_done = parts_done + 1, read = read + @Read, stored = stored + @Stored, repeated = repeated + @Repeated, refused = refused + @Refused
            where site = @Site and id = @Id
            """,
            new
            {
                Site = site.Id,
                import.Id,
                State = isDone ? ImportRow.Done : ImportRow.Running,
                FinishedAt = isDone ? now.ToUnixTimeMilliseconds() : (long?)null,
                Read = found.Count,
                Stored = outcomes.Count(outcome => outcome is Outcome.Created or Outcome.Revised),
                Repeated = outcomes.Count(outcome => outcome is Outcome.Repeated),
                Refused = refused.Count,
            },
            transaction,
            cancellationToken: cancellation));
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "delete from import_parts where site = @Site and import = @Id and part = @Part", new { Site = site.Id, import.Id, Part = import.PartsDone }, transaction, cancellationToken: cancellation));
        return true;
    }

    private Task<bool> FailAsync(Site site, ImportRow import, CancellationToken cancellation) => database.WriteAsync(
        site.Id,
        async transaction =>
        {
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                "update imports set state = 'failed', finished_at = @Now, failure = @Failure where site = @Site and id = @Id and state = 'running'",
                new
                {
                    Site = site.Id,
                    import.Id,
                    Now = time.GetUtcNow().ToUnixTimeMilliseconds(),
                    Failure = string.Create(CultureInfo.InvariantCulture, $"The records after the first {import.Read} could not be stored; the collector's log says why. What was stored stays, and the same file can be sent again."),
                },
                transaction,
                cancellationToken: cancellation));
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                "delete from import_parts where site = @Site and import = @Id", new { Site = site.Id, import.Id }, transaction, cancellationToken: cancellation));
            return true;
        },
        cancellation);

    // Nobody needs to look at the site any more, unless something came meanwhile.
    private Task<int> RestAsync(Site site, CancellationToken cancellation) => database.WriteAsync(
        site.Id,
        transaction => transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "update sites set importing = 0 where id = @Id and not exists (select 1 from imports where site = @Id and state in ('uploading', 'waiting', 'running'))",
            new { site.Id },
            transaction,
            cancellationToken: cancellation)),
        cancellation);

    [LoggerMessage(LogLevel.Error, "Import {Import} of site {Site} broke off.")]
    private partial void LogBrokenOff(Exception exception, string import, string site);

    [LoggerMessage(LogLevel.Error, "Uploaded responses could not be brought in; it is tried again in a few seconds.")]
    private partial void LogFailed(Exception exception);
}
