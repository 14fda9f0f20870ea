using System.Data.Common;
using Collector.Sites;
using Collector.Storage;
using Collector.Surveys;

namespace Collector.Operations;

/// <summary>Forgets what this process remembers of sites and surveys when another on the same database changes any of them. Such changes are rare, and what is in use is soon known again.</summary>
internal sealed class ChangesElsewhere(Database database, SiteDirectory sites, SurveyDirectory surveys, WidgetFiles files, TimeProvider time) : BackgroundService
{
    // Without a connection, what is remembered is forgotten after five seconds all the same.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await database.ListenAsync(ForgetAll, stoppingToken);
            }
            catch (DbException) when (!stoppingToken.IsCancellationRequested)
            {
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private void ForgetAll()
    {
        sites.ForgetAll();
        surveys.ForgetAll();
        files.ForgetAll();
    }
}
