using System.Data.Common;
using Collector.Storage;

namespace Collector.Ingest;

/// <summary>Stores responses, and keeps the cells and the intents of their visits exact, all in one transaction.</summary>
internal sealed class ResponseStore(DbTransaction transaction, CancellationToken cancellation)
{
    // A visit is one visitor's stay in one tab. A "visit" of more responses is none; joining on and on would let one sender slow everybody down.
    private const int LargestVisit = 100;

    private readonly CellChanges cells = new(transaction);
    private readonly TouchpointNumbers touchpoints = new(transaction, cancellation);

    public static async Task<Outcome[]> StoreAsync(DbTransaction transaction, IReadOnlyList<Arrival> arrivals, CancellationToken cancellation)
    {
        var store = new ResponseStore(transaction, cancellation);
        var outcomes = new Outcome[arrivals.Count];
        for (var i = 0; i < arrivals.Count; i++)
        {
            outcomes[i] = await store.StoreAsync(arrivals[i]);
        }

        await store.cells.WriteAsync(cancellation);
        return outcomes;
    }

    /// <summary>Erases a response; false when there is none.</summary>
    public static async Task<bool> EraseAsync(DbTransaction transaction, string site, Guid id, CancellationToken cancellation)
    {
        var store = new ResponseStore(transaction, cancellation);
        if (await store.FindAsync(site, id.ToString()) is not { IsErased: false } row)
        {
            return false;
        }

        store.cells.Remove(row);
        await transaction.Prepared(Row.Upsert, row.Erased().Values).ExecuteNonQueryAsync(cancellation);
        if (row.Visit is not null)
        {
            var left = await store.VisitAsync(site, row.Visit, except: row.Id);
            await store.JoinAsync(left, IntentOf(left));
        }

        await store.cells.WriteAsync(cancellation);
        return true;
    }

    /// <summary>
    /// Erases some of a site's responses of the days before <paramref name="day"/>; their counts move to the closed cells. A visit is erased
    /// with all its responses of those days at once, so that each of them still counts with the visit's intent.
    /// </summary>
    /// <returns>How many are gone; 0 when none was left.</returns>
    public static async Task<int> CloseAsync(DbTransaction transaction, string site, int day, int most, CancellationToken cancellation)
    {
        var store = new ResponseStore(transaction, cancellation);
        var closed = 0;
        foreach (var row in await store.QueryAsync(
            $"select {Row.Columns} from responses where site = @Site and day < @Day order by day limit @Most", site, day, most))
        {
            closed += await store.CloseAsync(row);
            if (row is { Visit: not null, OwnIntent: not "" })
            {
                var visit = await store.VisitAsync(site, row.Visit, except: row.Id);
                foreach (var other in visit.Where(other => other.Day < day))
                {
                    closed += await store.CloseAsync(other);
                }

                visit.RemoveAll(other => other.Day < day);
                await store.JoinAsync(visit, IntentOf(visit));
            }
        }

        await store.cells.WriteAsync(cancellation);
        return closed;
    }

    // Deleting it is also the claim to it: of two who try, one finds it gone.
    private async Task<int> CloseAsync(Row row)
    {
        var deleted = await transaction.Prepared("delete from responses where site = @Site and id = @Id and revision = @Revision", row.Site, row.Id, row.Revision)
            .ExecuteNonQueryAsync(cancellation);
        if (deleted == 1 && !row.IsErased)
        {
            cells.Close(row);
        }

        return deleted;
    }

    private async Task<Outcome> StoreAsync(Arrival arrival)
    {
        var response = arrival.Response;
        var id = response.Id.ToString();
        var before = await FindAsync(response.Site, id);
        if (before?.Revision > response.Revision || before is { IsErased: true })
        {
            return Outcome.Repeated;
        }

        var after = Row.From(response, arrival.ReceivedAt);
        if (before?.Revision == after.Revision)
        {
            return after.SaysTheSameAs(before) ? Outcome.Repeated : Outcome.Conflict;
        }

        List<Row> others = after.Visit is null ? [] : await VisitAsync(after.Site, after.Visit, except: id);
        if (others.Count >= LargestVisit)
        {
            (after, others) = (after with { Visit = null }, []);
        }

        after = after with
        {
            Touchpoint = await touchpoints.NumberOfAsync(response.Touchpoint, response.Site, arrival.MaximumTouchpoints),
            PlacedBy = arrival.PlacedBy,
            Intent = response.Intent ?? IntentOf(others),
        };
        if (before is not null)
        {
            cells.Remove(before);
        }

        await transaction.Prepared(Row.Upsert, after.Values).ExecuteNonQueryAsync(cancellation);
        cells.Add(after);
        await JoinAsync(others, IntentOf([.. others, after]));
        if (before?.Visit is not null && before.Visit != after.Visit)
        {
            var left = await VisitAsync(before.Site, before.Visit, except: id);
            await JoinAsync(left, IntentOf(left));
        }

        return before is null ? Outcome.Created : Outcome.Revised;
    }

    private async Task<Row?> FindAsync(string site, string id) =>
        (await QueryAsync($"select {Row.Columns} from responses where site = @Site and id = @Id", site, id)).FirstOrDefault();

    private Task<List<Row>> VisitAsync(string site, string visit, string except) => QueryAsync(
        $"select {Row.Columns} from responses where site = @Site and visit = @Visit and id <> @Except", site, visit, except);

    /// <summary>The intent of a visit: the one that was given last.</summary>
    private static string IntentOf(IEnumerable<Row> visit) => visit
        .Where(row => row.OwnIntent.Length > 0)
        .OrderBy(row => row.AnsweredAt).ThenBy(row => row.Id, StringComparer.Ordinal)
        .LastOrDefault()?.OwnIntent ?? "";

    /// <summary>Gives the responses of a visit that have no intent of their own the one that the visit has now.</summary>
    private async Task JoinAsync(IEnumerable<Row> visit, string intent)
    {
        foreach (var row in visit.Where(row => row.OwnIntent.Length == 0 && row.Intent != intent))
        {
            cells.Remove(row);
            cells.Add(row with { Intent = intent });
            await transaction.Prepared("update responses set intent = @Intent where site = @Site and id = @Id", intent, row.Site, row.Id)
                .ExecuteNonQueryAsync(cancellation);
        }
    }

    private async Task<List<Row>> QueryAsync(string sql, params object?[] values)
    {
        var rows = new List<Row>();
        await using var reader = await transaction.Prepared(sql, values).ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(Row.Read(reader));
        }

        return rows;
    }
}
