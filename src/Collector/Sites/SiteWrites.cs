using System.Data.Common;
using System.Text.Json;
using Dapper;

namespace Collector.Sites;

/// <summary>Writes sites to the database.</summary>
internal static class SiteWrites
{
    public static Task InsertAsync(DbTransaction transaction, Site site) => WriteAsync(
        transaction,
        site,
        """
        insert into sites (id, site_key, name, time_zone, allowed_origins, languages, minimum_answers, retention_days,
            maximum_touchpoints, collapse_identifiers, scrub_text, informal, quiet_days, respect_privacy_signals, appearance, created_at)
        values (@Id, @Key, @Name, @TimeZone, @AllowedOrigins, @Languages, @MinimumAnswers, @RetentionDays,
            @MaximumTouchpoints, @CollapseIdentifiers, @ScrubText, @Informal, @QuietDays, @RespectPrivacySignals, @Appearance, @CreatedAt)
        """);

    public static Task UpdateAsync(DbTransaction transaction, Site site) => WriteAsync(
        transaction,
        site,
        """
        update sites set name = @Name, time_zone = @TimeZone, allowed_origins = @AllowedOrigins, languages = @Languages,
            minimum_answers = @MinimumAnswers, retention_days = @RetentionDays, maximum_touchpoints = @MaximumTouchpoints,
            collapse_identifiers = @CollapseIdentifiers, scrub_text = @ScrubText, informal = @Informal, quiet_days = @QuietDays,
            respect_privacy_signals = @RespectPrivacySignals, appearance = @Appearance
        where id = @Id
        """);

    private static Task<int> WriteAsync(DbTransaction transaction, Site site, string sql) => transaction.Connection!.ExecuteAsync(
        sql,
        new
        {
            site.Id,
            Key = site.Key.Value,
            site.Name,
            TimeZone = site.TimeZone.Id,
            AllowedOrigins = JsonSerializer.Serialize([.. site.AllowedOrigins], SitesJson.Default.StringArray),
            Languages = JsonSerializer.Serialize([.. site.Languages], SitesJson.Default.StringArray),
            site.MinimumAnswers,
            site.RetentionDays,
            site.MaximumTouchpoints,
            CollapseIdentifiers = site.CollapseIdentifiers ? 1 : 0,
            ScrubText = site.ScrubText ? 1 : 0,
            Informal = site.Informal ? 1 : 0,
            site.QuietDays,
            RespectPrivacySignals = site.RespectPrivacySignals ? 1 : 0,
            Appearance = JsonSerializer.Serialize(site.Appearance, SitesJson.Default.Appearance),
            CreatedAt = site.CreatedAt.ToUnixTimeMilliseconds(),
        },
        transaction);
}
