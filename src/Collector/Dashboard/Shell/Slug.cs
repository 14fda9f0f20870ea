using Collector.Feedback;

namespace Collector.Dashboard.Shell;

/// <summary>An id made of a name: "Vragen &amp; café's" gives vragen-cafe-s. Empty where the name has no Latin letter or digit.</summary>
internal static class Slug
{
    private const int MostWords = 6;

    public static string Of(string name) => string.Join(
        '-', SearchText.Of(name).Split(' ').Select(word => string.Concat(word.Where(char.IsAsciiLetterOrDigit))).Where(word => word.Length > 0).Take(MostWords));
}
