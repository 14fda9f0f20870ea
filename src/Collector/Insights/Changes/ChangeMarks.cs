using System.Data.Common;
using Collector.Feedback;
using Collector.Sites;
using Dapper;

namespace Collector.Insights.Changes;

/// <summary>The changes that belong on a trend.</summary>
internal static class ChangeMarks
{
    // More would hide the line that they are to explain.
    private const int MostMarks = 500;

    /// <summary>
    /// The changes of a selection's days that touch it, in their order: there may be a response that both select, as far as filters tell. Null where nothing is broken down by time.
    /// </summary>
    public static async Task<IReadOnlyList<ChangeMark>?> ReadAsync(
        DbConnection connection, Selections selections, Site site, Selection selection, BreakdownQuery parts, CancellationToken cancellation)
    {
        if (parts.By is not ("day" or "week" or "month"))
        {
            return null;
        }

        var marks = new List<ChangeMark>();
        foreach (var change in await ChangeRows.ListAsync(connection, site.Id, (selection.FromDay, selection.ToDay), (int.MaxValue, ""), MostMarks, cancellation))
        {
            if (await change.Selects.OverAsync(selection.From, selection.To, site, selections, cancellation) is { } changed
                && selection.Meets(changed) && await MeetAsync(connection, selection, changed, cancellation))
            {
                marks.Add(new ChangeMark(change.Id, DayNumber.ToDay(change.Day), change.Title));
            }
        }

        marks.Reverse();
        return marks;
    }

    private static async Task<bool> MeetAsync(DbConnection connection, Selection one, Selection other, CancellationToken cancellation)
    {
        if (one.Touchpoint is { } here && other.Touchpoint is { } there)
        {
            return here == there;
        }

        if ((one.Numbers ?? other.Numbers) is not { } numbers)
        {
            return true;
        }

        var both = numbers.Where(number => other.Numbers?.Contains(number) != false);
        return (one.Touchpoint ?? other.Touchpoint) is { } name
            ? both.Contains(await connection.QuerySingleOrDefaultAsync<long>(new CommandDefinition(
                "select number from touchpoints where site = @Site and name = @name", new { one.Site, name }, cancellationToken: cancellation)))
            : both.Any();
    }
}
