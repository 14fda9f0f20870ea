using System.Data.Common;
using Dapper;

namespace Collector.Insights.Changes;

/// <summary>Reads and writes the changes of a site.</summary>
internal static class ChangeRows
{
    public static Task<ChangeRow?> FindAsync(DbConnection connection, string site, string id, DbTransaction? transaction, CancellationToken cancellation) =>
        connection.QuerySingleOrDefaultAsync<ChangeRow>(new CommandDefinition(
            "select * from changes where site = @site and id = @id", new { site, id }, transaction, cancellationToken: cancellation));

    /// <summary>The changes of some days, the latest first, from after the one on this day and with this id.</summary>
    public static async Task<IReadOnlyList<ChangeRow>> ListAsync(
        DbConnection connection, string site, (int First, int Last) days, (int Day, string Id) after, int most, CancellationToken cancellation) =>
        [.. await connection.QueryAsync<ChangeRow>(new CommandDefinition(
            """
            select * from changes
            where site = @site and day between @First and @Last and (day < @Day or (day = @Day and id < @Id))
            order by day desc, id desc
            limit @most
            """,
            new { site, days.First, days.Last, after.Day, after.Id, most },
            cancellationToken: cancellation))];

    public static Task<long> CountAsync(DbTransaction transaction, string site) => transaction.Connection!.ExecuteScalarAsync<long>(
        "select count(*) from changes where site = @site", new { site }, transaction);

    /// <summary>Writes a change, new or changed.</summary>
    public static Task WriteAsync(DbTransaction transaction, ChangeRow row, CancellationToken cancellation) => transaction.Connection!.ExecuteAsync(
        new CommandDefinition(
            """
            insert into changes (site, id, title, note, day, days, selection, control, created_at)
            values (@Site, @Id, @Title, @Note, @Day, @Days, @Selection, @Control, @CreatedAt)
            on conflict (site, id) do update set title = excluded.title, note = excluded.note, day = excluded.day, days = excluded.days,
                selection = excluded.selection, control = excluded.control
            """,
            row,
            transaction,
            cancellationToken: cancellation));

    public static async Task<bool> DeleteAsync(DbTransaction transaction, string site, string id, CancellationToken cancellation) =>
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "delete from changes where site = @site and id = @id", new { site, id }, transaction, cancellationToken: cancellation)) > 0;
}
