using System.Data.Common;
using System.Runtime.InteropServices;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;

namespace Collector.Ingest;

/// <summary>
/// Stores responses, and keeps the cells and the intents of their visits exact, all in one transaction: what is stored already is read, all
/// changes are made in memory, and what has changed in the end is written.
/// </summary>
internal sealed class ResponseStore(DbTransaction transaction, Dictionary<string, Ledger> ledgers, CancellationToken cancellation)
{
    // A visit is one visitor's stay in one tab. A "visit" of more responses is none; joining on and on would let one sender slow everybody down.
    private const int LargestVisit = 100;

    private static readonly Statement<ResponseKey> FindById = new(
        $"select {Row.Columns} from responses where site = @Site and id = @Id", new("Site", key => key.Site), new("Id", key => key.Id));

    private static readonly Statement<ResponseKey> FindByVisit = new(
        $"select {Counted.Columns} from responses where site = @Site and visit = @Visit", new("Site", key => key.Site), new("Visit", key => key.Id));

    private static readonly Statement<Counted> ChangeIntent = new(
        "update responses set intent = @Intent where site = @Site and id = @Id",
        new("Intent", row => row.Intent), new("Site", row => row.Site), new("Id", row => row.Id));

    private static readonly Statement<(string Site, int Day, int Most)> FindBefore = new(
        $"select {Counted.Columns} from responses where site = @Site and day < @Day order by day limit @Most",
        new("Site", query => query.Site), new("Day", Number: query => query.Day), new("Most", Number: query => query.Most));

    private static readonly Statement<Counted> Delete = new(
        "delete from responses where site = @Site and id = @Id", new("Site", row => row.Site), new("Id", row => row.Id));

    private readonly Dictionary<ResponseKey, StoredResponse> responses = [];
    private readonly Dictionary<ResponseKey, List<StoredResponse>> visits = [];
    private readonly HashSet<ResponseKey> changedVisits = [];
    private readonly List<(StoredResponse Response, string Touchpoint, Site Site)> completed = [];

    public static async Task<Outcome[]> StoreAsync(
        DbTransaction transaction, IReadOnlyList<Arrival> arrivals, TouchpointNumbers touchpoints, CancellationToken cancellation)
    {
        // Also where all of them turn out to be repeated: they are acknowledged by a commit that has something to wait for, on disk and on a standby.
        var ledgers = await Ledger.RaiseAsync(transaction, arrivals.Select(arrival => arrival.Row.Counted.Site), cancellation);
        var store = new ResponseStore(transaction, ledgers, cancellation);
        await store.LoadAsync(
            arrivals.Select(arrival => KeyOf(arrival.Row.Counted)),
            arrivals.Where(arrival => arrival.Row.Counted.Visit is not null).Select(arrival => VisitOf(arrival.Row.Counted)));
        await touchpoints.FindAsync(transaction, arrivals.Select(arrival => (arrival.Row.Counted.Site, arrival.Touchpoint)), cancellation);
        var outcomes = new Outcome[arrivals.Count];
        for (var i = 0; i < arrivals.Count; i++)
        {
            outcomes[i] = store.Store(arrivals[i], touchpoints);
        }

        await touchpoints.WriteAsync(transaction, cancellation);
        await store.WriteAsync();
        return outcomes;
    }

    /// <summary>Erases a response; false when there is none.</summary>
    public static async Task<bool> EraseAsync(DbTransaction transaction, string site, Guid id, CancellationToken cancellation)
    {
        var store = new ResponseStore(transaction, await Ledger.RaiseAsync(transaction, [site], cancellation), cancellation);
        var key = new ResponseKey(site, id.ToString());
        await store.LoadAsync([key], []);
        if (!store.responses.TryGetValue(key, out var response) || response.Now!.IsErased)
        {
            return false;
        }

        store.Replace(response, response.Row!.AsErased());
        await store.WriteAsync();
        return true;
    }

    /// <summary>
    /// Erases some of a site's responses of the days before <paramref name="day"/>; their counts move to the closed cells. A visit is erased
    /// with all its responses of those days at once, so that each of them still counts with the visit's intent.
    /// </summary>
    /// <returns>How many are gone; 0 when none was left.</returns>
    public static async Task<int> CloseAsync(DbTransaction transaction, string site, int day, int most, CancellationToken cancellation)
    {
        var store = new ResponseStore(transaction, await Ledger.RaiseAsync(transaction, [site], cancellation), cancellation);
        foreach (var row in await FindBefore.QueryAsync(transaction, [(site, day, most)], Counted.Read, cancellation))
        {
            store.responses.Add(KeyOf(row), new StoredResponse(row, null));
        }

        await store.LoadVisitsAsync([]);
        var old = store.responses.Values.Where(response => response.Now!.Day < day).ToList();
        old.ForEach(store.Close);
        await store.WriteAsync();
        return old.Count;
    }

