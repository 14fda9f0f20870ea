using Collector.Storage;
using Dapper;

namespace Collector.Dashboard.Parts;

/// <summary>Touchpoints that a form suggests. Any other may be typed.</summary>
internal static class KnownTouchpoints
{
    private const int Most = 200;

    /// <summary>The first that the site had, by name.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(string site, Database database, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        var names = await connection.QueryAsync<string>(new CommandDefinition(
            "select name from touchpoints where site = @site and number > 0 order by number limit @Most", new { site, Most }, cancellationToken: cancellation));
        return [.. names.Order(StringComparer.Ordinal)];
    }
}
