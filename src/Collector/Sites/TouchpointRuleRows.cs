using System.Data.Common;
using System.Text.Json;
using Collector.Feedback;
using Collector.Storage;
using Dapper;

namespace Collector.Sites;

/// <summary>A rule as it lies in the table.</summary>
internal sealed record TouchpointRuleRow
{
    public required string Site { get; init; }
    public required string Id { get; init; }
    public required int Position { get; init; }
    public required string Pattern { get; init; }
    public required string KeepParameters { get; init; }
    public required long CreatedAt { get; init; }

    public string[] Parameters => JsonSerializer.Deserialize(KeepParameters, SitesJson.Default.StringArray)!;

    public TouchpointRule ToRule() =>
        TouchpointRule.Check(Pattern, Parameters, new FieldErrors()) ?? throw new InvalidOperationException($"The stored rule {Id} of site {Site} is none.");

    /// <summary>The row with what is written of a rule, in the rule's one form.</summary>
    public TouchpointRuleRow With(TouchpointRule rule) => this with
    {
        Pattern = rule.Pattern.ToString(),
        KeepParameters = JsonSerializer.Serialize([.. rule.KeepParameters], SitesJson.Default.StringArray),
    };
}

/// <summary>Reads and writes the rules of a site, in their order.</summary>
internal static class TouchpointRuleRows
{
    public static Task<IEnumerable<TouchpointRuleRow>> ReadAsync(
        DbConnection connection, string site, DbTransaction? transaction, CancellationToken cancellation) =>
        connection.QueryAsync<TouchpointRuleRow>(new CommandDefinition(
            "select * from touchpoint_rules where site = @site order by position", new { site }, transaction, cancellationToken: cancellation));

    /// <summary>The rules of several sites, by site.</summary>
    public static async Task<ILookup<string, TouchpointRuleRow>> ReadAsync(DbConnection connection, string firstSite, string lastSite, CancellationToken cancellation)
    {
        var rows = await connection.QueryAsync<TouchpointRuleRow>(new CommandDefinition(
            "select * from touchpoint_rules where site between @firstSite and @lastSite order by site, position", new { firstSite, lastSite }, cancellationToken: cancellation));
        return rows.ToLookup(row => row.Site, StringComparer.Ordinal);
    }

    /// <summary>Lets a change at the rules in their order, alone of all that change them, and writes what has become of them if it says so.</summary>
    /// <param name="id">The rule that it is about.</param>
    /// <returns>The rules as they are then.</returns>
    public static Task<IReadOnlyList<TouchpointRuleRow>> ChangeAsync(
        Database database, string site, string id, DateTimeOffset now, Func<List<TouchpointRuleRow>, bool> change, Act act, Audit audit, CancellationToken cancellation) => database.WriteAsync(
        site,
        async transaction =>
        {
            var connection = transaction.Connection!;
            IReadOnlyList<TouchpointRuleRow> before = [.. await ReadAsync(connection, site, transaction, cancellation)];
            var rows = before.ToList();
            if (!change(rows))
            {
                return before;
            }

            IReadOnlyList<TouchpointRuleRow> after = [.. rows.Select((row, i) => row with { Position = i + 1 })];
            if (!after.SequenceEqual(before))
            {
                await connection.ExecuteAsync("delete from touchpoint_rules where site = @site", new { site }, transaction);
                await connection.ExecuteAsync(
                    """
                    insert into touchpoint_rules (site, id, position, pattern, keep_parameters, created_at)
                    values (@Site, @Id, @Position, @Pattern, @KeepParameters, @CreatedAt)
                    """,
                    after,
                    transaction);
                await NextVersionAsync(transaction, site, now, cancellation);
                await audit.WriteAsync(transaction, site, act, after.Concat(before).First(row => row.Id == id).Pattern);
            }

            return after;
        },
        cancellation);

    /// <summary>From here on, what was placed before is placed by older rules.</summary>
    public static Task NextVersionAsync(DbTransaction transaction, string site, DateTimeOffset now, CancellationToken cancellation) => transaction.Connection!.ExecuteAsync(
        new CommandDefinition(
            "update sites set rules_version = rules_version + 1, rules_changed_at = @Now where id = @site",
            new { site, Now = now.ToUnixTimeMilliseconds() },
            transaction,
            cancellationToken: cancellation));
}
