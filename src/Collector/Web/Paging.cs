using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Collector.Feedback;

namespace Collector.Web;

/// <summary>How much of a list to give, and from where.</summary>
/// <param name="Limit">At most so many items.</param>
/// <param name="After">The last item of the page before, as <see cref="Cursor"/> wrote it down; none at the start.</param>
public sealed record Paging(int Limit, string? After)
{
    private const int DefaultLimit = 50, HighestLimit = 500;

    /// <summary>The part that is asked for; what is wrong with the parameters is added to <paramref name="errors"/>.</summary>
    public static Paging Read(string? limit, string? cursor, FieldErrors errors)
    {
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

    /// <summary>A cursor after the item of this name: opaque to the caller.</summary>
    public static string Cursor(string name) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(name));

    private static bool TryDecode(string cursor, [NotNullWhen(true)] out string? name)
    {
        name = null;
        if (!Base64Url.IsValid(cursor))
        {
            return false;
        }

        name = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return true;
    }
}