    private static ResponseKey KeyOf(Counted row) => new(row.Site, row.Id);

    private static ResponseKey VisitOf(Counted row) => new(row.Site, row.Visit!);

    private async Task LoadAsync(IEnumerable<ResponseKey> ids, IEnumerable<ResponseKey> visitsOfNew)
    {
        foreach (var row in await FindById.QueryAsync(transaction, ids.Distinct(), Row.Read, cancellation))
        {
            responses.Add(KeyOf(row.Counted), new StoredResponse(row.Counted, row));
        }

        await LoadVisitsAsync(visitsOfNew);
    }

    private async Task LoadVisitsAsync(IEnumerable<ResponseKey> visitsOfNew)
    {
        var visitsOfOld = responses.Values.Where(response => response.Now!.Visit is not null).Select(response => VisitOf(response.Now!));
        foreach (var row in await FindByVisit.QueryAsync(transaction, visitsOfNew.Concat(visitsOfOld).Distinct().ToList(), Counted.Read, cancellation))
        {
            ref var response = ref CollectionsMarshal.GetValueRefOrAddDefault(responses, KeyOf(row), out _);
            response ??= new StoredResponse(row, null);
            InVisit(VisitOf(row)).Add(response);
        }
    }

    private Outcome Store(Arrival arrival, TouchpointNumbers touchpoints)
    {
        var row = arrival.Row;
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(responses, KeyOf(row.Counted), out var isThere);
        var response = known ??= new StoredResponse(null, null);
        if (response.Row is { } before)
        {
            if (before.Revision > row.Revision || before.Counted.IsErased)
            {
                return Outcome.Repeated;
            }

            if (before.Revision == row.Revision)
            {
                return row.SaysTheSameAs(before) ? Outcome.Repeated : Outcome.Conflict;
            }
        }

        row = row.Following(response.Row, arrival.Answers);
        if (row.Counted.Visit is not null && InVisit(VisitOf(row.Counted)).Count(other => other != response && other.IsIn(row.Counted.Visit)) >= LargestVisit)
        {
            row = row with { Counted = row.Counted with { Visit = null } };
        }

        var number = touchpoints.NumberOf(row.Counted.Site, arrival.Touchpoint, arrival.Site.MaximumTouchpoints);
        if (arrival.Site.ReportsTo.Count > 0 && row.Counted is { IsComplete: true, IsSuspect: false } && response.Now is not { IsComplete: true })
        {
            completed.Add((response, number == 0 ? Touchpoint.Other.Name : arrival.Touchpoint, arrival.Site));
        }

        Replace(response, row with { Counted = row.Counted with { Touchpoint = number } });
        return isThere ? Outcome.Revised : Outcome.Created;
    }

    private void Replace(StoredResponse response, Row row)
    {
        if (response.Now?.Visit is not null)
        {
            changedVisits.Add(VisitOf(response.Now));
        }

        if (row.Counted.Visit is not null)
        {
            changedVisits.Add(VisitOf(row.Counted));
            var visit = InVisit(VisitOf(row.Counted));
            if (!visit.Contains(response))
            {
                visit.Add(response);
            }
        }

        response.Replace(row);
    }

    private void Close(StoredResponse response)
    {
        if (response.Now!.Visit is not null)
        {
            changedVisits.Add(VisitOf(response.Now));
        }

        response.Close();
    }

    // Whoever was in it and is no longer stays in the list; IsIn tells.
    private List<StoredResponse> InVisit(ResponseKey visit) => CollectionsMarshal.GetValueRefOrAddDefault(visits, visit, out _) ??= [];

