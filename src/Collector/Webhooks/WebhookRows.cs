using System.Data.Common;
using Collector.Sites;
using Collector.Storage;
using Dapper;

namespace Collector.Webhooks;

/// <summary>Reads and writes the webhooks of a site.</summary>
internal static class WebhookRows
{
    public const int Most = 20;

    /// <summary>Those of a site, in the order in which they were made: their ids begin with the time.</summary>
    public static async Task<IReadOnlyList<WebhookRow>> ReadAsync(DbConnection connection, string site, DbTransaction? transaction, CancellationToken cancellation) =>
        (await connection.QueryAsync<WebhookRow>(new CommandDefinition(
            "select * from webhooks where site = @site order by id", new { site }, transaction, cancellationToken: cancellation))).AsList();

    public static Task<WebhookRow?> FindAsync(DbConnection connection, string site, string id, CancellationToken cancellation) =>
        connection.QuerySingleOrDefaultAsync<WebhookRow>(new CommandDefinition(
            "select * from webhooks where site = @site and id = @id", new { site, id }, cancellationToken: cancellation));

    /// <summary>Lets a change look at the webhooks of a site, alone of all that change them; what it gives is written in the place of the one with its id.</summary>
    /// <returns>What was written.</returns>
    public static async Task<WebhookRow?> ChangeAsync(
        Database database, SiteDirectory directory, Site site, Func<IReadOnlyList<WebhookRow>, WebhookRow?> change, Audit audit, Act act, CancellationToken cancellation)
    {
        var written = await database.WriteAsync(
            site.Id,
            async transaction =>
            {
                var row = change(await ReadAsync(transaction.Connection!, site.Id, transaction, cancellation));
                if (row is not null)
                {
                    await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                        """
                        insert into webhooks (site, id, name, url, events, format, comments, secret, old_secret, old_secret_until, state, reason, created_at, failing_since, failures, held_until)
                        values (@Site, @Id, @Name, @Url, @Events, @Format, @Told, @Secret, @OldSecret, @OldSecretUntil, @State, @Reason, @CreatedAt, @FailingSince, @Failures, @HeldUntil)
                        on conflict (site, id) do update set name = excluded.name, url = excluded.url, events = excluded.events, format = excluded.format, comments = excluded.comments,
                            secret = excluded.secret, old_secret = excluded.old_secret, old_secret_until = excluded.old_secret_until, state = excluded.state, reason = excluded.reason,
                            failing_since = excluded.failing_since, failures = excluded.failures, held_until = excluded.held_until
                        """,
                        new
                        {
                            row.Site,
                            row.Id,
                            row.Name,
                            row.Url,
                            row.Events,
                            row.Format,
                            Told = row.Comments ? 1 : 0,
                            row.Secret,
                            row.OldSecret,
                            row.OldSecretUntil,
                            row.State,
                            row.Reason,
                            row.CreatedAt,
                            row.FailingSince,
                            row.Failures,
                            row.HeldUntil,
                        },
                        transaction,
                        cancellationToken: cancellation));
                    await TellSiteAsync(transaction, site.Id, cancellation);
                    await audit.WriteAsync(transaction, site.Id, act, row.Name);
                }

                return row;
            },
            cancellation);
        directory.Forget(site);
        return written;
    }

    /// <summary>Removes one, with what it was still to be told.</summary>
    public static async Task<bool> DeleteAsync(Database database, SiteDirectory directory, Site site, string id, Audit audit, CancellationToken cancellation)
    {
        var wasThere = await database.WriteAsync(
            site.Id,
            async transaction =>
            {
                if ((await ReadAsync(transaction.Connection!, site.Id, transaction, cancellation)).SingleOrDefault(row => row.Id == id) is not { } row)
                {
                    return false;
                }

                foreach (var sql in (string[])["delete from deliveries where site = @Site and webhook = @id", "delete from webhooks where site = @Site and id = @id"])
                {
                    await transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, new { Site = site.Id, id }, transaction, cancellationToken: cancellation));
                }

                await TellSiteAsync(transaction, site.Id, cancellation);
                await audit.WriteAsync(transaction, site.Id, Act.WebhookRemoved, row.Name);
                return true;
            },
            cancellation);
        directory.Forget(site);
        return wasThere;
    }

    /// <summary>Writes into the site which webhooks are told of each completed response: storing one then need not look for them.</summary>
    public static async Task TellSiteAsync(DbTransaction transaction, string site, CancellationToken cancellation)
    {
        var rows = await ReadAsync(transaction.Connection!, site, transaction, cancellation);
        var told = string.Join(' ', rows.Where(row => row.Wants(EventTypes.ResponseCompleted)).Select(row => row.Id));
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "update sites set reports_to = @told where id = @site", new { told, site }, transaction, cancellationToken: cancellation));
    }
}
