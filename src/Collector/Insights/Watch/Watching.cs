using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Dapper;

namespace Collector.Insights.Watch;

/// <summary>
/// Looks over each site whose webhooks want to know, once a day when the site's day has begun: goals that stand otherwise, patterns that are new, touchpoints that became harder. What is found and what is
/// remembered of it are one transaction, so that it is told once, whichever process looks and whenever it dies.
/// </summary>
internal sealed partial class Watching(Database database, SiteDirectory sites, Selections selections, TimeProvider time, ILogger<Watching> logger) : BackgroundService
{
    // What was seen lately is old news; so long ago that it is not, it is forgotten.
    private const int Remembered = 60;

    // After so long without looking, all would be news.
    private const int LongestGap = 7;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    /// <summary>Looks at all sites whose day is new.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var id in await FindAsync(cancellation))
        {
            if (await sites.FindAsync(id, cancellation) is { } site)
            {
                await LookAsync(site, cancellation);
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
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

    private async Task<IEnumerable<string>> FindAsync(CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        var webhooks = await connection.QueryAsync<(string Site, string Events)>(new CommandDefinition(
            "select site, events from webhooks where state = 'enabled'", cancellationToken: cancellation));
        var mails = await connection.QueryAsync<string>(new CommandDefinition("select distinct site from mail_choices where alerts = 1", cancellationToken: cancellation));
        return webhooks.Where(webhook => webhook.Events != EventTypes.ResponseCompleted).Select(webhook => webhook.Site).Union(mails, StringComparer.Ordinal);
    }

    private async Task LookAsync(Site site, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var today = site.DayOf(now);
        var day = DayNumber.Of(today);
        await using var connection = await database.ReadAsync(cancellation);
        var watched = await Watched.ReadAsync(connection, site.Id, cancellation);
        if (watched.LastDay >= day)
        {
            return;
        }

        var (goals, ofGoals) = await GoalWatch.LookAsync(connection, selections, site, watched, now, cancellation);
        var (patterns, ofPatterns) = await PatternWatch.LookAsync(connection, database, selections, site, watched, today.AddDays(-1), cancellation);
        var (drops, ofDrops) = await DropWatch.LookAsync(connection, selections, site, watched, today.AddDays(-1), cancellation);

        // The first look is where one begins: nothing is known yet that could be otherwise.
        var isNews = watched.LastDay >= day - LongestGap;
        await database.WriteAsync(
            site.Id,
            async transaction =>
            {
                if (!await Watched.TryWriteAsync(transaction, site.Id, day, day - Remembered, [.. goals, .. patterns, .. drops], cancellation) || !isNews)
                {
                    return 0;
                }

                foreach (var news in (List<News>)[.. ofGoals, .. ofPatterns, .. ofDrops])
                {
                    await Report.TellAsync(transaction, site.Id, news.Type, news.About, news.Data, now.ToUnixTimeMilliseconds(), cancellation);
                    await Report.MailAsync(transaction, site.Id, news.Data, now.ToUnixTimeMilliseconds(), cancellation);
                }

                return 0;
            },
            cancellation);
    }

    [LoggerMessage(LogLevel.Error, "Sites could not be looked over for what their webhooks are to be told; it is tried again in a quarter of an hour.")]
    private partial void LogFailed(Exception exception);
}
