using Collector.Dashboard.People;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Collector.Webhooks;
using Dapper;
using MailKit.Net.Smtp;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Collector.Dashboard.Mail;

/// <summary>
/// Sends mail. A digest is due on Monday at seven, where the site is; which process writes it down is settled by its row, and which sends a mail likewise: it is held before it is sent, so that a mail comes twice
/// only where a process dies in between.
/// </summary>
internal sealed partial class Postman(
    Database database, SiteDirectory sites, LetterWriter letters, IOptions<MailSettings> settings, IServiceProvider services, ILoggerFactory loggers, TimeProvider time, ILogger<Postman> logger) : BackgroundService
{
    private const int LargestBatch = 50, HourOfDigest = 7;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15), Held = TimeSpan.FromMinutes(5);

    /// <summary>Writes down the digests that are due, and sends what is.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await QueueDigestsAsync(cancellation);
        List<(string Site, string Id)> due;
        await using (var connection = await database.ReadAsync(cancellation))
        {
            due = (await connection.QueryAsync<(string Site, string Id)>(new CommandDefinition(
                "select site, id from mails where next_at <= @now order by next_at limit @LargestBatch", new { now = Now(), LargestBatch }, cancellationToken: cancellation))).AsList();
        }

        if (due.Count == 0)
        {
            return;
        }

        // One connection for all of them: a server that cannot be reached fails all at once, and they wait.
        using var smtp = new SmtpClient { Timeout = 20_000 };
        var reached = await TryConnectAsync(smtp, cancellation);
        foreach (var (site, id) in due)
        {
            if (await TakeAsync(site, id, cancellation) is { } mail)
            {
                await SendAsync(mail, reached ? smtp : null, cancellation);
            }
        }

        if (reached)
        {
            await smtp.DisconnectAsync(quit: true, cancellation);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (settings.Value.IsOn)
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception);
            }

            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private async Task QueueDigestsAsync(CancellationToken cancellation)
    {
        IEnumerable<(string Site, string Person, int Week)> choices;
        await using (var connection = await database.ReadAsync(cancellation))
        {
            choices = await connection.QueryAsync<(string Site, string Person, int Week)>(new CommandDefinition(
                "select site, person, digest_week from mail_choices where digest = 1", cancellationToken: cancellation));
        }

        foreach (var (id, person, week) in choices)
        {
            if (await sites.FindAsync(id, cancellation) is not { } site || DayNumber.Of(LastWeek(site)) is var last && last <= week)
            {
                continue;
            }

            await database.WriteAsync(
                site.Id,
                async transaction =>
                {
                    var isMine = await transaction.Connection!.ExecuteAsync(
                        "update mail_choices set digest_week = @last where site = @id and person = @person and digest = 1 and digest_week < @last", new { id, person, last }, transaction) == 1;
                    return isMine
                        ? await transaction.Connection!.ExecuteAsync(
                            "insert into mails (site, id, person, kind, data, created_at, next_at) values (@id, @Mail, @person, 'digest', @Data, @now, @now)",
                            new { id, Mail = new Report(id, "", "", "", "", Now()).Id, person, Data = last.ToString(System.Globalization.CultureInfo.InvariantCulture), now = Now() },
                            transaction)
                        : 0;
                },
                cancellation);
        }
    }

    /// <summary>The first day of the week that a day is in.</summary>
    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    // The first day of the last week whose digest is due.
    private DateOnly LastWeek(Site site)
    {
        var there = TimeZoneInfo.ConvertTime(time.GetUtcNow(), site.TimeZone).AddHours(-HourOfDigest);
        return MondayOf(DateOnly.FromDateTime(there.DateTime)).AddDays(-7);
    }

    private Task<Mail?> TakeAsync(string site, string id, CancellationToken cancellation) => database.WriteAsync(
        transaction => transaction.Connection!.QuerySingleOrDefaultAsync<Mail>(
            "update mails set next_at = @until, attempts = attempts + 1 where site = @site and id = @id and next_at <= @now returning site, id, person, kind, data, attempts",
            new { site, id, now = Now(), until = Now() + (long)Held.TotalMilliseconds },
            transaction),
        cancellation);

    private async Task SendAsync(Mail mail, SmtpClient? smtp, CancellationToken cancellation)
    {
        var isOver = smtp is not null && await TrySendAsync(mail, smtp, cancellation);
        var wait = isOver ? null : Backoff.After(mail.Attempts, Random.Shared.NextDouble());
        await database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                wait is null ? "delete from mails where site = @Site and id = @Id" : "update mails set next_at = @next where site = @Site and id = @Id",
                new { mail.Site, mail.Id, next = wait is null ? 0 : (time.GetUtcNow() + wait.Value).ToUnixTimeMilliseconds() },
                transaction),
            cancellation);
    }

    // True where it was sent, or there is nobody any more to send it to.
    private async Task<bool> TrySendAsync(Mail mail, SmtpClient smtp, CancellationToken cancellation)
    {
        if (await sites.FindAsync(mail.Site, cancellation) is not { } site || await ReaderAsync(mail, cancellation) is not { } person)
        {
            return true;
        }

        var letter = mail.Kind == "digest"
            ? await letters.DigestAsync(site, person, DayNumber.ToDay(int.Parse(mail.Data, System.Globalization.CultureInfo.InvariantCulture)), cancellation)
            : letters.Alert(site, person, mail.Data);
        try
        {
            await smtp.SendAsync(await MessageAsync(letter, person), cancellation);
            return true;
        }
        catch (SmtpCommandException exception)
        {
            LogNotSent(exception);
            return exception.StatusCode >= SmtpStatusCode.SyntaxError; // 5xx: it never will.
        }
    }

    // Who has left the site since, or wants no such mail any more, gets none.
    private async Task<Person?> ReaderAsync(Mail mail, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<Person>(new CommandDefinition(
            $"""
            select {Accounts.Columns} from people
            where id = @Person and (is_operator = 1 or exists (select 1 from members where members.person = people.id and members.site = @Site))
              and exists (select 1 from mail_choices where site = @Site and person = @Person and {(mail.Kind == "digest" ? "digest" : "alerts")} = 1)
            """,
            mail,
            cancellationToken: cancellation));
    }

    private async Task<MimeMessage> MessageAsync(Letter letter, Person person)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<LetterView>(
            ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(LetterView.Letter)] = letter, [nameof(LetterView.Language)] = person.Language }))).ToHtmlString());
        var message = new MimeMessage(
            [MailboxAddress.Parse(settings.Value.From!)], [new MailboxAddress(person.Name, person.Email)], letter.Subject, new BodyBuilder { TextBody = letter.ToText(), HtmlBody = html }.ToMessageBody());
        message.Headers.Add(HeaderId.ListUnsubscribe, $"<{letter.Stop}>");
        message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private async Task<bool> TryConnectAsync(SmtpClient smtp, CancellationToken cancellation)
    {
        try
        {
            await smtp.ConnectAsync(settings.Value.Host!, settings.Value.Port, settings.Value.Encryption, cancellation);
            if (settings.Value.User is { } user)
            {
                await smtp.AuthenticateAsync(user, settings.Value.Password ?? "", cancellation);
            }

            return true;
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            LogNotSent(exception);
            return false;
        }
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    [LoggerMessage(LogLevel.Warning, "Mail could not be sent; it is tried again.")]
    private partial void LogNotSent(Exception exception);

    [LoggerMessage(LogLevel.Error, "Mail could not be written; it is tried again.")]
    private partial void LogFailed(Exception exception);

    private sealed record Mail
    {
        public required string Site { get; init; }
        public required string Id { get; init; }
        public required string Person { get; init; }
        public required string Kind { get; init; }
        public required string Data { get; init; }
        public required int Attempts { get; init; }
    }
}
