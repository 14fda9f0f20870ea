namespace Collector.Storage;

/// <summary>Sees to it that what is erased is soon off the disk too, also where nobody writes anything afterwards.</summary>
internal sealed class Wiping(Database database, TimeProvider time) : BackgroundService
{
    // What is written in between shares one merge of the log; a busy collector merges more often by itself.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10), PauseWhileRead = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(await database.WipeAsync(stoppingToken) ? Pause : PauseWhileRead, time, stoppingToken);
        }
    }
}
