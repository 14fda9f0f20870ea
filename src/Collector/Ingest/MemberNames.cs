using System.Text;
using System.Text.Json;

namespace Collector.Ingest;

/// <summary>Names that may stand in JSON at some place. They are compared as bytes, so that reading a known name makes no string.</summary>
internal sealed class MemberNames(params string[] names)
{
    private readonly byte[][] bytes = [.. names.Select(Encoding.UTF8.GetBytes)];

    /// <summary>The name at a place of the list.</summary>
    public string this[int place] => names[place];

    /// <summary>The place of the name or text at the reader; -1 when it is none of these. Senders keep an order, so it looks first at <paramref name="likely"/>.</summary>
    public int Find(ref Utf8JsonReader json, int likely = 0)
    {
        if (json.ValueIsEscaped)
        {
            return Array.IndexOf(names, JsonText.Read(ref json)); // Comparing would throw where an escape is half an emoji.
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            var place = likely + i < bytes.Length ? likely + i : likely + i - bytes.Length;
            if (json.ValueSpan.SequenceEqual(bytes[place]))
            {
                return place;
            }
        }

        return -1;
    }
}
