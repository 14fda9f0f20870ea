using System.Globalization;
using Collector.Feedback;

namespace Collector.Sites;

/// <summary>Lays a requested change over a site's settings, and finds everything that is wrong with it.</summary>
internal static class SiteCheck
{
    private const int LongestName = 200, MostOrigins = 100, MostLanguages = 50, HighestCount = 1_000_000, HighestDays = 36_500, MostQuietDays = 3_650;

    /// <summary>A new site with its defaults and the settings given.</summary>
    public static Site Create(SiteChange change, string id, SiteKey key, DateTimeOffset now, FieldErrors errors)
    {
        if (change.Name is null)
        {
            errors.AddMalformed("/name", "Is required.");
        }

        var basis = new Site
        {
            Id = id,
            Key = key,
            Name = "",
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Etc/UTC"),
            AllowedHosts = new HashSet<string>(),
            AllowedOrigins = [],
            Languages = ["nl", "en"],
            MinimumAnswers = 10,
            RetentionDays = 730,
            MaximumTouchpoints = 10_000,
            CollapseIdentifiers = true,
            ScrubText = true,
            Informal = false,
            QuietDays = 0,
            RespectPrivacySignals = true,
            Appearance = new Appearance(),
            CreatedAt = now,
            TouchpointRules = [],
            RulesVersion = 0,
            ReportsTo = [],
        };
        return Apply(change, basis, errors);
    }

    /// <summary>The site as it will be; not to be used when there are errors.</summary>
    public static Site Apply(SiteChange change, Site site, FieldErrors errors)
    {
        if (change.Name is { } name && (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl)))
        {
            errors.Add("/name", string.Create(CultureInfo.InvariantCulture, $"1 to {LongestName} characters, none of them a control character."));
        }

        var timeZone = site.TimeZone;
        if (change.TimeZone is { } zone && !(TimeZoneInfo.TryFindSystemTimeZoneById(zone, out timeZone) && timeZone.HasIanaId && !zone.StartsWith("posix/", StringComparison.Ordinal) && !zone.StartsWith("right/", StringComparison.Ordinal)))
        {
            errors.Add("/timeZone", "Not an IANA time zone, such as Europe/Amsterdam.");
        }

        var hosts = site.AllowedHosts;
        if (change.AllowedOrigins is { } origins)
        {
            hosts = HostsOf(origins, errors);
        }

        if (change.Languages is { } languages && (languages.Count is 0 or > MostLanguages || languages.Distinct().Count() < languages.Count || !languages.All(LanguageTag.IsOne)))
        {
            errors.Add("/languages", string.Create(CultureInfo.InvariantCulture, $"1 to {MostLanguages} BCP 47 tags, each once, such as nl or pt-BR."));
        }

        InRange(change.MinimumAnswers, 1, HighestCount, "/minimumAnswers", errors);
        InRange(change.RetentionDays, 1, HighestDays, "/retentionDays", errors);
        InRange(change.MaximumTouchpoints, 1, HighestCount, "/maximumTouchpoints", errors);
        InRange(change.QuietDays, 0, MostQuietDays, "/quietDays", errors);

        return site with
        {
            Name = change.Name ?? site.Name,
            TimeZone = timeZone ?? site.TimeZone,
            AllowedOrigins = change.AllowedOrigins ?? site.AllowedOrigins,
            AllowedHosts = hosts,
            Languages = change.Languages ?? site.Languages,
            MinimumAnswers = change.MinimumAnswers ?? site.MinimumAnswers,
            RetentionDays = change.RetentionDays ?? site.RetentionDays,
            MaximumTouchpoints = change.MaximumTouchpoints ?? site.MaximumTouchpoints,
            CollapseIdentifiers = change.CollapseIdentifiers ?? site.CollapseIdentifiers,
            ScrubText = change.ScrubText ?? site.ScrubText,
            Informal = change.Informal ?? site.Informal,
            QuietDays = change.QuietDays ?? site.QuietDays,
            RespectPrivacySignals = change.RespectPrivacySignals ?? site.RespectPrivacySignals,
            Appearance = change.Appearance?.Checked("/appearance", errors) ?? site.Appearance,
        };
    }

    private static HashSet<string> HostsOf(IReadOnlyList<string> origins, FieldErrors errors)
    {
        var hosts = new HashSet<string>(StringComparer.Ordinal);
        if (origins.Count > MostOrigins)
        {
            errors.Add("/allowedOrigins", string.Create(CultureInfo.InvariantCulture, $"At most {MostOrigins}."));
        }

        for (var i = 0; i < origins.Count; i++)
        {
            // Nothing but scheme and host: a path, a query or a password in it would promise what is not kept.
            if (Page.TryParse(origins[i], out var page) && page.Path == "/" && !origins[i].AsSpan().ContainsAny('@', '?', '#'))
            {
                hosts.Add(page.Host);
            }
            else
            {
                errors.Add(string.Create(CultureInfo.InvariantCulture, $"/allowedOrigins/{i}"), "Not an origin, such as https://shop.example.");
            }
        }

        return hosts;
    }

    private static void InRange(int? value, int lowest, int highest, string field, FieldErrors errors)
    {
        if (value < lowest || value > highest)
        {
            errors.Add(field, string.Create(CultureInfo.InvariantCulture, $"A whole number from {lowest} to {highest}."));
        }
    }
}
