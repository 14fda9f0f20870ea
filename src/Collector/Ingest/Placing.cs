using System.Data.Common;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Dapper;

namespace Collector.Ingest;

/// <summary>
/// Lets stored responses follow when their site's rules for touchpoints change. Each response says by which version of the rules it was placed; whatever
/// is older than the site's is placed again, from the page that is stored. So nothing is missed, neither after a kill nor where a response comes in by rules
/// that have just changed.
/// </summary>
public sealed partial class Placing(Database database, SiteDirectory sites, TimeProvider time, ILogger<Placing> logger) : BackgroundService
{
    // Small, so that responses that come in wait for a few milliseconds only.
    private const int LargestBatch = 100;

    // What other processes change, and what comes in by older rules, is found as late as this.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Places again what older rules have placed, until nothing of it is left.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var site in await FindAsync(cancellation))
        {
            int placed;
            do
            {
                var start = time.GetTimestamp();
                placed = await database.WriteAsync(transaction => PlaceAsync(transaction, site, cancellation), cancellation);

                // At most half of the writer's time, so that it comes to the responses that have come in meanwhile.
                await Task.Delay(time.GetElapsedTime(start), time, cancellation);
            }
            while (placed == LargestBatch);
        }
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

            await sites.WaitForChangeAsync(LongestPause, stoppingToken);
        }
    }

    private async Task<List<string>> FindAsync(CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        return (await connection.QueryAsync<string>(new CommandDefinition(
            """
            select id from sites
            where rules_version > 0 and exists (select 1 from responses where responses.site = sites.id and responses.placed_by < sites.rules_version)
            """,
            cancellationToken: cancellation))).ToList();
    }

    private static async Task<int> PlaceAsync(DbTransaction transaction, string id, CancellationToken cancellation)
    {
        if (await SiteDirectory.ReadAsync(transaction, id, cancellation) is not { } site)
        {
            return 0;
        }

        await CountAsync(transaction, site, 0, cancellation); // First, since it locks: what another process has placed, this one then finds done.
        var (cells, touchpoints) = (new CellChanges(transaction), new TouchpointNumbers(transaction, cancellation));
        var rows = await ReadAsync(transaction, site, cancellation);
        var placed = 0;
        foreach (var row in rows)
        {
            var after = row with { PlacedBy = site.RulesVersion };
            if (!row.IsErased)
            {
                var page = Page.FromStored(row.Page);
                var placement = site.Place(page, page.Query);
                var number = await touchpoints.NumberOfAsync(placement.Touchpoint, site.Id, site.MaximumTouchpoints);
                after = after with { Page = placement.Page.ToString(), Touchpoint = number };
            }

            // Only if it is still what was read; otherwise the next batch reads it again.
            var written = await transaction.Prepared(
                """
                update responses set page = @Page, touchpoint = @Touchpoint, placed_by = @PlacedBy
                where site = @Site and id = @Id and revision = @Revision and intent = @Intent and placed_by = @PlacedBefore
                """,
                after.Page, after.Touchpoint, after.PlacedBy, row.Site, row.Id, row.Revision, row.Intent, row.PlacedBy).ExecuteNonQueryAsync(cancellation);
            placed += written;
            if (written == 1 && after.Touchpoint != row.Touchpoint)
            {
                cells.Remove(row);
                cells.Add(after);
            }
        }

        await cells.WriteAsync(cancellation);
        await CountAsync(transaction, site, placed, cancellation);
        return rows.Count;
    }

    private static async Task<List<Row>> ReadAsync(DbTransaction transaction, Site site, CancellationToken cancellation)
    {
        var rows = new List<Row>(LargestBatch);
        await using var reader = await transaction.Prepared(
            $"select {Row.Columns} from responses where site = @Site and placed_by < @PlacedBy limit @Limit", site.Id, site.RulesVersion, LargestBatch)
            .ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(Row.Read(reader));
        }

        return rows;
    }

    private static Task<int> CountAsync(DbTransaction transaction, Site site, int placed, CancellationToken cancellation) => transaction.Prepared(
        """
        insert into placings (site, version, done) values (@Site, @Version, @Done)
        on conflict (site, version) do update set done = placings.done + excluded.done
        """,
        site.Id, site.RulesVersion, (long)placed).ExecuteNonQueryAsync(cancellation);

    [LoggerMessage(LogLevel.Error, "Responses could not follow their site's rules; it is tried again in a few seconds.")]
    private partial void LogFailed(Exception exception);
}
