using System.Data.Common;
using Collector.Storage;
using Dapper;

namespace Collector.Dashboard.Mail;

/// <summary>Who wants which mail of a site.</summary>
internal static class MailChoices
{
    /// <summary>What a person wants, by site.</summary>
    public static async Task<IReadOnlyDictionary<string, (bool Digest, bool Alerts)>> OfAsync(Database database, string person, IEnumerable<string> sites, CancellationToken cancellation)
    {
        var choices = new Dictionary<string, (bool, bool)>(StringComparer.Ordinal);
        await using var connection = await database.ReadAsync(cancellation);
        foreach (var site in sites)
        {
            choices[site] = await connection.QuerySingleOrDefaultAsync<(bool, bool)>(new CommandDefinition(
                "select digest, alerts from mail_choices where site = @site and person = @person", new { site, person }, cancellationToken: cancellation));
        }

        return choices;
    }

    /// <summary>Writes down what a person wants of a site. The first digest is of the week that is under way.</summary>
    /// <param name="week">The first day of that week.</param>
    public static Task<int> WriteAsync(DbTransaction transaction, string site, string person, bool digest, bool alerts, int week) => transaction.Connection!.ExecuteAsync(
        """
        insert into mail_choices (site, person, digest, alerts, digest_week) values (@site, @person, @Digest, @Alerts, @week)
        on conflict (site, person) do update set digest = excluded.digest, alerts = excluded.alerts,
            digest_week = case when mail_choices.digest = 0 then excluded.digest_week else mail_choices.digest_week end
        """,
        new { site, person, Digest = digest ? 1 : 0, Alerts = alerts ? 1 : 0, week },
        transaction);
}
