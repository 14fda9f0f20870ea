using System.Globalization;

namespace Collector.Feedback;

/// <summary>Writes where in a document something stands (RFC 6901).</summary>
internal static class JsonPointer
{
    /// <summary>The member of this name below a place.</summary>
    public static string To(string place, string member) =>
        $"{place}/{member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>The item of this number below a place.</summary>
    public static string To(string place, int item) => string.Create(CultureInfo.InvariantCulture, $"{place}/{item}");
}
