namespace Collector.Webhooks;

/// <summary>When a message that was not taken is sent again: after seconds at first, after hours at last, for about a day in all.</summary>
internal static class Backoff
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(8), TimeSpan.FromHours(8),
    ];

    /// <summary>So often a message is sent again.</summary>
    public static int MostAttempts => Waits.Length;

    /// <summary>A receiver that has taken nothing for so long gets nothing more until somebody says so.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    // Never longer than this because the receiver says so.
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(8);

    /// <summary>How long to wait after so many attempts; null when they were enough.</summary>
    /// <param name="attempts">At least 1.</param>
    /// <param name="chance">From 0 to 1: the wait is up to a fifth shorter or longer, so that what failed together does not come back together.</param>
    /// <param name="asked">What the receiver asked for; it is not sent earlier.</param>
    public static TimeSpan? After(int attempts, double chance, TimeSpan? asked = null)
    {
        if (attempts > Waits.Length)
        {
            return null;
        }

        var wait = Waits[attempts - 1] * (0.8 + (0.4 * chance));
        return asked > wait ? asked < LongestAsked ? asked : LongestAsked : wait;
    }
}
