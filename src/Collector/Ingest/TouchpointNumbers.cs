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

    private static readonly Statement<Named> FindNumber = new(
        "select site, name, number from touchpoints where site = @Site and name = @Name", new("Site", named => named.Site), new("Name", named => named.Name));

    // Numbers are given from 1 without a gap, so the highest tells how many there are.
    private static readonly Statement<string> FindHighest = new(
        "select coalesce(max(number), 0) from touchpoints where site = @Site", new Parameter<string>("Site", site => site));

    // What all share that came too late is there already, but for the first.
    private static readonly Statement<(Named Named, long Number)> Insert = new(
        "insert into touchpoints (site, number, name) values (@Site, @Number, @Name) on conflict do nothing",
        new("Site", row => row.Named.Site), new("Number", Number: row => row.Number), new("Name", row => row.Named.Name));

    private readonly Dictionary<Named, long> committed = [], uncommitted = [];
    private readonly Dictionary<Named, long> given = [];
    private readonly Dictionary<string, long> highest = new(StringComparer.Ordinal);

    /// <summary>Looks for the numbers of touchpoints, as far as they are not remembered. The transaction has locked their sites.</summary>
    public async Task FindAsync(DbTransaction transaction, IEnumerable<(string Site, string Name)> names, CancellationToken cancellation)
    {
        var unknown = names.Select(name => new Named(name.Site, name.Name)).Where(named => !committed.ContainsKey(named)).ToHashSet();
        foreach (var (named, number) in await FindNumber.QueryAsync(
            transaction, unknown, fields => (new Named(fields.Text(0)!, fields.Text(1)!), fields.Number(2)!.Value), cancellation))
        {
            uncommitted[named] = number;
            unknown.Remove(named);
        }

        var sites = unknown.Select(named => named.Site).Distinct(StringComparer.Ordinal).ToList();
        foreach (var (site, number) in sites.Zip(await FindHighest.QueryAsync(transaction, sites, fields => fields.Number(0)!.Value, cancellation)))
        {
            highest[site] = number;
        }
    }

    /// <summary>The number of a touchpoint that was looked for, a new one if it has none yet; 0, which all share that came too late, when the site has as many as it may hold.</summary>
    public long NumberOf(string site, string name, int maximum)
    {
        var named = new Named(site, name);
        if (committed.TryGetValue(named, out var number) || uncommitted.TryGetValue(named, out number))
        {
            return number;
        }

        if (highest[site] >= maximum)
        {
            given[new Named(site, Touchpoint.Other.Name)] = 0;
            return 0;
        }

        return given[named] = uncommitted[named] = ++highest[site];
    }

    /// <summary>Writes the numbers that were given.</summary>
    public Task WriteAsync(DbTransaction transaction, CancellationToken cancellation) =>
        Insert.ExecuteAsync(transaction, given.Select(row => (row.Key, row.Value)), cancellation);

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
        else
        {
            committed.Clear(); // The server may have been replaced by one that has not all that was committed.
        }

        uncommitted.Clear();
        given.Clear();
        highest.Clear();
    }

    private readonly record struct Named(string Site, string Name);
}
