using System.Data.Common;
using Dapper;
using Npgsql;

namespace Collector.Storage;

/// <summary>
/// What is known of a site's data as a whole: a version, which every transaction raises that changes what a figure may say, and up to which day its spans have totals.
/// </summary>
/// <param name="Version">0 as long as nothing was ever changed.</param>
/// <param name="Settled">The first day that is not settled; 0 until a response came.</param>
public sealed record Ledger(long Version, int Settled)
{
    private static readonly Statement<string> Raise = new(
        """
        insert into ledgers (site, version) values (@Site, 1)
        on conflict (site) do update set version = ledgers.version + 1
        returning site, version, settled
        """,
        new Parameter<string>("Site", site => site));

    private static readonly Statement<(string Site, int Day)> Settle = new(
        "update ledgers set settled = @Day where site = @Site", new("Site", row => row.Site), new("Day", Number: row => row.Day));

    /// <summary>The ledger of a site.</summary>
    public static async Task<Ledger> ReadAsync(DbConnection connection, string site, CancellationToken cancellation)
    {
        var (version, settled) = await connection.QuerySingleOrDefaultAsync<(long Version, long Settled)>(new CommandDefinition(
            "select version, coalesce(settled, 0) from ledgers where site = @site", new { site }, cancellationToken: cancellation));
        return new Ledger(version, (int)settled);
    }

    /// <summary>
    /// Says that something about these sites changes, and that nobody else may change it until the transaction ends. Before all else in it: what is read afterwards is what others left.
    /// </summary>
    /// <returns>The ledgers, by site.</returns>
    public static async Task<Dictionary<string, Ledger>> RaiseAsync(DbTransaction transaction, IEnumerable<string> sites, CancellationToken cancellation)
    {
        var each = sites.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (transaction is NpgsqlTransaction npgsql)
        {
            await PostgresDialect.TakeTurnAsync(npgsql, each, cancellation);
        }

        var raised = await Raise.QueryAsync(
            transaction,
            each,
            fields => (Site: fields.Text(0)!, Ledger: new Ledger(fields.Number(1)!.Value, (int)(fields.Number(2) ?? 0))),
            cancellation);
        return raised.ToDictionary(row => row.Site, row => row.Ledger, StringComparer.Ordinal);
    }

    /// <summary>Says that the spans which end before a day have their totals.</summary>
    public static Task SettleAsync(DbTransaction transaction, string site, int day, CancellationToken cancellation) =>
        Settle.ExecuteAsync(transaction, [(site, day)], cancellation);
}
