using System.Buffers.Text;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Collector.Feedback;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Web;

/// <summary>How much of a list is asked for, as it stands in the query. The API's document takes the descriptions from here.</summary>
public sealed record PagingQuery
{
    /// <summary>At most so many items.</summary>
    [Description("At most so many, 1 to 500; default 50.")]
    [FromQuery(Name = "limit"), Range(1, 500)]
    public string? Limit { get; init; }

    /// <summary>Where the page begins.</summary>
    [Description("The `next` of the page before, in the same order.")]
    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }
}

/// <summary>How much of a list to give, and from where.</summary>
/// <param name="Limit">At most so many items.</param>
/// <param name="After">The last item of the page before, as <see cref="Cursor"/> wrote it down; none at the start.</param>
public sealed record Paging(int Limit, string? After)
{
    private const int DefaultLimit = 50, HighestLimit = 500;

    /// <summary>The part that is asked for; what is wrong with the parameters is added to <paramref name="errors"/>.</summary>
    public static Paging Read(PagingQuery query, FieldErrors errors)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(errors);
        var (limit, cursor) = (query.Limit, query.Cursor);
        var size = DefaultLimit;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > HighestLimit))
        {
            errors.AddMalformed("limit", string.Create(CultureInfo.InvariantCulture, $"A whole number from 1 to {HighestLimit}."));
        }

        string? after = null;
        if (cursor is not null && !TryDecode(cursor, out after))
        {
            errors.AddMalformed("cursor", "Not a cursor that came with a list.");
        }

        return new Paging(size, after);
    }

    /// <summary>This page of the items that were read from its start on, one more than the limit if there are so many, and the cursor of the next page if there is one.</summary>
    public (IReadOnlyList<T> Items, string? Next) Page<T>(IReadOnlyList<T> items, Func<T, string> name)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(name);
        return items.Count <= Limit ? (items, null) : ([.. items.Take(Limit)], Cursor(name(items[Limit - 1])));
    }

    /// <summary>A cursor after the item of this name: opaque to the caller.</summary>
    private static string Cursor(string name) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(name));

    private static bool TryDecode(string cursor, [NotNullWhen(true)] out string? name)
    {
        name = null;
        if (!Base64Url.IsValid(cursor))
        {
            return false;
        }

        name = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return !name.Contains('\0', StringComparison.Ordinal); // No text in PostgreSQL has it, so that it could not even be looked for.
    }
}
