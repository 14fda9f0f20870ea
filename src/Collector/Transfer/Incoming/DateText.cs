using System.Globalization;
using Collector.Sites;

namespace Collector.Transfer.Incoming;

/// <summary>Reads moments and days as other tools write them. Without an offset they are of the site's time zone; a day alone is its noon.</summary>
internal static class DateText
{
    /// <summary>The orders in which day, month and year may stand.</summary>
    public static IReadOnlyList<string> Orders { get; } = ["ymd", "dmy", "mdy"];

    private static readonly string[] Times = ["", " HH:mm", " HH:mm:ss", " HH:mm:ss.FFFFFFF", " h:mm tt", " h:mm:ss tt"];

    private static readonly Dictionary<string, string[]> Formats = new(StringComparer.Ordinal)
    {
        ["ymd"] = With("yyyy-M-d", "yyyy/M/d", "yyyy.M.d"),
        ["dmy"] = With("d-M-yyyy", "d/M/yyyy", "d.M.yyyy", "d MMM yyyy", "d MMMM yyyy"),
        ["mdy"] = With("M-d-yyyy", "M/d/yyyy", "MMM d, yyyy", "MMMM d, yyyy"),
    };

    public static DateTimeOffset? Read(string text, string order, Site site)
    {
        text = text.Trim();

        // ISO 8601 is what it is in any order.
        if (text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            && (text[^1] == 'Z' || text.LastIndexOfAny(['+', '-']) > 10))
        {
            return moment;
        }

        if (text.EndsWith(" UTC", StringComparison.Ordinal) && Local(text[..^4], order) is { } utc)
        {
            return new DateTimeOffset(utc, TimeSpan.Zero);
        }

        if (Local(text.Replace('T', ' '), order) is { } local)
        {
            local = local.TimeOfDay == TimeSpan.Zero && !text.Contains(':', StringComparison.Ordinal) ? local.AddHours(12) : local;

            // An hour that the clock skipped in spring is the one after it.
            return new DateTimeOffset(local, site.TimeZone.GetUtcOffset(site.TimeZone.IsInvalidTime(local) ? local.AddHours(1) : local)).ToUniversalTime();
        }

        // Seconds since 1970, as programs write them.
        return text.Length is 10 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
    }

    private static DateTime? Local(string text, string order) =>
        DateTime.TryParseExact(text, Formats[order], CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out var local)
        || (order != "ymd" && DateTime.TryParseExact(text, Formats["ymd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out local)) ? local : null;

    private static string[] With(params string[] days) => [.. from day in days from time in Times select day + time];
}
