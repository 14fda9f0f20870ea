using System.Data.Common;
using Collector.Feedback;
using Collector.Storage;

namespace Collector.Ingest;

/// <summary>
/// The numbers of touchpoints, which stand in every cell. A number is never taken back nor given anew, so that those that are committed may
/// be remembered.
/// </summary>
internal sealed class TouchpointNumbers
{
    // Some ten megabytes at most. Then all is forgotten at once; what is in use is soon known again.
    private const int MostRemembered = 50_000;

    private static readonly Statement<Named> Find = new(
        "select number from touchpoints where site = @Site and name = @Name", new("Site", named => named.Site), new("Name", named => named.Name));

    // Numbers are given from 1 without a gap, so the highest tells how many there are.
    private static readonly Statement<Named> FindHighest = new(
        "select coalesce(max(number), 0) from touchpoints where site = @Site", new Parameter<Named>("Site", named => named.Site));

    private static readonly Statement<(Named Named, long Number)> Insert = new(
        "insert into touchpoints (site, number, name) values (@Site, @Number, @Name) on conflict do nothing",
        new("Site", row => row.Named.Site), new("Number", Number: row => row.Number), new("Name", row => row.Named.Name));

    private readonly Dictionary<Named, long> committed = [], uncommitted = [];

    /// <summary>The transaction has ended; what it found and gave may be remembered only if it is on disk.</summary>
    public void End(bool isCommitted)
    {
        if (isCommitted)
        {
            if (committed.Count + uncommitted.Count > MostRemembered)
            {
                committed.Clear();
            }

            foreach (var (named, number) in uncommitted)
            {
                committed[named] = number;
            }
        }

        uncommitted.Clear();
    }

    /// <summary>The number of a touchpoint, a new one if it has none yet; 0, which all share that came too late, when the site has as many as it may hold.</summary>
    public async ValueTask<long> NumberOfAsync(DbTransaction transaction, string site, string name, int maximum, CancellationToken cancellation)
    {
        var named = new Named(site, name);
        if (committed.TryGetValue(named, out var number) || uncommitted.TryGetValue(named, out number))
        {
            return number;
        }

        while (true)
        {
            if (await Find.QueryAsync(transaction, [named], Number, cancellation) is [var found])
            {
                return uncommitted[named] = found;
            }

            var highest = (await FindHighest.QueryAsync(transaction, [named], Number, cancellation))[0];
            if (highest >= maximum)
            {
                await Insert.ExecuteAsync(transaction, [(new Named(site, Touchpoint.Other.Name), 0)], cancellation);
                return 0;
            }

            // Another process may take the number for another page in between; the next round sees which it was.
            await Insert.ExecuteAsync(transaction, [(named, highest + 1)], cancellation);
        }
    }

    private static long Number(IFields fields) => fields.Number(0)!.Value;

    private readonly record struct Named(string Site, string Name);
}
