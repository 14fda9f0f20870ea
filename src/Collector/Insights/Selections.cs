using System.Data.Common;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Dapper;

namespace Collector.Insights;

/// <summary>Reads what a figure is asked for: its selection and its parts, with what the site's groups say of them.</summary>
internal sealed class Selections(Database database, Memberships memberships, TimeProvider time)
{
    /// <summary>Reads the filters; what is wrong with them is added to <paramref name="errors"/>.</summary>
    public async Task<Selection> ReadAsync(SelectionQuery query, Site site, FieldErrors errors, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);

        // Spans that are settled now have their totals whenever these are read later.
        var ledger = await Ledger.ReadAsync(connection, site.Id, cancellation);
        var selection = Selection.Read(query, site, time.GetUtcNow(), errors) with { Settled = ledger.Settled, InNumbers = database.InNumbers };
        if (query.Page is not null && await IsAmongOthersAsync(connection, selection, cancellation))
        {
            selection = selection.Of(Touchpoint.Other);
        }

        if (query.Group is null && query.Stage is null)
        {
            return selection;
        }

        var groups = await memberships.OfAsync(connection, site.Id, group => group.Id == query.Group || (group.Stage is not null && group.Stage == query.Stage), cancellation);
        IEnumerable<long>? touchpoints = null;
        Narrow("group", query.Group, groups.Where(group => group.Id == query.Group), "The site has no such group.");
        Narrow("stage", query.Stage, groups.Where(group => group.Stage is not null && group.Stage == query.Stage), "No group of the site is at this stage.");
        return selection.Of(touchpoints!);

        // A name that the site does not know is an error: a misspelt one must not look like a group that nobody has answered about.
        void Narrow(string parameter, string? given, IEnumerable<GroupMembers> found, string otherwise)
        {
            var members = found.ToList();
            if (given is not null && members.Count == 0)
            {
                errors.AddMalformed(parameter, otherwise);
            }

            var numbers = members.SelectMany(group => group.Touchpoints).Distinct();
            touchpoints = given is null ? touchpoints : touchpoints?.Intersect(numbers) ?? numbers;
        }
    }

    // A page without a touchpoint of its own, on a site that has as many as it may hold, counts among the others: there its answers are, or will be.
    private static Task<bool> IsAmongOthersAsync(DbConnection connection, Selection selection, CancellationToken cancellation) => connection.QuerySingleAsync<bool>(new CommandDefinition(
        """
        select exists (select 1 from touchpoints where site = @Site and number = 0)
          and not exists (select 1 from touchpoints where site = @Site and name = @Touchpoint)
        """,
        selection.Parameters,
        cancellationToken: cancellation));

    /// <summary>Reads how a figure is to be broken down; what is wrong with that is added to <paramref name="errors"/>.</summary>
    public async Task<Breakdown> ReadAsync(BreakdownQuery query, Site site, FieldErrors errors, CancellationToken cancellation)
    {
        if (query.By is { } by && !Breakdown.Names.Contains(by))
        {
            errors.AddMalformed("by", $"One of: {string.Join(", ", Breakdown.Names)}.");
            return Breakdown.None;
        }

        if (query.By is not ("group" or "stage"))
        {
            return Breakdown.By(query.By, []);
        }

        await using var connection = await database.ReadAsync(cancellation);
        return Breakdown.By(query.By, await memberships.OfAsync(connection, site.Id, _ => true, cancellation));
    }
}
