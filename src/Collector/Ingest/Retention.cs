using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Dapper;

namespace Collector.Ingest;

/// <summary>
/// Erases responses that are older than their site keeps them. Their counts stay, in cells that are closed: with the page gone, these follow no rule any more.
/// </summary>
public sealed partial class Retention(Database database, TimeProvider time, ILogger<Retention> logger) : BackgroundService
{
    private const int LargestBatch = 100, SitesAtOnce = 500;

    // A site's day begins at some full hour or half; to look more often than once a day costs one look into an index for each site.
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Erases, on every site, the responses of days that are over the site's retention; also what is left of those that were erased on request.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        IReadOnlyList<Site> sites = [];
        do
        {
            await using (var connection = await database.ReadAsync(cancellation))
            {
                sites = await SiteDirectory.ListAsync(connection, after: sites.Count == 0 ? "" : sites[^1].Id, SitesAtOnce, cancellation);
            }

            foreach (var site in sites)
            {
                await RunAsync(site, cancellation);
                await ForgetActsAsync(site, cancellation);
            }
        }
        while (sites.Count == SitesAtOnce);
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

            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private async Task RunAsync(Site site, CancellationToken cancellation)
    {
        var day = DayNumber.Of(site.FirstDayKept(time.GetUtcNow()));
        var erased = 0;
        while (await OldestDayAsync(site, cancellation) < day)
        {
            var start = time.GetTimestamp();
            erased += await database.WriteAsync(transaction => ResponseStore.CloseAsync(transaction, site.Id, day, LargestBatch, cancellation), cancellation);

            // At most half of the writer's time, so that it comes to the responses that have come in meanwhile.
            await Task.Delay(time.GetElapsedTime(start), time, cancellation);
        }

        if (erased > 0)
        {
            LogErased(erased, site.Id, site.RetentionDays);
        }
    }

    // Who did what on the site is kept for two years, however long its responses are.
    private async Task ForgetActsAsync(Site site, CancellationToken cancellation)
    {
        var old = new { Site = site.Id, First = Audit.IdAt(time.GetUtcNow().AddDays(-Audit.KeptDays)) };
        bool areThere;
        await using (var connection = await database.ReadAsync(cancellation))
        {
            areThere = await connection.QuerySingleAsync<bool>(new CommandDefinition("select exists (select 1 from audit where site = @Site and id < @First)", old, cancellationToken: cancellation));
        }

        if (areThere)
        {
            await database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("delete from audit where site = @Site and id < @First", old, transaction), cancellation);
        }
    }

    private async Task<int?> OldestDayAsync(Site site, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        return await connection.ExecuteScalarAsync<int?>(new CommandDefinition(
            "select min(day) from responses where site = @Id", new { site.Id }, cancellationToken: cancellation));
    }

    [LoggerMessage(LogLevel.Information, "Erased {Count} responses of site {Site}, older than {Days} days; their counts stay.")]
    private partial void LogErased(int count, string site, int days);

    [LoggerMessage(LogLevel.Error, "Responses whose time is over could not be erased; it is tried again in an hour.")]
    private partial void LogFailed(Exception exception);
}
