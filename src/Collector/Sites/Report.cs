using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Collector.Storage;
using Dapper;

namespace Collector.Sites;

/// <summary>
/// Something that one of a site's webhooks is to be told. It is written in the transaction that makes what it tells of, so that neither is there without the other, and it is sent
/// later, by whichever process comes first.
/// </summary>
/// <param name="Site">The site's id.</param>
/// <param name="Webhook">The webhook's id.</param>
/// <param name="Type">What happened: one of <see cref="EventTypes"/>.</param>
/// <param name="About">The id of what it tells of. When a response goes, so does what was to be told of it.</param>
/// <param name="Data">JSON, without anything that a visitor wrote.</param>
/// <param name="At">When it happened, in milliseconds.</param>
internal sealed record Report(string Site, string Webhook, string Type, string About, string Data, long At)
{
    private static long written;

    /// <summary>Writes some down, to be sent at once. A webhook may have been removed or paused since it was looked up.</summary>
    public static readonly Statement<Report> Write = new(
        """
        insert into deliveries (site, webhook, id, type, about, data, created_at, state, next_at)
        select site, id, @Id, @Type, @About, @Data, @At, 'pending', @At from webhooks where site = @Site and id = @Webhook and state = 'enabled'
        """,
        new("Site", report => report.Site),
        new("Webhook", report => report.Webhook),
        new("Id", report => report.Id),
        new("Type", report => report.Type),
        new("About", report => report.About),
        new("Data", report => report.Data),
        new("At", Number: report => report.At));

    /// <summary>Forgets what was told, or was still to be told, of a response that goes.</summary>
    public static readonly Statement<(string Site, string About)> Forget = new(
        "delete from deliveries where site = @Site and about = @About", new("Site", row => row.Site), new("About", row => row.About));

    /// <summary>Its name: begins with the time, then a number that grows, then what no other process comes to.</summary>
    public string Id { get; } = IdAt(At) + string.Create(
        CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref written) & 0xFFFF_FFFF:x8}{RandomNumberGenerator.GetHexString(12, lowercase: true)}");

    /// <summary>Writes down what all webhooks of a site are to be told that want to know of it.</summary>
    public static async Task TellAsync(DbTransaction transaction, string site, string type, string about, string data, long at, CancellationToken cancellation)
    {
        var webhooks = await transaction.Connection!.QueryAsync<(string Id, string Events)>(new CommandDefinition(
            "select id, events from webhooks where site = @site and state = 'enabled'", new { site }, transaction, cancellationToken: cancellation));
        await Write.ExecuteAsync(
            transaction,
            webhooks.Where(webhook => webhook.Events.Split(' ').Contains(type)).Select(webhook => new Report(site, webhook.Id, type, about, data, at)),
            cancellation);
    }

    /// <summary>Writes down a mail to each person who wants alerts of a site.</summary>
    public static async Task MailAsync(DbTransaction transaction, string site, string data, long at, CancellationToken cancellation)
    {
        var people = await transaction.Connection!.QueryAsync<string>(new CommandDefinition(
            "select person from mail_choices where site = @site and alerts = 1", new { site }, transaction, cancellationToken: cancellation));
        foreach (var person in people)
        {
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                "insert into mails (site, id, person, kind, data, created_at, next_at) values (@site, @Id, @person, 'alert', @data, @at, @at)",
                new { site, new Report(site, "", "", "", "", at).Id, person, data, at },
                transaction,
                cancellationToken: cancellation));
        }
    }

    /// <summary>Where those of a moment begin among the ids.</summary>
    public static string IdAt(long milliseconds) => milliseconds.ToString("x12", CultureInfo.InvariantCulture);
}
