using System.Data.Common;
using Collector.Sites;
using Collector.Storage;
using Dapper;

namespace Collector.Dashboard.People;

/// <summary>Who may do what on which site. Asked anew with each request, as sessions are.</summary>
internal sealed class Members(Database database, TimeProvider time)
{
    /// <summary>A person's role on a site; null without one. An operator is an owner of every site.</summary>
    public async Task<Role?> RoleAsync(Person person, string site, CancellationToken cancellation)
    {
        if (person.IsOperator)
        {
            return Role.Owner;
        }

        await using var connection = await database.LookUpAsync(cancellation);
        return Roles.Parse(await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
            "select role from members where person = @Id and site = @site", new { person.Id, site }, cancellationToken: cancellation)));
    }

    /// <summary>The sites of a person, by name; all of them for an operator.</summary>
    public async Task<IReadOnlyList<SiteName>> SitesOfAsync(Person person, CancellationToken cancellation)
    {
        await using var connection = await database.LookUpAsync(cancellation);
        return (await connection.QueryAsync<SiteName>(new CommandDefinition(
            person.IsOperator
                ? "select id, name from sites order by name, id"
                : "select sites.id, sites.name from members join sites on sites.id = members.site where members.person = @Id order by sites.name, sites.id",
            new { person.Id },
            cancellationToken: cancellation))).AsList();
    }

    /// <summary>The members of a site, by name.</summary>
    public async Task<IReadOnlyList<Member>> OfSiteAsync(string site, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        return (await connection.QueryAsync<Member>(new CommandDefinition(
            """
            select people.id, people.name, people.email, members.role, people.totp_key is not null as HasSecondFactor
            from members join people on people.id = members.person
            where members.site = @site
            order by people.name, people.id
            """,
            new { site },
            cancellationToken: cancellation))).AsList();
    }

    /// <summary>Makes somebody a member, or gives a member another role, which ends all their sessions.</summary>
    public async Task<int> SetAsync(DbTransaction transaction, string person, string site, Role role)
    {
        await transaction.Connection!.ExecuteAsync(
            """
            insert into members (person, site, role, created_at) values (@person, @site, @Role, @Now)
            on conflict (person, site) do update set role = @Role
            """,
            new { person, site, Role = Roles.NameOf(role), Now = time.GetUtcNow().ToUnixTimeMilliseconds() },
            transaction);
        return await EndSessionsAsync(transaction, person);
    }

    /// <summary>Gives a member another role, which ends all their sessions.</summary>
    public Task<MemberChange> ChangeAsync(Member member, string site, Role role, Audit audit, CancellationToken cancellation) => database.WriteAsync(
        site,
        async transaction =>
        {
            if (role != Role.Owner && !await HasOtherOwnersAsync(transaction, member.Id, site))
            {
                return MemberChange.LastOwner;
            }

            await SetAsync(transaction, member.Id, site, role);
            await audit.WriteAsync(transaction, site, Act.RoleChanged, member.Email, Roles.NameOf(role));
            return MemberChange.Done;
        },
        cancellation);

    /// <summary>Ends somebody's membership, and all their sessions.</summary>
    public Task<MemberChange> RemoveAsync(Member member, string site, Audit audit, CancellationToken cancellation) => database.WriteAsync(
        site,
        async transaction =>
        {
            if (!await HasOtherOwnersAsync(transaction, member.Id, site))
            {
                return MemberChange.LastOwner;
            }

            await transaction.Connection!.ExecuteAsync("delete from members where person = @Id and site = @site", new { member.Id, site }, transaction);
            await EndSessionsAsync(transaction, member.Id);
            await audit.WriteAsync(transaction, site, Act.MemberRemoved, member.Email, member.Role);
            return MemberChange.Done;
        },
        cancellation);

    // Who may still change everything on the site when this person may not: its other owners, and operators.
    private static Task<bool> HasOtherOwnersAsync(DbTransaction transaction, string person, string site) => transaction.Connection!.QuerySingleAsync<bool>(
        """
        select exists (select 1 from members where site = @site and role = 'owner' and person <> @person)
            or exists (select 1 from people where is_operator = 1 and id <> @person)
        """,
        new { person, site },
        transaction);

    private static Task<int> EndSessionsAsync(DbTransaction transaction, string person) =>
        transaction.Connection!.ExecuteAsync("delete from sessions where person = @person", new { person }, transaction);
}

/// <summary>What became of a change of a member.</summary>
internal enum MemberChange
{
    /// <summary>It is made.</summary>
    Done,

    /// <summary>It is not, since nobody would be left who may change the site.</summary>
    LastOwner,
}

/// <summary>A site by name.</summary>
public sealed record SiteName
{
    /// <summary>Its name in routes.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }
}

/// <summary>A member of a site.</summary>
public sealed record Member
{
    /// <summary>The person's name in routes.</summary>
    public required string Id { get; init; }

    /// <summary>What others call them.</summary>
    public required string Name { get; init; }

    /// <summary>Their address.</summary>
    public required string Email { get; init; }

    /// <summary>Their role, as it is stored.</summary>
    public required string Role { get; init; }

    /// <summary>Whether they sign in with a second factor.</summary>
    public required bool HasSecondFactor { get; init; }
}
