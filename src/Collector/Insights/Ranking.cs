using System.Data.Common;
using System.Globalization;
using Collector.Feedback;
using Collector.Web;
using Dapper;

namespace Collector.Insights;

/// <summary>A touchpoint with its place in a ranking.</summary>
internal sealed record Ranked(TouchpointSums Sums, Position At);

/// <summary>A place in a ranking: lowest value first, equals by name.</summary>
internal sealed record Position(double Value, string Name) : IComparable<Position>
{
    /// <summary>Reads what <see cref="ToString"/> wrote; what is wrong with it is added to <paramref name="errors"/>.</summary>
    public static Position? Parse(string? text, FieldErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space > 0 && double.TryParse(text.AsSpan(0, space), CultureInfo.InvariantCulture, out var value))
        {
            return new Position(value, text[(space + 1)..]);
        }

        errors.AddMalformed("cursor", "Not a cursor that came with this list.");
        return null;
    }

    public int CompareTo(Position? other) => other is null ? 1
        : Value.CompareTo(other.Value) is var byValue and not 0 ? byValue
        : string.CompareOrdinal(Name, other.Name);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:R} {Name}");
}

/// <summary>Ranks touchpoints.</summary>
internal static class Ranking
{
    /// <summary>One page of a ranking. Of the touchpoints that cannot be on it, not even the names are read.</summary>
    public static async Task<(IReadOnlyList<Ranked> Items, string? Next)> PageAsync(
        DbConnection connection, Selection selection, IEnumerable<(TouchpointSums Sums, double Value)> ranked, Position? after, Paging paging, CancellationToken cancellation)
    {
        var ordered = ranked.Where(entry => after is null || entry.Value >= after.Value).OrderBy(entry => entry.Value).ToList();

        // One more than the page tells whether there is another; its equals may have names that come before its own.
        var last = ordered.Where(entry => after is null || entry.Value > after.Value).Select(entry => entry.Value).Skip(paging.Limit).FirstOrDefault(double.PositiveInfinity);
        var near = ordered.TakeWhile(entry => entry.Value <= last).ToList();
        var these = selection.Of(near.Select(entry => entry.Sums.Number));
        var names = (await connection.QueryAsync<(long Number, string Name)>(new CommandDefinition(
            $"select number, name from touchpoints where site = @Site and number {these.InNumbers("@Touchpoints")}", these.Parameters, cancellationToken: cancellation)))
            .ToDictionary(touchpoint => touchpoint.Number, touchpoint => touchpoint.Name);
        var page = near
            .Select(entry => new Ranked(entry.Sums, new Position(entry.Value, names[entry.Sums.Number])))
            .Where(entry => after is null || entry.At.CompareTo(after) > 0)
            .OrderBy(entry => entry.At);
        return paging.Page([.. page.Take(paging.Limit + 1)], entry => entry.At.ToString());
    }
}
