using System.Data.Common;
using System.Text.Json;
using Collector.Feedback;
using Collector.Storage;
using Dapper;

namespace Collector.Sites;

/// <summary>A group as it lies in the table.</summary>
internal sealed record GroupRow
{
    public required string Site { get; init; }
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Patterns { get; init; }
    public required string? Journey { get; init; }
    public required string? Stage { get; init; }
    public required long CreatedAt { get; init; }

    public string[] PatternTexts => JsonSerializer.Deserialize(Patterns, SitesJson.Default.StringArray)!;

    public Journey? ToJourney() => Journey is null ? null : Enum.Parse<Journey>(Journey, ignoreCase: true);

    public TouchpointGroup ToGroup() => TouchpointGroup.Check(Id, Name, PatternTexts, ToJourney(), Stage, new FieldErrors())
        ?? throw new InvalidOperationException($"The stored group {Id} of site {Site} is none.");

    public static GroupRow Of(string site, TouchpointGroup group, long createdAt) => new()
    {
        Site = site,
        Id = group.Id,
        Name = group.Name,
        Patterns = JsonSerializer.Serialize([.. group.Patterns.Select(pattern => pattern.ToString())], SitesJson.Default.StringArray),
        Journey = group.Journey?.ToString().ToLowerInvariant(),
        Stage = group.Stage,
        CreatedAt = createdAt,
    };
}

/// <summary>Reads and writes the groups of a site.</summary>
internal static class GroupRows
{
    /// <summary>Those of a site, by id.</summary>
    public static async Task<IReadOnlyList<GroupRow>> ReadAsync(DbConnection connection, string site, DbTransaction? transaction, CancellationToken cancellation) =>
        (await connection.QueryAsync<GroupRow>(new CommandDefinition(
            "select * from groups where site = @site order by id", new { site }, transaction, cancellationToken: cancellation))).AsList();

    /// <summary>Lets a change look at the groups of a site, alone of all that change them or name them; what it gives is written in the place of the one with its id.</summary>
    /// <returns>What was written.</returns>
    public static Task<GroupRow?> ChangeAsync(
        Database database, string site, Func<IReadOnlyList<GroupRow>, GroupRow?> change, Audit audit, CancellationToken cancellation) => database.WriteAsync(
        site,
        async transaction =>
        {
            var rows = await ReadAsync(transaction.Connection!, site, transaction, cancellation);
            var row = change(rows);
            if (row is not null)
            {
                await audit.WriteAsync(transaction, site, rows.Any(other => other.Id == row.Id) ? Act.GroupChanged : Act.GroupMade, row.Name);
                await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                    """
                    insert into groups (site, id, name, patterns, journey, stage, created_at)
                    values (@Site, @Id, @Name, @Patterns, @Journey, @Stage, @CreatedAt)
                    on conflict (site, id) do update set name = excluded.name, patterns = excluded.patterns, journey = excluded.journey, stage = excluded.stage
                    """,
                    row,
                    transaction,
                    cancellationToken: cancellation));
            }

            return row;
        },
        cancellation);
}
