using System.Data.Common;
using Dapper;

namespace Collector.Insights.Watch;

/// <summary>What was known of a site when it was last looked over.</summary>
internal sealed class Watched
{
    public const string Goal = "goal", Pattern = "pattern", Drop = "drop";

    private const string Day = "day";

    private readonly Dictionary<(string Kind, string Name), (string Value, int Day)> known;

    private Watched(Dictionary<(string Kind, string Name), (string Value, int Day)> known) => this.known = known;

    /// <summary>The day that was looked at last; null when it is the first.</summary>
    public int? LastDay => known.TryGetValue((Day, ""), out var row) ? row.Day : null;

    public static async Task<Watched> ReadAsync(DbConnection connection, string site, CancellationToken cancellation)
    {
        var rows = await connection.QueryAsync<(string Kind, string Name, string Value, int Day)>(new CommandDefinition(
            "select kind, name, value, day from watched where site = @site", new { site }, cancellationToken: cancellation));
        return new Watched(rows.ToDictionary(row => (row.Kind, row.Name), row => (row.Value, row.Day)));
    }

    /// <summary>What was known of something; null when nothing was, or not since a day.</summary>
    public string? Of(string kind, string name, int since = 0) => known.TryGetValue((kind, name), out var row) && row.Day >= since ? row.Value : null;

    /// <summary>Writes down what is known now, in the place of what was. False, and nothing is written, where another process has looked at this day already.</summary>
    /// <param name="forgotten">What was last seen before this day is forgotten.</param>
    public static async Task<bool> TryWriteAsync(
        DbTransaction transaction, string site, int day, int forgotten, IEnumerable<(string Kind, string Name, string Value)> seen, CancellationToken cancellation)
    {
        var connection = transaction.Connection!;
        var isFirst = await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into watched (site, kind, name, value, day) values (@site, @Kind, '', '', @day)
            on conflict (site, kind, name) do update set day = excluded.day where watched.day < excluded.day
            """,
            new { site, Kind = Day, day },
            transaction,
            cancellationToken: cancellation)) == 1;
        if (!isFirst)
        {
            return false;
        }

        foreach (var (kind, name, value) in seen)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                """
                insert into watched (site, kind, name, value, day) values (@site, @kind, @name, @value, @day)
                on conflict (site, kind, name) do update set value = excluded.value, day = excluded.day
                """,
                new { site, kind, name, value, day },
                transaction,
                cancellationToken: cancellation));
        }

        await connection.ExecuteAsync(new CommandDefinition(
            "delete from watched where site = @site and day < @forgotten", new { site, forgotten }, transaction, cancellationToken: cancellation));
        return true;
    }
}