    private async Task WriteAsync()
    {
        foreach (var visit in changedVisits)
        {
            Join(InVisit(visit).Where(response => response.IsIn(visit.Id)).ToList());
        }

        var cells = new CellChanges(ledgers);
        var gone = responses.Values.Where(response => response is { Now: null, Before: not null }).Select(response => response.Before!).ToList();
        await Delete.ExecuteAsync(transaction, gone, cancellation);
        await Comment.Delete.ExecuteAsync(transaction, gone, cancellation);
        gone.ForEach(cells.Close);

        // A revision may change nothing that is counted and still say more.
        var changed = responses.Values.Where(response => response.Now is not null && (response.IsReplaced || response.Now != response.Before)).ToList();
        foreach (var response in changed)
        {
            cells.Remove(response.Before);
            cells.Add(response.Now!);
        }

        await Row.Upsert.ExecuteAsync(transaction, changed.Where(response => response.IsReplaced).Select(response => response.Row!), cancellation);
        var joined = changed.Where(response => !response.IsReplaced).Select(response => response.Now!).ToList();
        await ChangeIntent.ExecuteAsync(transaction, joined, cancellation);
        await Comment.Follow.ExecuteAsync(transaction, joined, cancellation);
        await WriteCommentsAsync(changed);
        await ForgetAsync([.. gone, .. changed.Where(response => response.Now!.IsErased).Select(response => response.Now!)]);
        await cells.WriteAsync(transaction, cancellation);

        // Last, when the intents of visits are joined.
        await Report.Write.ExecuteAsync(transaction, completed.SelectMany(one => CompletedResponse.Tell(one.Response.Row!, one.Touchpoint, one.Site)), cancellation);
    }

    // Where it lies follows when it was answered, which another revision may say otherwise.
    private async Task WriteCommentsAsync(IReadOnlyList<StoredResponse> changed)
    {
        await Comment.Delete.ExecuteAsync(
            transaction, changed.Where(response => response.IsReplaced && response.HadComment && !response.KeepsItsComment).Select(response => response.Before!), cancellation);
        await Comment.Upsert.ExecuteAsync(transaction, changed.Where(response => response is { IsReplaced: true, HasComment: true }).Select(response => Comment.Of(response.Row!)), cancellation);
    }

    // What people made of a response goes with it, and so does what receivers were to be told of it.
    private async Task ForgetAsync(IReadOnlyList<Counted> rows)
    {
        await Comment.DeleteLabels.ExecuteAsync(transaction, rows, cancellation);
        await Comment.DeleteHandled.ExecuteAsync(transaction, rows, cancellation);
        await Report.Forget.ExecuteAsync(transaction, rows.Select(row => (row.Site, row.Id)), cancellation);
    }

    /// <summary>Gives the responses of a visit that have no intent of their own the one that was given last in it.</summary>
    private static void Join(List<StoredResponse> visit)
    {
        var intent = visit
            .Select(response => response.Now!)
            .Where(row => row.OwnIntent.Length > 0)
            .OrderBy(row => row.AnsweredAt).ThenBy(row => row.Id, StringComparer.Ordinal)
            .LastOrDefault()?.OwnIntent ?? "";
        foreach (var response in visit.Where(response => response.Now!.OwnIntent.Length == 0 && response.Now.Intent != intent))
        {
            response.ChangeIntent(intent);
        }
    }

    /// <summary>Names a response, or a visit.</summary>
    private readonly record struct ResponseKey(string Site, string Id);

    /// <summary>A response as it is stored, and as it will be when the transaction ends.</summary>
    private sealed class StoredResponse(Counted? before, Row? row)
    {
        /// <summary>What the cells count now; null when it is new.</summary>
        public Counted? Before { get; } = before;

        /// <summary>What they will count; null when it will be gone.</summary>
        public Counted? Now { get; private set; } = before;

        /// <summary>The whole of it; null when only its visit needed it.</summary>
        public Row? Row { get; private set; } = row;

        public bool IsReplaced { get; private set; }

        /// <summary>Whether something was written in it before.</summary>
        public bool HadComment { get; } = row is not null && Comment.IsIn(row);

        /// <summary>Whether something is written in it now.</summary>
        public bool HasComment => Comment.IsIn(Row!);

        /// <summary>Whether what is written in it stays where it lies.</summary>
        public bool KeepsItsComment => HasComment && Now!.Day == Before!.Day && Now.AnsweredAt == Before.AnsweredAt;

        public bool IsIn(string visit) => Now?.Visit == visit;

        public void Replace(Row row) => (Row, Now, IsReplaced) = (row, row.Counted, true);

        public void Close() => Now = null;

        public void ChangeIntent(string intent)
        {
            Now = Now! with { Intent = intent };
            Row = Row is null ? null : Row with { Counted = Now };
        }
    }
}
