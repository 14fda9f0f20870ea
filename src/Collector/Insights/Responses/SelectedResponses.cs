using System.Runtime.CompilerServices;
using System.Text.Json;
using Collector.Storage;
using Dapper;

namespace Collector.Insights.Responses;

/// <summary>
/// All responses of a selection, oldest first, however many. They are read in small parts, each by a query of its own: no connection, snapshot or lock is held while whoever asked takes its time, and memory
/// does not grow with them.
/// </summary>
internal sealed class SelectedResponses(Database database, Selection selection, ResponseFilter filter)
{
    // Responses of a day have no index by moment, since one that follows every revision would cost all of them. So a day is sorted by a look at its keys, and that is done for many at once.
    private const int KeysAtOnce = 50_000, RowsAtOnce = 500;

    /// <summary>The responses, in lists of some hundred. One that is revised meanwhile is told as it is when its turn comes.</summary>
    public async IAsyncEnumerable<IReadOnlyList<SingleResponse>> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var day = selection.From; day <= selection.To; day = day.AddDays(1))
        {
            List<Key> keys;
            Key? last = null;
            do
            {
                keys = await ReadKeysAsync(selection.On(day), last, cancellation);
                foreach (var some in keys.Chunk(RowsAtOnce))
                {
                    yield return await ReadAsync(some, cancellation);
                }

                last = keys.LastOrDefault();
            }
            while (keys.Count == KeysAtOnce);

            if (day == DateOnly.MaxValue)
            {
                yield break;
            }
        }
    }

    private async Task<List<Key>> ReadKeysAsync(Selection day, Key? after, CancellationToken cancellation)
    {
        var (found, parameters) = ResponseSource.Of(day, filter);
        parameters.Add("Most", KeysAtOnce);
        if (after is not null)
        {
            parameters.Add("AfterTime", after.AnsweredAt);
            parameters.Add("AfterId", after.Id);
        }

        await using var connection = await database.ReadAsync(cancellation);
        return (await connection.QueryAsync<Key>(new CommandDefinition(
            $"""
            select cells.answered_at as AnsweredAt, cells.id
            from {found}
            {(after is null ? "" : "and (cells.answered_at, cells.id) > (@AfterTime, @AfterId)")}
            order by cells.answered_at, cells.id
            limit @Most
            """,
            parameters,
            cancellationToken: cancellation))).AsList();
    }

    // What was erased since its key was read is left out.
    private async Task<IReadOnlyList<SingleResponse>> ReadAsync(Key[] keys, CancellationToken cancellation)
    {
        var parameters = new DynamicParameters();
        parameters.Add("Site", selection.Site);
        parameters.Add("Ids", JsonSerializer.Serialize(keys.Select(key => key.Id)));
        await using var connection = await database.ReadAsync(cancellation);
        var rows = await ResponseRow.ReadAsync(
            connection, $"select site, day, answered_at, id from responses where site = @Site and id {database.InTexts("@Ids")} and state <> 'erased'", isNewestFirst: false, parameters, cancellation);
        var labels = await ResponseMarkRows.LabelsOfAsync(database, connection, selection.Site, rows.Select(row => row.Id), cancellation);
        var found = rows.ToDictionary(row => row.Id, StringComparer.Ordinal);
        return [.. keys.Where(key => found.ContainsKey(key.Id)).Select(key => found[key.Id].ToAnswer(labels[key.Id]))];
    }

    private sealed record Key
    {
        public required long AnsweredAt { get; init; }
        public required string Id { get; init; }
    }
}
