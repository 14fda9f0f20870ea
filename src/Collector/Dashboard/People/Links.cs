using System.Data.Common;
using Collector.Sites;
using Collector.Storage;
using Dapper;

namespace Collector.Dashboard.People;

/// <summary>What a link is for.</summary>
public enum LinkPurpose
{
    /// <summary>To make the first account.</summary>
    SetUp,

    /// <summary>To become a member of a site.</summary>
    Invitation,

    /// <summary>To choose a new password.</summary>
    Password,
}

/// <summary>A link that works once.</summary>
internal sealed record Link
{
    /// <summary>The hash of what it holds.</summary>
    public required string Hash { get; init; }

    /// <summary>Whose it is; null in that of the first account.</summary>
    public required string? Email { get; init; }

    /// <summary>The site that it opens, in an invitation.</summary>
    public required string? Site { get; init; }

    /// <summary>As whom.</summary>
    public required string? Role { get; init; }

    /// <summary>Until when, in milliseconds since 1970.</summary>
    public required long ExpiresAt { get; init; }
}

/// <summary>The links that work once.</summary>
internal sealed class Links(Database database, TimeProvider time)
{
    private const string Columns = "hash, email, site, role, expires_at as ExpiresAt";

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Makes one. A person has one at a time for the same thing; those that are over are forgotten.</summary>
    public Task<Secret> AddAsync(LinkPurpose purpose, TimeSpan valid, string? email, string? site, string? role, CancellationToken cancellation) =>
        database.WriteAsync(transaction => AddAsync(transaction, purpose, valid, email, site, role), cancellation);

    /// <summary>The same, as part of something else.</summary>
    public async Task<Secret> AddAsync(DbTransaction transaction, LinkPurpose purpose, TimeSpan valid, string? email, string? site, string? role)
    {
        var secret = Secret.New();
        var link = new { secret.Hash, Purpose = NameOf(purpose), email, site, role, Now, ExpiresAt = Now + (long)valid.TotalMilliseconds };
        await transaction.Connection!.ExecuteAsync(
            """
            delete from links
            where expires_at <= @Now or (purpose = @Purpose and coalesce(email, '') = coalesce(@email, '') and coalesce(site, '') = coalesce(@site, ''))
            """,
            link,
            transaction);
        await transaction.Connection!.ExecuteAsync(
            "insert into links (hash, purpose, email, site, role, created_at, expires_at) values (@Hash, @Purpose, @email, @site, @role, @Now, @ExpiresAt)", link, transaction);
        return secret;
    }

    /// <summary>Looks at a link; null when there is none, it was used, or its time is over.</summary>
    public async Task<Link?> FindAsync(string? text, LinkPurpose purpose, CancellationToken cancellation)
    {
        await using var connection = await database.LookUpAsync(cancellation);
        return text is null ? null : await connection.QuerySingleOrDefaultAsync<Link>(new CommandDefinition(
            $"select {Columns} from links where hash = @Hash and purpose = @Purpose and expires_at > @Now",
            new { new Secret(text).Hash, Purpose = NameOf(purpose), Now },
            cancellationToken: cancellation));
    }

    /// <summary>Uses up a link; false when somebody else just has.</summary>
    public static async Task<bool> UseAsync(DbTransaction transaction, Link link) =>
        await transaction.Connection!.ExecuteAsync("delete from links where hash = @Hash", new { link.Hash }, transaction) == 1;

    /// <summary>The invitations to a site that are still open.</summary>
    public async Task<IReadOnlyList<Link>> OfSiteAsync(string site, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        return (await connection.QueryAsync<Link>(new CommandDefinition(
            $"select {Columns} from links where site = @site and purpose = @Purpose and expires_at > @Now order by email",
            new { site, Purpose = NameOf(LinkPurpose.Invitation), Now },
            cancellationToken: cancellation))).AsList();
    }

    /// <summary>Takes an invitation back; false when there is none any more.</summary>
    public Task<bool> RemoveAsync(string site, string email, Audit audit, CancellationToken cancellation) => database.WriteAsync(
        async transaction =>
        {
            var wasThere = await transaction.Connection!.ExecuteAsync("delete from links where site = @site and email = @email", new { site, email }, transaction) > 0;
            if (wasThere)
            {
                await audit.WriteAsync(transaction, site, Act.InvitationTakenBack, email);
            }

            return wasThere;
        },
        cancellation);

    /// <summary>A purpose as it is stored.</summary>
    public static string NameOf(LinkPurpose purpose) => purpose switch
    {
        LinkPurpose.SetUp => "set-up",
        LinkPurpose.Invitation => "invitation",
        _ => "password",
    };
}
