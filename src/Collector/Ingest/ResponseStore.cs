using System.Data.Common;
using System.Globalization;
using Collector.Feedback;
using Collector.Storage;

namespace Collector.Ingest;

/// <summary>Stores responses, and keeps the cells and the intents of their visits exact, all in one transaction.</summary>
internal sealed class ResponseStore(DbTransaction transaction, CancellationToken cancellation)
{
    // A visit is one visitor's stay in one tab. A "visit" of more responses is none; joining on and on would let one sender slow everybody down.
    private const int LargestVisit = 100;

    private readonly CellChanges cells = new(transaction);

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

        after = after.Following(before, response.Answers.Count);
        List<Row> others = after.Visit is null ? [] : await VisitAsync(after.Site, after.Visit, except: id);
        if (others.Count >= LargestVisit)
        {
            (after, others) = (after with { Visit = null }, []);
        }

        after = after with
        {
            Touchpoint = await NumberOfAsync(response.Touchpoint, response.Site, arrival.MaximumTouchpoints),
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

    private async Task<int> NumberOfAsync(Touchpoint touchpoint, string site, int maximum)
    {
        while (true)
        {
            if (await ScalarAsync("select number from touchpoints where site = @Site and name = @Name", site, touchpoint.Name) is { } number)
            {
                return number;
            }

            // Numbers are given from 1 without a gap, so the highest tells how many there are. 0 is for all that came too late.
            var highest = await ScalarAsync("select coalesce(max(number), 0) from touchpoints where site = @Site", site) ?? 0;
            var isFull = highest >= maximum;
            var (next, name) = isFull ? (0, Touchpoint.Other.Name) : (highest + 1, touchpoint.Name);
            await transaction.Prepared(
                "insert into touchpoints (site, number, name) values (@Site, @Number, @Name) on conflict (site, number) do nothing", site, next, name)
                .ExecuteNonQueryAsync(cancellation);
            if (isFull)
            {
                return 0;
            }

            // Another process may have taken the number for another page in between; the next round sees which it was.
        }
    }

    private async Task<int?> ScalarAsync(string sql, params object?[] values) =>
        await transaction.Prepared(sql, values).ExecuteScalarAsync(cancellation) is { } value ? Convert.ToInt32(value, CultureInfo.InvariantCulture) : null;

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
