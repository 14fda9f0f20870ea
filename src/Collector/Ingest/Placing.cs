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

    // What comes in by older rules is found as late as this.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // For so long after a change some response may still come in by older rules: a process remembers a site for five seconds, and a response waits no longer than that to be stored.
    private static readonly TimeSpan UntilAllKnow = TimeSpan.FromMinutes(1);

    private static readonly Statement<Site> FindOlder = new(
        $"select {Row.Columns} from responses where site = @Site and placed_by < @Version limit @Limit",
        new("Site", site => site.Id), new("Version", Number: site => site.RulesVersion), new("Limit", Number: _ => LargestBatch));

    private static readonly Statement<Move> Write = new(
        "update responses set page = @Page, touchpoint = @Touchpoint, placed_by = @PlacedBy where site = @Site and id = @Id",
        new("Page", move => move.After.Page),
        new("Touchpoint", Number: move => move.After.Counted.Touchpoint),
        new("PlacedBy", Number: move => move.After.PlacedBy),
        new("Site", move => move.Before.Counted.Site),
        new("Id", move => move.Before.Counted.Id));

    private static readonly Statement<(Site Site, int Done)> Count = new(
        """
        insert into placings (site, version, done) values (@Site, @Version, @Done)
        on conflict (site, version) do update set done = placings.done + excluded.done
        """,
        new("Site", count => count.Site.Id), new("Version", Number: count => count.Site.RulesVersion), new("Done", Number: count => count.Done));

    /// <summary>Places again what older rules have placed, until nothing of it is left.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var (site, version, changedAt) in await FindAsync(cancellation))
        {
            while (await IsOneOlderAsync(site, version, cancellation))
            {
                var start = time.GetTimestamp();
                await database.WriteAsync(transaction => PlaceAsync(transaction, site, cancellation), cancellation);

                // At most half of the writer's time, so that it comes to the responses that have come in meanwhile.
                await Task.Delay(time.GetElapsedTime(start), time, cancellation);
            }

            if (time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(changedAt) > UntilAllKnow)
            {
                await database.WriteAsync(
                    transaction => transaction.Connection!.ExecuteAsync(new CommandDefinition(
                        "update sites set placed_version = @version where id = @site and placed_version < @version", new { site, version }, transaction, cancellationToken: cancellation)),
                    cancellation);
            }
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

    private async Task<List<(string Site, long Version, long ChangedAt)>> FindAsync(CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        return (await connection.QueryAsync<(string Site, long Version, long ChangedAt)>(new CommandDefinition(
            "select id, rules_version, rules_changed_at from sites where placed_version < rules_version", cancellationToken: cancellation))).AsList();
    }

    private async Task<bool> IsOneOlderAsync(string site, long version, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        return await connection.ExecuteScalarAsync<int?>(new CommandDefinition(
            "select 1 from responses where site = @site and placed_by < @version limit 1", new { site, version }, cancellationToken: cancellation)) is not null;
    }

    private static async Task<int> PlaceAsync(DbTransaction transaction, string id, CancellationToken cancellation)
    {
        // First, since it locks: what another process has placed, this one then finds done.
        var ledgers = await Ledger.RaiseAsync(transaction, [id], cancellation);
        if (await SiteDirectory.ReadAsync(transaction, id, cancellation) is not { } site)
        {
            return 0;
        }

        var (cells, touchpoints) = (new CellChanges(ledgers), new TouchpointNumbers());
        var older = (await FindOlder.QueryAsync(transaction, [site], Row.Read, cancellation)).ConvertAll(row => (Row: row, Placement: Place(site, row)));
        await touchpoints.FindAsync(transaction, older.Select(old => (site.Id, old.Placement.Touchpoint)), cancellation);
        var moves = new List<Move>();
        foreach (var (row, (page, touchpoint)) in older)
        {
            var number = row.Counted.IsErased ? row.Counted.Touchpoint : touchpoints.NumberOf(site.Id, touchpoint, site.MaximumTouchpoints);
            var move = new Move(row, row with { Page = page, Counted = row.Counted with { Touchpoint = number }, PlacedBy = site.RulesVersion });
            cells.Remove(move.Before.Counted);
            cells.Add(move.After.Counted);
            moves.Add(move);
        }

        await touchpoints.WriteAsync(transaction, cancellation);
        await Write.ExecuteAsync(transaction, moves, cancellation);
        await Comment.Follow.ExecuteAsync(transaction, moves.Where(move => Comment.IsIn(move.After)).Select(move => move.After.Counted), cancellation);
        await cells.WriteAsync(transaction, cancellation);
        await Count.ExecuteAsync(transaction, [(site, moves.Count)], cancellation);
        return moves.Count;
    }

    private static (string Page, string Touchpoint) Place(Site site, Row row)
    {
        if (row.Counted.IsErased)
        {
            return ("", Touchpoint.Other.Name); // It has no page any more, and stays where it was.
        }

        var page = Page.FromStored(row.Page);
        var placement = site.Place(page, page.Query);
        return (placement.Page.ToString(), placement.Touchpoint.Name);
    }

    private sealed record Move(Row Before, Row After);

    [LoggerMessage(LogLevel.Error, "Responses could not follow their site's rules; it is tried again in a few seconds.")]
    private partial void LogFailed(Exception exception);
}
