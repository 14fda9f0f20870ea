using System.Data.Common;
using Dapper;

namespace Collector.Insights.Goals;

/// <summary>Reads and writes the goals of a site.</summary>
internal static class GoalRows
{
    public static Task<GoalRow?> FindAsync(DbConnection connection, string site, string id, DbTransaction? transaction, CancellationToken cancellation) =>
        connection.QuerySingleOrDefaultAsync<GoalRow>(new CommandDefinition(
            "select * from goals where site = @site and id = @id", new { site, id }, transaction, cancellationToken: cancellation));

    /// <summary>The goals after one, in the order in which they were made: their ids begin with the time.</summary>
    public static async Task<IReadOnlyList<GoalRow>> ListAsync(DbConnection connection, string site, string after, int most, CancellationToken cancellation) =>
        [.. await connection.QueryAsync<GoalRow>(new CommandDefinition(
            "select * from goals where site = @site and id > @after order by id limit @most", new { site, after, most }, cancellationToken: cancellation))];

    public static Task<long> CountAsync(DbTransaction transaction, string site) => transaction.Connection!.ExecuteScalarAsync<long>(
        "select count(*) from goals where site = @site", new { site }, transaction);

    /// <summary>Writes a goal, new or changed.</summary>
    public static Task WriteAsync(DbTransaction transaction, GoalRow row, CancellationToken cancellation) => transaction.Connection!.ExecuteAsync(
        new CommandDefinition(
            """
            insert into goals (site, id, name, metric, selection, target, day, days, weight, created_at)
            values (@Site, @Id, @Name, @Metric, @Selection, @Target, @Day, @Days, @Weight, @CreatedAt)
            on conflict (site, id) do update set name = excluded.name, metric = excluded.metric, selection = excluded.selection, target = excluded.target,
                day = excluded.day, days = excluded.days, weight = excluded.weight
            """,
            row,
            transaction,
            cancellationToken: cancellation));

    public static async Task<bool> DeleteAsync(DbTransaction transaction, string site, string id, CancellationToken cancellation) =>
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "delete from goals where site = @site and id = @id", new { site, id }, transaction, cancellationToken: cancellation)) > 0;
}
