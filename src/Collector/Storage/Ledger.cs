using System.Data.Common;
using Dapper;

namespace Collector.Storage;

/// <summary>
/// What is known of a site's data as a whole: a version, which every transaction raises that changes what a figure may say, and up to which day its spans have totals.
/// </summary>
/// <param name="Version">0 as long as nothing was ever changed.</param>
/// <param name="Settled">The first day that is not settled; 0 until a response came.</param>
public sealed record Ledger(long Version, int Settled)
{
    private static readonly Statement<(string Site, long? Day)> Raise = new(
        """
        insert into ledgers (site, version, settled) values (@Site, 1, @Day)
        on conflict (site) do update set version = ledgers.version + 1, settled = coalesce(ledgers.settled, excluded.settled)
        returning version, settled
        """,
        new("Site", row => row.Site), new("Day", Number: row => row.Day));

    private static readonly Statement<(string Site, int Day)> Settle = new(
        "update ledgers set settled = @Day where site = @Site", new("Site", row => row.Site), new("Day", Number: row => row.Day));

    /// <summary>The ledger of a site.</summary>
    public static async Task<Ledger> ReadAsync(DbConnection connection, string site, CancellationToken cancellation)
    {
        var (version, settled) = await connection.QuerySingleOrDefaultAsync<(long Version, long Settled)>(new CommandDefinition(
            "select version, coalesce(settled, 0) from ledgers where site = @site", new { site }, cancellationToken: cancellation));
        return new Ledger(version, (int)settled);
    }

    /// <summary>Says that something about the site has changed.</summary>
    public static Task RaiseAsync(DbTransaction transaction, string site, CancellationToken cancellation) => Raise.ExecuteAsync(transaction, [(site, null)], cancellation);

    /// <summary>Says that responses have changed, and that nobody else may change the site's until the transaction ends.</summary>
    /// <param name="day">Where no response came before: what lies before this day is settled, as it is empty.</param>
    public static async Task<Ledger> RaiseAsync(DbTransaction transaction, string site, int day, CancellationToken cancellation) =>
        (await Raise.QueryAsync(transaction, [(site, day)], fields => new Ledger(fields.Number(0)!.Value, (int)fields.Number(1)!.Value), cancellation))[0];

    /// <summary>Says that the spans which end before a day have their totals.</summary>
    public static Task SettleAsync(DbTransaction transaction, string site, int day, CancellationToken cancellation) =>
        Settle.ExecuteAsync(transaction, [(site, day)], cancellation);
}
